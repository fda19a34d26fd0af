"""How visible a worker is to employers: the worker's consent, kept with who said it and when."""

import pytest

from services.reference import clock
from services.registry.database import database
from services.registry.worker.model import CONSENTS_KEPT
from tests.registry.intakes import lines, take, undo
from tests.registry.spreadsheets import person
from tests.registry.test_register_worker import SITI
from tests.registry.test_telling import states

SEEN = {"If-Match": "*"}
VISTA, OTHER = "01990000-0000-7000-8000-000000000004", "01990000-0000-7000-8000-000000000005"


@pytest.fixture
def siti(officer):
    return officer.post("/v1/workers", json=SITI).json["id"]


def show(http, worker_id, visibility="open", hidden_from=(), headers=SEEN):
    said = {"visibility": visibility, "hidden_from": list(hidden_from)}
    return http.put(f"/v1/workers/{worker_id}/visibility", json=said, headers=headers)


class TestBeingVisible:
    def test_is_without_a_name_until_somebody_says_otherwise(self, officer, siti):
        there = officer.get(f"/v1/workers/{siti}").json

        assert (there["visibility"], there["hidden_from"], there["consents"]) == ("pseudonymous", [], [])

    def test_is_a_consent_with_its_moment_and_who_gave_it(self, client, officer, siti):
        before = clock.now().replace(microsecond=0).isoformat()

        show(client("registry", "worker", own=siti, account="sitis-account"), siti)
        answer = show(client("registry", "officer", account="desk"), siti, "hidden")

        assert (answer.status_code, answer.headers["ETag"], answer.json["visibility"]) == (200, '"3"', "hidden")
        said = [(each["visibility"], each["by"], each["role"]) for each in answer.json["consents"]]
        assert said == [("open", "sitis-account", "worker"), ("hidden", "desk", "officer")]
        assert all(each["at"] >= before for each in answer.json["consents"])
        assert officer.get(f"/v1/workers/{siti}").json == answer.json

    def test_as_before_is_no_new_consent(self, officer, siti):
        assert [len(show(officer, siti, "pseudonymous").json["consents"]) for _ in range(2)] == [1, 1]
        assert len(show(officer, siti, "pseudonymous", [VISTA]).json["consents"]) == 1

    def test_keeps_the_newest_consents_of_very_many(self, officer, siti):
        many = [{"visibility": "open", "by": "x", "role": "worker", "at": clock.now()}] * CONSENTS_KEPT
        database.reader().db.workers.update_one({"_id": siti}, {"$set": {"consents": many}})

        consents = show(officer, siti, "hidden").json["consents"]

        assert (len(consents), consents[-1]["visibility"]) == (CONSENTS_KEPT, "hidden")

    def test_can_be_to_all_but_some_employers(self, officer, siti):
        assert show(officer, siti, "open", [VISTA, OTHER, VISTA]).json["hidden_from"] == [VISTA, OTHER]
        assert show(officer, siti, "open").json["hidden_from"] == []

    def test_tells_the_other_services_and_not_who_said_it(self, client, siti):
        show(client("registry", "worker", own=siti, account="sitis-account"), siti, "hidden", [VISTA])

        [state] = states("registry.worker")

        assert (state["version"], state["visibility"], state["hidden_from"]) == (2, "hidden", [VISTA])
        assert "consents" not in state
        assert "sitis-account" not in str(state)

    def test_needs_the_version_that_was_seen(self, officer, siti):
        assert show(officer, siti, headers={}).status_code == 428
        assert show(officer, siti, headers={"If-Match": '"7"'}).status_code == 412
        assert officer.get(f"/v1/workers/{siti}").json["visibility"] == "pseudonymous"

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"visibility": "public"}, "/visibility"),
            ({"visibility": None}, "/visibility"),
            ({"hidden_from": ["PT Vista"]}, "/hidden_from/0"),
            ({"hidden_from": [VISTA + "\n"]}, "/hidden_from/0"),
            ({"hidden_from": [VISTA] * 51}, "/hidden_from"),
            ({"hidden_from": None}, "/hidden_from"),
            ({"consents": []}, "/consents"),
        ],
    )
    def test_names_what_is_wrong(self, officer, siti, said, field):
        asked = {"visibility": "open", "hidden_from": []} | said

        answer = officer.put(f"/v1/workers/{siti}/visibility", json=asked, headers=SEEN)

        assert (answer.status_code, set(answer.json["errors"])) == (422, {field})
        assert officer.get(f"/v1/workers/{siti}").headers["ETag"] == '"1"'

    @pytest.mark.parametrize("left_out", ["visibility", "hidden_from"])
    def test_is_said_as_a_whole_so_that_no_employer_is_let_in_unnoticed(self, officer, siti, left_out):
        asked = {"visibility": "open", "hidden_from": []}
        del asked[left_out]

        answer = officer.put(f"/v1/workers/{siti}/visibility", json=asked, headers=SEEN)

        assert (answer.status_code, set(answer.json["errors"])) == (422, {f"/{left_out}"})

    def test_can_neither_be_registered_nor_changed_with_the_rest(self, officer, siti):
        assert officer.post("/v1/workers", json=SITI | {"visibility": "open"}).status_code == 422
        answer = officer.patch(f"/v1/workers/{siti}", json={"visibility": "open"}, headers=SEEN)
        assert answer.status_code == 422

    def test_is_said_by_the_worker_or_at_the_desk_alone(self, client, siti):
        assert show(client("registry", "worker", own=siti), siti).status_code == 200
        assert show(client("registry", "worker", own="another"), siti).status_code == 404
        assert {show(client("registry", role, own=siti), siti).status_code for role in ("employer", "partner")} == {403}


class TestWhoeverCameWithASpreadsheet:
    def test_stays_when_it_is_undone_once_they_said_who_may_see_them(self, officer, lpk):
        intake = take(officer, lpk, [person(0), person(1)])
        first, second = (line["worker_id"] for line in lines(officer, intake))
        show(officer, first, "hidden")

        undo(officer, intake)

        assert officer.get(f"/v1/workers/{first}").json["visibility"] == "hidden"
        assert officer.get(f"/v1/workers/{second}").status_code == 404

    def test_keeps_what_they_said_when_another_spreadsheet_tells_of_them(self, officer, lpk, blk):
        [line] = lines(officer, take(officer, lpk, [person(0)]))
        show(officer, line["worker_id"], "open", [VISTA])

        take(officer, blk, [person(0)])

        there = officer.get(f"/v1/workers/{line['worker_id']}").json
        assert (there["visibility"], there["hidden_from"], len(there["consents"])) == ("open", [VISTA], 1)
