"""Long and periodic work: in chunks, each once, whatever is killed in between."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.common import mongo, work
from services.common.work import Chunk, JobUnknown, Periodic

ROWS = 250
A_CHUNK = 100


def count_off(tx, job):
    """Write the next rows, each under its number."""
    rows = [{"_id": n} for n in range(job.position, min(job.position + A_CHUNK, ROWS))]
    if rows:
        tx.db.counted.insert_many(rows, session=tx.session)
    return Chunk(done=len(rows), end=job.position + len(rows) >= ROWS)


@pytest.fixture
def begin(database):
    def begun(total=ROWS):
        asked = {"id": mongo.new_id(), "subject": "s", "owner": "o", "total": total}
        return database.transact(work.start, database.service, "counting", **asked)

    return begun


@pytest.fixture
def run(database):
    """Handle the job's message with a step, as the work process does."""

    def handled(job, step=count_off):
        handle = work.handlers(database, jobs={"counting": step}, periodic={})[f"{database.service}.counting"]
        handle(event_id="any", payload={"job": job.id})

    return handled


def get(database, job):
    return work.get(database.reader(), job.id)


class TestAJob:
    def test_is_asked_for_in_the_transaction_that_decides_it(self, begin, db, database):
        job = begin()

        (message,) = db.facts.find()
        assert (message["to"], message["payload"]) == (f"{database.service}.work", {"job": job.id})
        assert (get(database, job).state, get(database, job).percent) == ("queued", 0)

    def test_is_not_asked_for_when_that_fails(self, database, db):
        def refused(tx):
            work.start(tx, database.service, "counting", id="j", subject="s", owner="o", total=1)
            raise ValueError

        with pytest.raises(ValueError, match=r"^$"):
            database.transact(refused)
        assert (db.jobs.count_documents({}), db.facts.count_documents({})) == (0, 0)

    def test_does_each_row_once_and_ends(self, begin, run, database, db):
        job = begin()

        run(job)

        found = get(database, job)
        assert (found.state, found.done, found.failed, found.percent) == ("done", ROWS, 0, 100)
        assert db.counted.count_documents({}) == ROWS

    def test_whose_message_comes_again_does_nothing_again(self, begin, run, database):
        job = begin()
        run(job)
        before = get(database, job)

        run(job)

        assert get(database, job) == before

    def test_that_two_processes_work_on_does_each_row_once(self, begin, run, database, db):
        job = begin()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda _: run(job), range(2)))

        assert (get(database, job).done, db.counted.count_documents({})) == (ROWS, ROWS)

    def test_that_breaks_keeps_the_chunks_before_and_goes_on_from_there(self, begin, run, database, db):
        job = begin()

        def break_at_100(tx, job):
            count_off(tx, job)
            if job.position >= A_CHUNK:
                raise ValueError
            return Chunk(done=A_CHUNK, end=False)

        with pytest.raises(ValueError, match=r"^$"):
            run(job, break_at_100)
        assert (get(database, job).state, get(database, job).done, db.counted.count_documents({})) == (
            "failed",
            100,
            100,
        )

        run(job)
        assert (get(database, job).state, db.counted.count_documents({})) == ("done", ROWS)

    def test_lets_others_go_between_when_its_turn_is_over(self, begin, run, database, db, monkeypatch):
        monkeypatch.setattr(work, "TURN_S", -1)
        job = begin()

        run(job)

        assert (get(database, job).done, get(database, job).state) == (A_CHUNK, "running")
        assert db.facts.count_documents({"payload.job": job.id}) == 2  # asked for, and asked for again

    def test_of_which_the_total_is_not_known_has_no_percent_until_it_is_done(self, begin, run, database):
        job = begin(total=None)
        assert get(database, job).percent is None
        run(job)
        assert get(database, job).percent == 100

    def test_is_made_ready_before_each_chunk_outside_its_transaction(self, begin, run, database):
        seen = []

        @work.preceded_by(lambda tx, job: seen.append((tx.session, job.position)))
        def step(tx, job):
            return count_off(tx, job)

        job = begin()
        run(job, step)
        run(job, step)

        assert seen == [(None, 0), (None, 100), (None, 200)]

    def test_learns_its_total_on_the_way(self, begin, run, database):
        job = begin(total=None)

        run(job, lambda tx, job: Chunk(done=1, end=True, total=7))

        assert get(database, job).total == 7

    def test_that_is_not_there_is_unknown(self, database):
        with pytest.raises(JobUnknown):
            work.get(database.reader(), "none")


class TestPeriodicWork:
    def test_is_asked_for_once_a_period_however_many_look(self, database, db):
        periodic = {"sweeping": Periodic(every_s=60, sweep=lambda tx: 0)}

        with ThreadPoolExecutor(6) as pool:
            fired = list(pool.map(lambda _: work.fire_due(database, periodic), range(6)))

        assert sorted(fired) == [[]] * 5 + [["sweeping"]]
        assert [row["name"] for row in db.facts.find()] == [f"{database.service}.sweeping"]

    def test_is_asked_for_again_in_the_next_period(self, database):
        periodic = {"sweeping": Periodic(every_s=0, sweep=lambda tx: 0)}

        assert work.fire_due(database, periodic) == ["sweeping"]
        assert work.fire_due(database, periodic) == ["sweeping"]

    def test_sweeps_until_nothing_is_left(self, database, db):
        db.notes.insert_many([{} for _ in range(5)])

        def sweep(tx):
            found = list(tx.db.notes.find({}, session=tx.session).limit(2))
            tx.db.notes.delete_many({"_id": {"$in": [row["_id"] for row in found]}}, session=tx.session)
            return len(found)

        periodic = {"sweeping": Periodic(every_s=60, sweep=sweep)}
        work.handlers(database, jobs={}, periodic=periodic)[f"{database.service}.sweeping"](event_id="e", payload={})

        assert db.notes.count_documents({}) == 0

    def test_that_speaks_to_others_is_in_no_transaction(self, database):
        seen = []
        periodic = {
            "sending": Periodic(every_s=60, sweep=lambda tx: seen.append(tx.session) or 0, in_transaction=False)
        }

        work.handlers(database, jobs={}, periodic=periodic)[f"{database.service}.sending"](event_id="e", payload={})

        assert seen == [None]

    def test_that_takes_long_lets_others_go_between(self, database, db, monkeypatch):
        monkeypatch.setattr(work, "TURN_S", -1)
        periodic = {"sweeping": Periodic(every_s=60, sweep=lambda tx: 1)}

        work.handlers(database, jobs={}, periodic=periodic)[f"{database.service}.sweeping"](event_id="e", payload={})

        [asked] = db.facts.find()
        assert (asked["name"], asked["to"]) == (f"{database.service}.sweeping", f"{database.service}.work")
