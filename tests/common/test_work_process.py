"""The work process: a job that a kill interrupts goes on where it was; a sweep runs by itself."""

import pytest

from services.common import bus, mongo, work
from tests.common import queues
from tests.common.trial.work import MIDDLE, ROWS
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("mongod")
WITHIN_S = 30


@pytest.fixture
def release(tmp_path):
    return tmp_path / "release"


@pytest.fixture
def run(frail, queue, start, release):
    """Start the work process, and what brings it its messages."""
    start("tests.common.trial.relay", queue)

    def started():
        process = start("tests.common.trial.work", queue, release)
        until(lambda: queues.is_consumed(f"{queue}.work"), WITHIN_S)
        return process

    return started


@pytest.fixture
def job(frail):
    asked = {"id": mongo.new_id(), "subject": "s", "owner": "o", "total": ROWS}
    return frail.transact(work.start, frail.service, "counting", **asked).id


class TestTheWorkProcess:
    def test_killed_in_the_middle_of_a_job_does_each_row_once(self, frail, run, job, release):
        def progress():
            return work.get(frail.reader(), job)

        process = run()
        until(lambda: progress().done == MIDDLE, WITHIN_S)
        assert (progress().state, progress().percent) == ("running", 100 * MIDDLE // ROWS)
        process.kill()
        release.touch()
        run()

        until(lambda: progress().state == "done", WITHIN_S)
        assert (progress().done, frail.reader().db.counted.count_documents({})) == (ROWS, ROWS)

    def test_sweeps_by_itself(self, frail, run):
        frail.reader().db.notes.insert_many([{"over": True}, {"over": False}])

        run()

        until(lambda: frail.reader().db.notes.count_documents({}) == 1, WITHIN_S)

    def test_sets_a_broken_job_aside_which_goes_on_when_it_is_sent_again(self, frail, run, job, queue, release):
        release.touch()
        frail.reader().db.counted.insert_one({"_id": MIDDLE + 1})  # in the way of the job
        run()
        until(lambda: work.get(frail.reader(), job).state == "failed", WITHIN_S)
        dead = queues.taken(f"{queue}.dead")[0]
        assert dead.headers["queue"] == f"{queue}.work"

        frail.reader().db.counted.delete_one({"_id": MIDDLE + 1})
        bus.connect(queue)(dead.headers["task"], dead.headers["id"], queues.said(dead), to=dead.headers["queue"])

        until(lambda: work.get(frail.reader(), job).state == "done", WITHIN_S)
        assert frail.reader().db.counted.count_documents({}) == ROWS
