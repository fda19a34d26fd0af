"""Undoing a release: what it moved is put back, but for what changed since."""

import time

import pytest

from services.registry.database import database
from services.registry.work import JOBS
from tests.registry.enrolments import enrol_many, work_on
from tests.registry.test_register_worker import marked
from tests.registry.test_release import CARRIED, Killed, availabilities, release, states, tell

UNDONE = "release.undone"


def undo(http, made, **options):
    return http.post(f"/v1/releases/{made.json['id']}/undo", **options)


@pytest.fixture
def released(officer):
    """Release so many accepted enrolments to `attending`; return the answer."""

    def make(count):
        made = release(officer, "attending", enrol_many(count))
        work_on(CARRIED)
        database.reader().db.changes.delete_many({})
        return made

    return make


class TestUndoingARelease:
    def test_answers_at_once_with_its_job(self, officer, released):
        made = released(3)

        answer = undo(officer, made)

        assert (answer.status_code, answer.json["id"]) == (202, made.json["id"])
        job = officer.get(answer.headers["Location"]).json
        assert (job["id"], job["subject"], job["kind"]) == (answer.json["undo_job"], made.json["id"], UNDONE)
        assert (job["state"], job["total"]) == ("queued", 3)
        assert states() == {"attending": 3}

    def test_of_1600_puts_all_back_in_under_10_seconds(self, officer, released):
        made = released(1600)
        began = time.monotonic()

        answer = undo(officer, made)
        work_on(UNDONE)
        told = tell()

        assert time.monotonic() - began < 10
        assert states() == {"accepted": 1600}
        assert availabilities() == {("available", None): 1600}
        assert {each["availability"] for each in told} == {"available"}
        assert len(told) == 1600
        shown = officer.get(f"/v1/releases/{made.json['id']}").json
        assert (shown["moved"], shown["undone"], shown["kept"], shown["left"]) == (1600, 1600, 0, [])
        job = officer.get(answer.headers["Location"]).json
        assert (job["state"], job["done"], job["failed"], job["percent"]) == ("done", 1600, 0, 100)

    def test_puts_each_back_where_it_was(self, officer):
        mixed = [*enrol_many(1, "applied"), *enrol_many(1, "accepted"), *enrol_many(1, "attending")]
        made = release(officer, "withdrawn", mixed)
        work_on(CARRIED)
        assert states() == {"withdrawn": 3}

        undo(officer, made)
        work_on(UNDONE)

        now = [officer.get(f"/v1/enrolments/{each}").json["state"] for each in mixed]
        assert now == ["applied", "accepted", "attending"]

    def test_leaves_what_the_release_did_not_move(self, officer):
        ended, goes = enrol_many(1, "completed") + enrol_many(1)
        made = release(officer, "attending", [ended, goes])
        work_on(CARRIED)

        undo(officer, made)
        work_on(UNDONE)

        assert states() == {"completed": 1, "accepted": 1}
        shown = officer.get(f"/v1/releases/{made.json['id']}").json
        assert (shown["moved"], shown["refused"], shown["undone"], shown["kept"]) == (1, 1, 1, 0)

    def test_leaves_and_reports_what_changed_since(self, officer, released):
        made = released(3)
        stays, moves, goes = (row["_id"] for row in database.reader().db.enrolments.find().sort("_id"))
        officer.post(f"/v1/enrolments/{moves}/state", json={"state": "completed"})
        database.reader().db.enrolments.delete_one({"_id": goes})

        answer = undo(officer, made)
        work_on(UNDONE)

        shown = officer.get(f"/v1/releases/{made.json['id']}").json
        assert (shown["undone"], shown["kept"]) == (1, 2)
        assert [(each["enrolment"], each["code"]) for each in shown["left"]] == [
            (moves, "changed_since"),
            (goes, "removed_since"),
        ]
        assert officer.get(f"/v1/enrolments/{stays}").json["state"] == "accepted"
        assert officer.get(f"/v1/enrolments/{moves}").json["state"] == "completed"
        job = officer.get(answer.headers["Location"]).json
        assert (job["state"], job["done"], job["failed"]) == ("done", 1, 2)

    def test_of_two_releases_one_on_the_other_goes_back_step_by_step(self, officer, released):
        first = released(2)
        ids = [row["_id"] for row in database.reader().db.enrolments.find()]
        second = release(officer, "completed", ids)
        work_on(CARRIED)

        for made, state in ((second, "attending"), (first, "accepted")):
            undo(officer, made)
            work_on(UNDONE)
            assert states() == {state: 2}

    def test_tells_the_other_services(self, officer, released):
        made = released(2)

        undo(officer, made)
        work_on(UNDONE)

        assert sorted(marked()) == sorted(row["_id"] for row in database.reader().db.workers.find())

    def test_that_is_killed_in_the_midst_goes_on_where_it_was(self, officer, released):
        made = released(250)
        undo(officer, made)
        steps = []

        def crash(tx, job):
            steps.append(JOBS[UNDONE](tx, job))
            if len(steps) == 2:
                raise Killed
            return steps[-1]

        with pytest.raises(Killed):
            work_on(UNDONE, {UNDONE: crash})
        assert states() == {"accepted": 100, "attending": 150}

        for _ in range(2):
            work_on(UNDONE)
            assert states() == {"accepted": 250}
            assert officer.get(f"/v1/releases/{made.json['id']}").json["undone"] == 250

    def test_a_second_time_names_the_job_that_does_it(self, officer, released):
        made = released(1)
        first = undo(officer, made)

        again = undo(officer, made)

        assert (again.status_code, again.json["type"]) == (409, "release-undone")
        assert again.headers["Location"] == first.headers["Location"]

    def test_again_under_its_key_gives_the_same_job(self, officer, released):
        made = released(1)

        first, second = (undo(officer, made, headers={"Idempotency-Key": "k-1"}) for _ in range(2))

        assert (second.status_code, second.headers["Location"]) == (202, first.headers["Location"])
        assert second.json == first.json

    def test_while_it_is_carried_out_names_its_job(self, officer):
        made = release(officer, "attending", enrol_many(1))

        answer = undo(officer, made)

        assert (answer.status_code, answer.json["type"]) == (409, "release-still-runs")
        assert answer.headers["Location"] == made.headers["Location"]

    def test_of_one_that_broke_off_puts_back_what_it_moved_and_ends_it(self, officer):
        made = release(officer, "attending", enrol_many(150))

        def breaks(tx, job):
            if job.position:
                raise ZeroDivisionError
            return JOBS[CARRIED](tx, job)

        with pytest.raises(ZeroDivisionError):
            work_on(CARRIED, {CARRIED: breaks})
        assert states() == {"attending": 100, "accepted": 50}

        undo(officer, made)
        work_on(UNDONE)
        work_on(CARRIED)  # an operator sends its message again

        assert states() == {"accepted": 150}

    def test_of_one_that_is_not_there_is_not_possible(self, officer):
        assert officer.post("/v1/releases/nothing/undo").json["type"] == "release-unknown"
