"""No question to MongoDB reads a whole collection."""

import pytest

from services.matching.database import database
from tests.matching.heard import a_certificate, a_need, a_skill, a_vacancy, a_worker, hear

VACANCIES = {
    "nothing": a_vacancy(name="nothing"),
    "musts": a_vacancy(a_need("welding", 3, must=True), a_need("safety", 2, must=True), name="musts"),
    "wishes": a_vacancy(a_need("welding"), name="wishes"),
    "certificates": a_vacancy(name="certificates", certificates=["welding", "safety"]),
    "education": a_vacancy(name="education", education="SMA"),
    "all": a_vacancy(a_need("welding", must=True), name="all", certificates=["safety"], education="SMA"),
}


@pytest.fixture
def plans():
    """Record how MongoDB answers, and return what sums that up, by collection, once the questions were asked."""
    db = database.reader().db
    db.command("profile", 2)

    def recorded():
        db.command("profile", 0)
        rows = db["system.profile"].find({"planSummary": {"$exists": True}, "ns": {"$not": {"$regex": "system"}}})
        return {(row["ns"].rpartition(".")[2], row["planSummary"]) for row in rows}

    yield recorded
    db.command("profile", 0)
    db.drop_collection("system.profile")


@pytest.fixture
def _people():
    proven = [a_certificate("safety"), a_certificate("welding")]
    many = (a_worker(f"w-{n}", skills={"welding": n % 5 + 1}, certificates=proven[: n % 3]) for n in range(200))
    hear(a_skill("welding", "Las", "Welding"), *many, *VACANCIES.values())


@pytest.mark.usefixtures("_people")
class TestMatching:
    @pytest.mark.parametrize("name", VACANCIES)
    def test_finds_candidates_by_an_index(self, client, plans, name):
        assert client("matching", "officer").get(f"/v1/vacancies/{name}/candidates").json["total"] > 0

        found = plans()

        assert {collection for collection, _ in found} >= {"demands", "profiles"}
        assert not [plan for plan in found if "COLLSCAN" in plan[1]]

    def test_finds_vacancies_and_single_ones_by_an_index(self, client, plans):
        paths = "/v1/workers/w-1/vacancies", "/v1/profiles/w-1", "/v1/vacancies/all", "/v1/vacancies/none"
        for path in paths:
            client("matching", "officer").get(path)
        client("matching", "employer", own="e-1").get("/v1/vacancies/all/candidates")
        hear(a_worker("w-1", 2), a_vacancy(name="all", version=2))

        assert not [plan for plan in plans() if "COLLSCAN" in plan[1]]
