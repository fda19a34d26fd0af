"""The job of an intake: how far it is, what a crash costs, and who may see it."""

import pytest

from services.common import work
from services.registry.database import database
from services.registry.intake import commands
from services.registry.work import JOBS, PERIODIC
from tests.registry.intakes import TAKING, Killed, carry_out, enrolments, kept, lines, send, take, undo, workers
from tests.registry.spreadsheets import LATER, as_xlsx, people, person, rows

MANY = 230  # lines: three chunks


@pytest.fixture
def one_chunk_a_turn(monkeypatch):
    monkeypatch.setattr(work, "TURN_S", -1.0)


def killed_in(chunk, *, before=False):
    """Return jobs of which the work process ends in a chunk of the file, before it or just before its commit."""

    def step(tx, job):
        if job.position // commands.CHUNK != chunk:
            return JOBS[TAKING](tx, job)
        if not before:
            JOBS[TAKING](tx, job)
        commands._reading.clear()  # noqa: SLF001 (a new process has read nothing)
        raise Killed

    return {TAKING: step}


class TestTheJobOfAnIntake:
    def test_tells_how_far_it_is_and_goes_on_where_it_stood(self, officer, lpk, one_chunk_a_turn):
        sent = send(officer, lpk, people(MANY))
        intake, path = f"/v1/intakes/{sent.json['id']}", sent.headers["Location"]

        carry_out()
        halfway, counts = officer.get(path), officer.get(intake).json
        carry_out()
        carry_out()

        assert (halfway.json["state"], halfway.json["done"], halfway.json["percent"]) == ("running", 100, 43)
        assert (counts["state"], counts["total"], counts["outcomes"]) == ("reading", MANY, {"accept": 100})
        job = officer.get(path, headers={"If-None-Match": halfway.headers["ETag"]}).json
        assert (job["state"], job["done"], job["percent"]) == ("done", MANY, 100)
        assert officer.get(intake).json["state"] == "taken"

    def test_of_as_many_lines_as_whole_chunks_hold_ends_too(self, officer, lpk):
        intake = take(officer, lpk, people(2 * commands.CHUNK))

        assert (intake["state"], intake["outcomes"]) == ("taken", {"accept": 200})

    def test_that_is_delivered_again_takes_nobody_twice(self, officer, lpk):
        intake = take(officer, lpk, people(3))
        carry_out()

        assert officer.get(f"/v1/intakes/{intake['id']}").json == intake
        assert len(workers(officer)) == 3

    def test_can_be_seen_by_its_sender_and_the_office_alone(self, client, lpk):
        path = send(client("registry", "institution", own=lpk, account="sender"), lpk, people(1)).headers["Location"]

        def asked(role, **who):
            return client("registry", role, **who).get(path).status_code

        assert asked("institution", own=lpk, account="sender") == asked("officer") == 200
        assert asked("institution", own="other", account="other") == 404
        assert asked("worker", own=lpk, account="sender") == 403
        assert asked(None) == 401

    def test_that_is_not_there_is_not_found(self, officer):
        answer = officer.get("/v1/jobs/nothing")

        assert (answer.status_code, answer.json["type"]) == (404, "job-unknown")


class TestACrash:
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    @pytest.mark.parametrize("chunk", [0, 1, 2])
    @pytest.mark.parametrize("before", [True, False])
    def test_costs_the_chunk_that_it_met_and_no_line(self, officer, lpk, chunk, before, kind):
        given = [person(n, nik=None) if n % 50 == 7 else person(n) for n in range(MANY)]
        sent = send(officer, lpk, given if kind == "csv" else as_xlsx(rows(given))).json

        with pytest.raises(Killed):
            carry_out(jobs=killed_in(chunk, before=before))
        counted = officer.get(f"/v1/intakes/{sent['id']}").json["outcomes"]
        there = database.reader().db.intake_lines.count_documents({})
        carry_out()

        assert (sum(counted.values()), there) == (100 * chunk, 100 * chunk)
        intake = officer.get(f"/v1/intakes/{sent['id']}").json
        assert (intake["state"], intake["total"]) == ("taken", MANY)
        assert intake["outcomes"] == {"accept": MANY - 5, "review": 5}
        found = list(database.reader().db.intake_lines.find().sort("_id"))
        assert [row["number"] for row in found] == list(range(1, MANY + 1))
        assert [row["row"] for row in found] == list(range(2, MANY + 2))
        assert database.reader().db.workers.count_documents({}) == MANY - 5

    def test_that_comes_after_each_chunk_still_ends_with_everybody_once(self, officer, lpk, one_chunk_a_turn):
        sent = send(officer, lpk, people(MANY)).json
        for _ in range(3):
            commands._reading.clear()  # noqa: SLF001 (a new process each time)
            carry_out()

        assert officer.get(f"/v1/intakes/{sent['id']}").json["people"] == {"new": MANY}

    def test_does_not_change_how_the_columns_are_read(self, officer, lpk, one_chunk_a_turn):
        sent = send(officer, lpk, people(MANY)).json
        carry_out()
        commands._reading.clear()  # noqa: SLF001 (a new process)
        officer.patch(f"/v1/institutions/{lpk}/columns", json={"columns": {"NIK": None, "Nama Lengkap": None}})
        carry_out()
        carry_out()

        assert officer.get(f"/v1/intakes/{sent['id']}").json["outcomes"] == {"accept": MANY}

    def test_in_the_midst_of_undoing_costs_no_line_either(self, officer, lpk):
        intake = take(officer, lpk, people(MANY))
        officer.post(f"/v1/intakes/{intake['id']}/undo")

        def step(tx, job):
            chunk = JOBS["intake.undone"](tx, job)
            if job.position == 100:
                raise Killed
            return chunk

        with pytest.raises(Killed):
            carry_out("intake.undone", {"intake.undone": step})
        halfway = database.reader().db.enrolments.count_documents({})
        carry_out("intake.undone")

        assert halfway == MANY - 100
        assert officer.get(f"/v1/intakes/{intake['id']}").json["people"] == {"new": MANY, "removed": MANY}
        assert kept("workers", "enrolments", "certificates") == {"workers": [], "enrolments": [], "certificates": []}


class TestAFileThatIsForgottenMeanwhile:
    def test_ends_its_intake_with_a_reason_and_can_be_undone(self, officer, lpk, one_chunk_a_turn):
        sent = send(officer, lpk, people(MANY)).json
        carry_out()
        database.reader().db.uploads.delete_many({})
        commands._reading.clear()  # noqa: SLF001 (a new process)
        carry_out()

        intake = officer.get(f"/v1/intakes/{sent['id']}").json
        assert (intake["state"], intake["problem"], intake["outcomes"]) == ("unreadable", "empty", {"accept": 100})
        job = officer.get(f"/v1/jobs/{sent['job']}").json
        assert (job["state"], job["done"], job["total"]) == ("done", 100, 100)
        assert len(lines(officer, intake)) == 100

        assert undo(officer, intake)["people"] == {"new": 100, "removed": 100}
        assert enrolments(officer) == []


class TestTwoIntakesAtOnce:
    def test_that_name_one_person_make_one_worker(self, officer, lpk, blk):
        later = [person(n, **LATER | {"cert_no": f"BAR {n}"}) for n in range(3)]
        ours, others = (send(officer, *each).json["job"] for each in ((lpk, people(3)), (blk, later)))
        turns = []

        def step(tx, job):
            turns.append(job.id)
            if turns == [ours]:  # another process takes the other's while this one has only begun, and commits first
                handle(event_id="e-1", payload={"job": others})
            return JOBS[TAKING](tx, job)

        handle = work.handlers(database, jobs={TAKING: step}, periodic=PERIODIC)[f"registry.{TAKING}"]
        handle(event_id="e-2", payload={"job": ours})

        assert turns == [ours, others, ours]
        assert len(workers(officer)) == 3
        assert len(enrolments(officer)) == 6
