"""Undoing an intake: what it changed is put back, whatever came before and after it."""

from datetime import timedelta

import pytest

from services.registry.database import database
from tests.registry.intakes import (
    UNDOING,
    carry_out,
    kept,
    lines,
    send,
    take,
    undo,
    versions,
    waiting,
    workers,
)
from tests.registry.spreadsheets import ATTENDING, LATER, PASSED, people, person
from tests.registry.test_telling import states

PEOPLE = ("workers", "enrolments", "certificates")
BARISTA_PASSED = PASSED | LATER
MANY = 130  # lines: two chunks


def standing():
    """Return the people and what is theirs, and which lines wait."""
    waits = database.reader().db.intake_lines.find({"state": {"$in": ["open", "returned"]}}, {"_id": 1, "state": 1})
    return kept(*PEOPLE) | {"waiting": sorted((row["_id"], row["state"]) for row in waits)}


def ask(http, intake):
    return http.post(f"/v1/intakes/{intake['id']}/undo")


class TestUndoingAnIntake:
    def test_of_new_people_leaves_everything_as_it_was(self, officer, lpk, blk):
        take(officer, blk, [person(n, **ATTENDING) for n in range(200, 203)])
        before = standing()

        given = [person(n, nik=None) if n % 20 == 3 else person(n) for n in range(MANY)]
        intake = take(officer, lpk, given)
        assert standing() != before
        undone = undo(officer, intake)

        assert standing() == before
        assert (undone["state"], undone["people"]) == ("undone", {"new": MANY - 7, "removed": MANY - 7})
        assert {line["state"] for line in lines(officer, intake)} == {"undone"}

    def test_answers_at_once_with_its_job(self, officer, lpk):
        intake = take(officer, lpk, people(3))

        answer = ask(officer, intake)
        assert (answer.status_code, answer.json["state"], answer.json["job"]) == (
            202,
            "undoing",
            answer.headers["Location"][9:],
        )
        carry_out(UNDOING)

        job = officer.get(answer.headers["Location"]).json
        assert (job["state"], job["done"], job["total"]) == ("done", 3, 3)

    def test_of_a_second_institutions_file_leaves_the_firsts(self, officer, lpk, blk):
        take(officer, lpk, [person(0, phone=None, education=None), person(1)])
        before = standing()

        second = [person(0, **BARISTA_PASSED | {"skills": "Meracik kopi, pandai sekali"}), person(5)]
        intake = take(officer, blk, second)
        undone = undo(officer, intake)

        assert standing() == before
        assert undone["people"] == {"new": 1, "joined": 1, "removed": 1, "restored": 1}

    @pytest.mark.parametrize(
        "correction",
        [
            {"phone": "0812-0000-8888", "name": "Siti Rahmawatie"},
            {"result": "Tidak Lulus", "cert_no": None},
            {"cert_no": "LAS 4711", "expires": "01-01-2030"},
            {"period": "01-03-2025 s/d 15-04-2025", "policy_no": "1"},
            {"skills": "Las SMAW, Meracik kopi"},
        ],
    )
    def test_of_a_correction_puts_back_what_stood_before(self, officer, lpk, correction):
        take(officer, lpk, [person(0), person(1)])
        before = standing()

        intake = take(officer, lpk, [person(0, **correction), person(1)])
        assert intake["people"] == {"corrected": 1, "unchanged": 1}
        undone = undo(officer, intake)

        assert standing() == before
        assert undone["people"] == intake["people"] | {"restored": 1}

    def test_of_the_same_file_again_changes_nobody(self, officer, lpk):
        take(officer, lpk, people(3))
        before = versions()

        undo(officer, take(officer, lpk, people(3)))

        assert versions() == before

    def test_tells_the_other_services_who_is_gone(self, officer, lpk):
        intake = take(officer, lpk, people(2))
        ids = {worker["id"] for worker in workers(officer)}
        states("registry.worker")

        undo(officer, intake)

        told = states("registry.worker")
        assert {(state["id"], state["gone"]) for state in told} == {(id_, True) for id_ in ids}
        assert {state["version"] for state in told} == {2}
        assert officer.get(f"/v1/workers/{min(ids)}").status_code == 404

    def test_lets_the_lines_wait_again_that_it_had_replaced(self, officer, lpk):
        wrong = [person(0, nik=None), person(1, village="Entah"), person(2)]
        take(officer, lpk, wrong)
        before = standing()

        intake = take(officer, lpk, people(3))
        assert waiting(officer) == []
        undo(officer, intake)

        assert standing() == before
        assert len(waiting(officer)) == 2

    def test_does_not_wake_a_line_that_a_still_newer_one_has_replaced(self, officer, lpk):
        take(officer, lpk, [person(0, nik=None)])
        second = take(officer, lpk, [person(0, nik=None, phone=None)])
        take(officer, lpk, [person(0)])

        undo(officer, second)

        assert waiting(officer) == []

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_does_not_wake_a_line_of_an_intake_that_is_undone_too(self, officer, lpk, order):
        intakes = [take(officer, lpk, [person(0, nik=None)]), take(officer, lpk, [person(0)])]

        for n in order:
            undo(officer, intakes[n])

        assert standing() == {"workers": [], "enrolments": [], "certificates": [], "waiting": []}


class TestAnIntakeThatCannotBeUndone:
    def test_is_still_being_taken(self, officer, lpk):
        answer = ask(officer, send(officer, lpk, people(1)).json)

        assert (answer.status_code, answer.json["type"]) == (409, "intake-unfinished")

    def test_is_undone_already(self, officer, lpk):
        intake = take(officer, lpk, people(1))
        ask(officer, intake)

        assert (ask(officer, intake).status_code, ask(officer, intake).json["type"]) == (409, "intake-undone")
        carry_out(UNDOING)
        assert ask(officer, intake).status_code == 409

    def test_under_its_key_is_undone_once(self, officer, lpk):
        path = f"/v1/intakes/{take(officer, lpk, people(1))['id']}/undo"

        first, second = (officer.post(path, headers={"Idempotency-Key": "k-1"}) for _ in range(2))

        assert (first.status_code, second.status_code) == (202, 202)
        assert database.reader().db.facts.count_documents({"name": "registry.intake.undone"}) == 1

    def test_is_so_old_that_nobody_knows_what_it_changed(self, officer, lpk):
        intake = take(officer, lpk, people(1))
        there = database.reader().db.intakes
        made = there.find_one()["created_at"]
        there.update_one({}, {"$set": {"created_at": made - timedelta(days=30, minutes=1)}})

        answer = ask(officer, intake)

        assert (answer.status_code, answer.json["type"]) == (409, "intake-forgotten")

    @pytest.mark.parametrize("role", ["institution", "worker", "executive"])
    def test_is_one_that_somebody_else_than_the_office_asks_for(self, client, officer, lpk, role):
        intake = take(officer, lpk, people(1))

        assert ask(client("registry", role, own=lpk), intake).status_code == 403
        assert ask(officer, {"id": "nothing"}).status_code == 404
        assert len(workers(officer)) == 1
