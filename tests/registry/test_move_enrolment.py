"""Moving an enrolment on, state by state."""

import pytest

from services.registry.database import database
from tests.registry.enrolments import batch, enrol, person
from tests.registry.test_register_worker import marked

STATES = ["applied", "accepted", "attending", "completed", "failed", "withdrawn"]
LEGAL = {
    ("applied", "accepted"), ("accepted", "attending"), ("attending", "completed"), ("attending", "failed"),
    ("applied", "withdrawn"), ("accepted", "withdrawn"), ("attending", "withdrawn"),
}  # fmt: skip


@pytest.fixture
def siti(officer):
    return person(officer)


@pytest.fixture
def enrolled(officer, lpk, siti):
    """Enrol in a state; return the enrolment."""

    def make(state):
        made = enrol(officer, siti, batch(officer, lpk), state=state).json
        database.reader().db.changes.delete_many({})
        return made

    return make


def move(http, made, to, **options):
    return http.post(f"/v1/enrolments/{made['id']}/state", json={"state": to}, **options)


def standing(officer, worker_id):
    worker = officer.get(f"/v1/workers/{worker_id}").json
    return worker["availability"], worker["available_from"]


class TestMovingAnEnrolment:
    @pytest.mark.parametrize("before", STATES)
    def test_goes_where_it_may_and_nowhere_else(self, officer, enrolled, before):
        made = enrolled(before)
        for to in STATES:
            database.reader().db.enrolments.update_one({}, {"$set": {"state": before, "version": 1}})

            answer = move(officer, made, to)

            if (before, to) in LEGAL:
                assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
                assert answer.json == made | {"state": to}
            else:
                assert (answer.status_code, answer.json["type"]) == (409, "enrolment-cannot-move")
                assert officer.get(f"/v1/enrolments/{made['id']}").json == made

    def test_tells_the_other_services_of_the_worker(self, officer, enrolled, siti):
        made = enrolled("applied")

        move(officer, made, "completed")
        assert marked() == []
        move(officer, made, "accepted")
        assert marked() == [siti]

    @pytest.mark.parametrize("end", ["completed", "failed", "withdrawn"])
    def test_takes_the_worker_off_the_market_from_its_beginning_to_its_end(self, officer, enrolled, siti, end):
        made = enrolled("accepted")
        assert standing(officer, siti) == ("available", None)

        move(officer, made, "attending")
        assert standing(officer, siti) == ("in_training", "2099-05-01")

        move(officer, made, end)
        assert standing(officer, siti) == ("available", None)

    @pytest.mark.parametrize("said", ["employed", "interning", "inactive"])
    def test_leaves_a_worker_who_is_otherwise_engaged_so(self, officer, enrolled, siti, said):
        change = {"availability": said, "available_from": "2099-12-01"}
        officer.patch(f"/v1/workers/{siti}", json=change, headers={"If-Match": "*"})
        made = enrolled("accepted")

        for to in ("attending", "completed"):
            move(officer, made, to)
            assert standing(officer, siti) == (said, "2099-12-01")

    def test_that_is_not_attended_leaves_the_day_from_which_the_worker_is_free(self, officer, enrolled, siti):
        officer.patch(f"/v1/workers/{siti}", json={"available_from": "2099-01-15"}, headers={"If-Match": "*"})

        move(officer, enrolled("applied"), "accepted")

        assert standing(officer, siti) == ("available", "2099-01-15")

    def test_again_under_its_key_moves_it_once(self, officer, enrolled):
        made = enrolled("applied")

        first, second = (move(officer, made, "accepted", headers={"Idempotency-Key": "k-1"}) for _ in range(2))

        assert (first.status_code, second.status_code, second.json) == (200, 200, first.json)
        assert second.headers["ETag"] == '"2"'

    def test_to_no_state_at_all_is_refused(self, officer, enrolled):
        answer = move(officer, enrolled("applied"), "graduated")

        assert (answer.status_code, set(answer.json["errors"])) == (422, {"/state"})

    def test_that_is_not_there_is_not_possible(self, officer):
        assert move(officer, {"id": "nothing"}, "accepted").json["type"] == "enrolment-unknown"

    def test_is_for_an_institution_its_own(self, client, lpk, enrolled, siti):
        made = enrolled("attending")

        assert move(client("registry", "institution", own="other"), made, "completed").status_code == 404
        assert move(client("registry", "worker", own=siti), made, "completed").status_code == 403
        assert move(client("registry", "institution", own=lpk), made, "completed").status_code == 200
