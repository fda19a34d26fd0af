"""Looking up the names of those who fit: for the office, many at once, and each look is told to whom it is about."""

import pytest

from services.registry.database import database
from tests.registry.test_register_worker import SITI

AT = "/v1/disclosures/looks"


@pytest.fixture
def people(officer):
    names = ("Siti Contoh", "Ahmad Contoh", "Rina Contoh")
    return {officer.post("/v1/workers", json=SITI | {"nik": None, "name": name}).json["id"]: name for name in names}


def look(http, ids, why="candidates"):
    return http.post(AT, json={"ids": list(ids), "why": why})


class TestLookingUpNames:
    def test_gives_the_names_and_nothing_more_in_the_order_that_was_asked_for(self, officer, people):
        asked = list(reversed(people))

        answer = look(officer, asked)

        assert answer.status_code == 200
        assert answer.json == [{"id": id_, "name": people[id_], "village": SITI["village"]} for id_ in asked]

    def test_is_told_to_each_of_them(self, client, people):
        look(client("registry", "officer", account="desk"), people)

        for id_ in people:
            [said] = client("registry", "worker", own=id_).get(f"/v1/workers/{id_}/looks").json
            assert (said["worker_id"], said["by"], said["role"], said["why"]) == (id_, "desk", "officer", "candidates")

    def test_leaves_out_whoever_is_not_there_and_tells_nobody_of_it(self, officer, people):
        first, *_ = people

        assert [each["id"] for each in look(officer, ["nobody", first, first]).json] == [first]
        assert look(officer, ["nobody"]).json == []
        assert [row["worker_id"] for row in database.reader().db.looks.find()] == [first]

    def test_of_whoever_was_taken_back_gives_nothing(self, officer, people):
        first, *_ = people
        database.reader().db.workers.replace_one({"_id": first}, {"version": 2, "gone": True})

        assert look(officer, [first]).json == []

    def test_is_recorded_for_all_or_given_for_none(self, officer, people, monkeypatch):
        def fail(*_):
            raise OSError

        monkeypatch.setattr("services.registry.disclosure.store.insert_many", fail)

        answer = look(officer, people)

        assert answer.status_code == 500
        assert [name for name in people.values() if name in answer.text] == []

    def test_is_possible_for_100_at_once(self, officer, people):
        asked = [*people, *(f"nobody-{n}" for n in range(97))]

        assert len(look(officer, asked).json) == 3
        assert set(look(officer, [*asked, "one-more"]).json["errors"]) == {"/ids"}

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"ids": []}, "/ids"),
            ({"ids": "w-1"}, "/ids"),
            ({"ids": [{"$ne": None}]}, "/ids/0"),
            ({"ids": [""]}, "/ids/0"),
            ({"why": "curiosity"}, "/why"),
            ({"why": "claim-check"}, "/why"),
            ({"by": "somebody"}, "/by"),
        ],
    )
    def test_names_what_is_wrong(self, officer, said, field):
        answer = officer.post(AT, json={"ids": ["w-1"], "why": "candidates"} | said)

        assert (answer.status_code, set(answer.json["errors"])) == (422, {field})

    def test_is_for_officers_and_administrators(self, client, people):
        assert look(client("registry", "admin"), people).status_code == 200
        others = ("executive", "worker", "employer", "institution", "partner", "gateway")
        assert {look(client("registry", role, own=next(iter(people))), people).status_code for role in others} == {403}
        assert look(client("registry", None), people).status_code == 401
        assert database.reader().db.looks.count_documents({"role": {"$ne": "admin"}}) == 0
