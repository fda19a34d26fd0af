"""What work a worker wishes for: said by the worker or at the desk, told to matching, read by nobody else."""

import pytest

from services.registry.database import database
from tests.registry.test_register_worker import SITI
from tests.registry.test_telling import states

WISHES = {"kinds": ["job"], "min_wage_idr": 3_500_000, "districts": ["63.11.06", "63.11.01"]}
SEEN = {"If-Match": "*"}


@pytest.fixture
def siti(officer):
    return officer.post("/v1/workers", json=SITI).json["id"]


def wish(http, worker_id, said=WISHES, headers=SEEN):
    return http.put(f"/v1/workers/{worker_id}/wishes", json=said, headers=headers)


class TestWishing:
    def test_is_shown_with_the_worker_and_changes_nothing_else(self, client, officer, siti):
        before = officer.get(f"/v1/workers/{siti}").json

        answer = wish(client("registry", "worker", own=siti), siti, headers={"If-Match": '"1"'})

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert answer.json == before | {"wishes": WISHES}
        assert officer.get(f"/v1/workers/{siti}").json == answer.json

    def test_is_nothing_for_whoever_never_did(self, officer, siti):
        assert officer.get(f"/v1/workers/{siti}").json["wishes"] is None

    def test_again_takes_the_place_of_what_was_wished_before(self, officer, siti):
        wish(officer, siti)

        anything = wish(officer, siti, {}).json["wishes"]

        assert anything == {"kinds": [], "min_wage_idr": None, "districts": []}

    def test_twice_for_the_same_is_once(self, officer, siti):
        said = {"kinds": ["job", "internship", "job"], "districts": ["63.11.06", "63.11.06"]}

        wishes = wish(officer, siti, said).json["wishes"]

        assert (wishes["kinds"], wishes["districts"]) == (["job", "internship"], ["63.11.06"])

    def test_tells_the_other_services(self, officer, siti):
        assert [each["wishes"] for each in states("registry.worker")] == [None]

        wish(officer, siti)

        assert [(each["version"], each["wishes"]) for each in states("registry.worker")] == [(2, WISHES)]

    def test_stays_when_something_else_of_the_worker_changes(self, officer, siti):
        wish(officer, siti)

        answer = officer.patch(f"/v1/workers/{siti}", json={"education": "S1"}, headers=SEEN)

        assert answer.json["wishes"] == WISHES

    def test_needs_the_version_that_was_seen(self, officer, siti):
        assert wish(officer, siti, headers={}).status_code == 428
        assert wish(officer, siti, headers={"If-Match": '"7"'}).status_code == 412
        assert officer.get(f"/v1/workers/{siti}").json["wishes"] is None

    def test_is_possible_for_workers_from_before_there_were_wishes(self, officer, siti):
        new = dict.fromkeys(("visibility", "hidden_from", "wishes", "consents"), "")
        database.reader().db.workers.update_one({"_id": siti}, {"$unset": new})
        there = officer.get(f"/v1/workers/{siti}").json
        assert (there["visibility"], there["hidden_from"], there["wishes"]) == ("pseudonymous", [], None)
        [state] = states("registry.worker")
        assert (state["visibility"], state["hidden_from"], state["wishes"]) == ("pseudonymous", [], None)

        assert wish(officer, siti).json["wishes"] == WISHES


class TestAWrongWish:
    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"kinds": ["slavery"]}, "/kinds/0"),
            ({"kinds": "job"}, "/kinds"),
            ({"min_wage_idr": 0}, "/min_wage_idr"),
            ({"min_wage_idr": "3500000"}, "/min_wage_idr"),
            ({"min_wage_idr": 1e10}, "/min_wage_idr"),
            ({"districts": ["63.11.06"] * 51}, "/districts"),
            ({"districts": [7]}, "/districts/0"),
            ({"religion": "x"}, "/religion"),
        ],
    )
    def test_is_named_and_changes_nothing(self, officer, siti, said, field):
        answer = wish(officer, siti, WISHES | said)

        assert (answer.status_code, set(answer.json["errors"])) == (422, {field})
        assert officer.get(f"/v1/workers/{siti}").headers["ETag"] == '"1"'

    @pytest.mark.parametrize(
        ("code", "near"),
        [("63.11.6", "63.11.06 Paringin"), ("paringin", "63.11.06 Paringin"), ("Juwai", "63.11.01 Juai")],
    )
    def test_of_an_unknown_district_names_those_near_it(self, officer, siti, code, near):
        answer = wish(officer, siti, {"districts": ["63.11.06", code]})

        assert (answer.status_code, answer.json["type"]) == (422, "districts-unknown")
        assert set(answer.json["errors"]) == {"/districts/1"}
        assert near in answer.json["errors"]["/districts/1"][0]

    def test_of_a_district_that_is_like_none_is_said_in_indonesian(self, officer, siti):
        answer = wish(officer, siti, {"districts": ["?"]})

        assert answer.json["errors"] == {"/districts/0": ["Tidak ada kecamatan dengan kode ini."]}

    def test_of_somebody_unknown_is_not_possible(self, officer):
        assert wish(officer, "nobody").status_code == 404


class TestWhoMayWish:
    def test_is_the_worker_and_an_officer(self, client, siti):
        assert wish(client("registry", "worker", own=siti), siti).status_code == 200
        assert wish(client("registry", "officer"), siti).status_code == 200
        assert wish(client("registry", "worker", own="another"), siti).status_code == 404
        assert wish(client("registry", None), siti).status_code == 401

    @pytest.mark.parametrize("role", ["employer", "institution", "executive", "partner"])
    def test_is_nobody_else_and_they_read_nothing_of_it(self, client, siti, role):
        other = client("registry", role, own=siti)

        assert wish(other, siti).status_code == 403
        assert other.get(f"/v1/workers/{siti}").status_code == 403
