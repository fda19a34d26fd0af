"""Each page of people that was shown is kept as it was: who saw it, by which engine, and how everybody stood."""

from datetime import UTC, datetime, timedelta

import pytest

from services.matching.database import database
from services.matching.engine.score import VERSION
from services.matching.match import store
from tests.matching.heard import a_certificate, a_need, a_vacancy, a_worker, hear

PATH = "/v1/vacancies/v-1/candidates"


@pytest.fixture(autouse=True)
def people():
    hear(
        a_vacancy(a_need("welding", 4, 75), a_need("drawing", 2, 25), version=7),
        *(
            a_worker(f"w-{n}", n, skills={"welding": n}, certificates=[a_certificate("drawing", 2)])
            for n in range(1, 6)
        ),
    )


def kept():
    return list(database.reader().db.shown.find().sort("_id"))


class TestAShownList:
    def test_is_kept_with_who_saw_it_and_what_was_asked(self, client):
        before = datetime.now(UTC) - timedelta(seconds=1)

        listed = client("matching", "officer", account="desk-3").get(PATH).json["list"]

        row = store.shown(database.reader(), listed)
        assert [row] == kept()
        assert (row["by"], row["role"], row["engine"]) == ("desk-3", "officer", VERSION)
        assert row["of"] == {"kind": "vacancy", "id": "v-1", "version": 7}
        assert row["shares"] == [18_000, 6_000]
        assert (row["requirement"]["employer"], row["requirement"]["starts_on"]) == ("e-1", "2026-12-01")
        assert before < row["at"] < datetime.now(UTC)

    def test_is_kept_with_everybodys_version_score_and_parts(self, client):
        answer = client("matching", "officer").get(PATH).json

        [row] = kept()
        assert [each["id"] for each in row["people"]] == [item["person"] for item in answer["items"]]
        for each, item in zip(row["people"], answer["items"], strict=True):
            assert (each["rank"], each["units"]) == (item["rank"], round(item["score"] * 30_000))
            assert f"w-{each['version']}" == each["id"]
            assert sum(part[-1] for part in each["parts"]) + each["nearness"] == each["units"]
            level = each["version"]
            assert [part[:4] for part in each["parts"]] == [
                ["welding", level, "claimed", 100],
                ["drawing", 2, "certified", 100],
            ]

    def test_holds_exactly_those_of_its_page(self, client):
        officer = client("matching", "officer")
        first = officer.get(f"{PATH}?limit=2")
        officer.get(first.headers["Link"].partition("<")[2].partition(">")[0])

        assert [[each["rank"] for each in row["people"]] for row in kept()] == [[1, 2], [3, 4]]

    def test_names_people_as_matching_knows_them_whatever_the_employer_saw(self, client):
        answer = client("matching", "employer", own="e-1", account="hr-1").get(PATH).json

        [row] = kept()
        assert (row["by"], row["role"], row["_id"]) == ("hr-1", "employer", answer["list"])
        assert {each["id"] for each in row["people"]} == {f"w-{n}" for n in range(1, 6)}
        assert not {item["person"] for item in answer["items"]} & {f"w-{n}" for n in range(1, 6)}

    def test_is_another_one_each_time(self, client):
        officer = client("matching", "officer")

        assert officer.get(PATH).json["list"] != officer.get(PATH).json["list"]
        assert len(kept()) == 2

    def test_stays_as_it_was_when_people_change(self, client):
        client("matching", "officer").get(PATH)
        before = kept()

        hear(*(a_worker(f"w-{n}", 10, availability="employed") for n in range(1, 6)))

        assert kept() == before

    def test_is_not_kept_where_nobody_is_found_or_nobody_may_see_it(self, client):
        hear(a_vacancy(a_need("piloting", must=True), name="v-2"))
        client("matching", "officer").get("/v1/vacancies/v-2/candidates")
        client("matching", "employer", own="e-2").get(PATH)
        client("matching", "officer").get(f"{PATH}?limit=0")

        assert kept() == []

    def test_is_kept_for_two_years(self, client):
        client("matching", "officer").get(PATH)

        [row] = kept()
        assert row["expires_at"] - row["at"] == timedelta(days=730)
        assert database.reader().db.shown.index_information()["expiry"]["expireAfterSeconds"] == 0
