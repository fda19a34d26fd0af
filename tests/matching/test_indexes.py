"""No question to MongoDB reads a whole collection, unless that is a small one which is then kept in memory."""

import pytest

from services.matching.database import database
from services.matching.match import store
from services.matching.pool import store as pools
from tests.matching.heard import a_batch, a_certificate, a_need, a_programme, a_skill, a_vacancy, a_worker, hear

SMALL = {"skills", "rarity", "revisions", "skill_numbers"}

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
        asked = db["system.profile"].find({"planSummary": {"$exists": True}, "ns": {"$not": {"$regex": "system"}}})
        rows = [row for row in asked if "$changeStream" not in str(row)]  # the pool's, which reads the oplog
        return {(row["ns"].rpartition(".")[2], row["planSummary"]) for row in rows}

    yield recorded
    db.command("profile", 0)
    db.drop_collection("system.profile")


def scanned(found):
    return {collection for collection, plan in found if "COLLSCAN" in plan}


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
        assert scanned(found) <= SMALL

    def test_finds_vacancies_and_single_ones_by_an_index(self, client, plans):
        paths = "/v1/workers/w-1/vacancies", "/v1/profiles/w-1", "/v1/vacancies/all", "/v1/vacancies/none"
        for path in paths:
            client("matching", "officer").get(path)
        client("matching", "employer", own="e-1").get("/v1/vacancies/all/candidates")
        hear(a_worker("w-1", 2), a_vacancy(name="all", version=2))

        assert scanned(plans()) <= SMALL

    def test_finds_trainings_by_an_index(self, client, plans):
        programmes = [a_programme(f"p-{n}", **{f"skill-{n}": 3}) for n in range(40)]
        hear(a_programme(welding=3), *programmes, *(a_batch(f"b-{n}", programme_id=f"p-{n % 40}") for n in range(200)))

        client("matching", "officer").get("/v1/vacancies/wishes/candidates")

        found = plans()
        assert {collection for collection, _ in found} >= {"programmes", "batches"}
        assert scanned(found) <= SMALL

    def test_explains_a_list_and_finds_unmet_demand_by_an_index(self, client, plans):
        listed = client("matching", "officer").get("/v1/vacancies/all/candidates").json["list"]
        store.shown(database.reader(), listed)
        store.unmet_on(database.reader(), "2026-11-15")

        found = plans()
        assert {collection for collection, _ in found} >= {"shown", "unmet_demand"}
        assert scanned(found) <= SMALL

    def test_loads_the_pool_by_an_index(self, plans):
        pool = pools.load(database.reader())

        assert len(pool.engine) == 200
        assert scanned(plans()) <= SMALL
