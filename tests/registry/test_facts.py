"""What the registry tells happened, in the transaction in which it did, so that people can be let know."""

import pytest

from services.registry.database import database
from services.registry.work import JOBS
from tests.registry.enrolments import batch, enrol, person
from tests.registry.intakes import TAKING, Killed, carry_out, send, take
from tests.registry.spreadsheets import people
from tests.registry.spreadsheets import person as line
from tests.registry.test_issue_certificate import WELDING


def told():
    """Return what was told, by name, without what was asked of the registry itself."""
    facts = database.reader().db.facts.find({"to": None, "name": {"$ne": "registry.certificate.issued"}})
    return [(row["name"], row["payload"]) for row in facts]


class TestRevokingACertificate:
    def test_is_told_once(self, officer):
        worker = person(officer)
        path = officer.post(f"/v1/workers/{worker}/certificates", json=WELDING).headers["Location"]

        officer.post(f"{path}/revocation")
        officer.post(f"{path}/revocation")

        said = {"certificate_id": path.rpartition("/")[2], "worker_id": worker, "skill": "smaw-welding"}
        assert told() == [("registry.certificate.revoked", said)]


class TestMovingAnEnrolment:
    def test_is_told_and_a_refused_move_is_not(self, officer, lpk):
        worker = person(officer)
        made = enrol(officer, worker, batch(officer, lpk), state="attending").json["id"]

        for state in ("completed", "withdrawn"):
            officer.post(f"/v1/enrolments/{made}/state", json={"state": state})

        said = {"enrolment_id": made, "worker_id": worker, "state": "completed"}
        assert told() == [("registry.enrolment.moved", said)]


class TestTheEndOfAnIntake:
    def test_is_told_with_its_counts_and_nothing_of_its_lines(self, officer, lpk):
        lines = [line(0), line(1), line(2, phone="0812"), line(3, nik=None), line(4, name=None)]

        intake = take(officer, lpk, lines)

        counts = {"taken": 3, "to_decide": 1, "returned": 1}
        said = {"intake_id": intake["id"], "institution_id": lpk, "state": "taken"}
        assert told() == [("registry.intake.finished", said | counts)]

    def test_is_told_of_a_file_that_cannot_be_read(self, officer, lpk):
        take(officer, lpk, b"\x89PNG\r\n\x1a\n" + bytes(100), name="gambar.xlsx")

        [(name, said)] = told()
        assert (name, said["state"], said["taken"]) == ("registry.intake.finished", "unreadable", 0)

    def test_is_told_once_though_the_process_ends_just_before_it(self, officer, lpk):
        def die(tx, job):
            JOBS[TAKING](tx, job)
            raise Killed

        send(officer, lpk, people(3))
        with pytest.raises(Killed):
            carry_out(jobs={TAKING: die})
        assert told() == []

        carry_out()
        carry_out()

        assert len(told()) == 1
