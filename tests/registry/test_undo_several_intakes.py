"""Undoing intakes that told of the same people, and of people whom somebody changed since."""

from itertools import permutations

import pytest

from tests.registry.intakes import decide, enrolments, kept, take, undo, waiting, workers
from tests.registry.spreadsheets import ATTENDING, LATER, PASSED, people, person
from tests.registry.test_register_worker import SITI

PEOPLE = ("workers", "enrolments", "certificates")
NOBODY = {"workers": [], "enrolments": [], "certificates": []}
BARISTA_PASSED = PASSED | LATER


class TestSeveralIntakesOfTheSamePeople:
    @pytest.mark.parametrize("order", [*permutations(range(2))])
    def test_of_two_institutions_leave_nobody_when_both_are_undone(self, officer, lpk, blk, order):
        later = [person(n, **BARISTA_PASSED | {"cert_no": f"BAR {n}"}) for n in range(3)]
        intakes = [take(officer, lpk, [person(n, phone=None) for n in range(3)]), take(officer, blk, later)]

        undo(officer, intakes[order[0]])
        assert len(workers(officer)) == len(enrolments(officer)) == 3
        undo(officer, intakes[order[1]])

        assert kept(*PEOPLE) == NOBODY

    @pytest.mark.parametrize("order", [*permutations(range(4))])
    def test_first_sent_then_twice_corrected_and_joined_leave_nobody_in_any_order(self, officer, lpk, blk, order):
        intakes = [
            take(officer, lpk, [person(0, **ATTENDING)]),
            take(officer, lpk, [person(0, **ATTENDING | {"phone": "0812-0000-8888", "result": "Tidak Lulus"})]),
            take(officer, lpk, [person(0, **ATTENDING | {"policy_no": "4711", "result": "Lulus", "cert_no": "A 1"})]),
            take(officer, blk, [person(0, **BARISTA_PASSED | {"major": "Tata Boga"})]),
        ]
        assert [len(intake["people"]) for intake in intakes] == [1, 1, 1, 1]

        for n, there in zip(order[:-1], (1, 1, 1), strict=True):
            undo(officer, intakes[n])
            assert len(workers(officer)) == there
        undo(officer, intakes[order[-1]])

        assert kept(*PEOPLE) == NOBODY

    @pytest.mark.parametrize("order", [*permutations(range(3))])
    def test_one_file_three_times_leaves_nobody_in_any_order_and_somebody_until_then(self, officer, lpk, order):
        intakes = [take(officer, lpk, people(3)) for _ in range(3)]
        there = kept(*PEOPLE)

        for n in order[:-1]:
            undo(officer, intakes[n])
            assert kept(*PEOPLE) == there
        undo(officer, intakes[order[-1]])

        assert kept(*PEOPLE) == NOBODY

    def test_leave_a_correction_that_is_repeated_until_the_last_of_it(self, officer, lpk):
        first = [person(0)]
        better = [person(0, phone="0812-0000-8888")]
        take(officer, lpk, first)
        second, third = take(officer, lpk, better), take(officer, lpk, better)

        undo(officer, second)
        assert workers(officer)[0]["phone"] == "+6281200008888"
        undo(officer, third)
        assert workers(officer)[0]["phone"] == "+6281200001000"

    def test_of_which_an_officer_decided_a_line_leave_nobody_either(self, officer, lpk, blk):
        first = take(officer, lpk, [person(0, **BARISTA_PASSED | {"sex": "L"})])
        second = take(officer, blk, [person(0)])
        decide(officer, waiting(officer)[0], corrections={"sex": "P"})
        assert (len(workers(officer)), len(enrolments(officer))) == (1, 2)

        undo(officer, second)
        assert (len(workers(officer)), len(enrolments(officer))) == (1, 1)
        undo(officer, first)

        assert kept(*PEOPLE) == NOBODY

    @pytest.mark.parametrize("order", [*permutations(range(3))])
    def test_of_which_an_officer_decided_a_line_once_for_all_leave_nobody_in_the_end(self, officer, lpk, order):
        given = [person(0, nik=None, village="Entah")]
        intakes = [take(officer, lpk, given)]
        decide(officer, waiting(officer)[0], corrections={"village": "Paringin Timur"})
        intakes += [take(officer, lpk, given) for _ in range(2)]
        there = kept(*PEOPLE)
        assert (len(workers(officer)), waiting(officer)) == (1, [])

        for n in order[:-1]:
            undo(officer, intakes[n])
            assert kept(*PEOPLE) == there
        undo(officer, intakes[order[-1]])

        assert kept(*PEOPLE) == NOBODY
        take(officer, lpk, given)
        assert [line["codes"] for line in waiting(officer)] == [["nik_missing", "unknown_village"]]


class TestWhatSomebodyChangedSince:
    def test_by_hand_stays_and_is_counted_as_kept(self, officer, lpk):
        intake = take(officer, lpk, people(2))
        worker = workers(officer)[0]
        officer.patch(f"/v1/workers/{worker['id']}", json={"phone": "+6281200009999"}, headers={"If-Match": "*"})

        undone = undo(officer, intake)

        assert undone["people"] == {"new": 2, "removed": 1, "kept": 1}
        assert [each["phone"] for each in workers(officer)] == ["+6281200009999"]

    def test_in_their_training_stays_with_them(self, officer, lpk):
        intake = take(officer, lpk, [person(0, **ATTENDING), person(1, **ATTENDING)])
        moved = enrolments(officer)[0]
        officer.post(f"/v1/enrolments/{moved['id']}/state", json={"state": "completed"})

        undone = undo(officer, intake)

        assert undone["people"] == {"new": 2, "removed": 1, "kept": 1}
        assert [(each["id"], each["state"]) for each in enrolments(officer)] == [(moved["id"], "completed")]

    def test_by_another_training_stays_with_them(self, officer, lpk, blk):
        intake = take(officer, lpk, [person(0)])
        worker = workers(officer)[0]["id"]
        asked = {
            "institution_id": blk,
            "programme_id": "barista",
            "name": "I/2099",
            "starts_on": "2099-01-01",
            "ends_on": "2099-02-01",
        }
        batch = officer.post("/v1/batches", json=asked).json["id"]
        ours = officer.post("/v1/enrolments", json={"worker_id": worker, "batch_id": batch, "state": "accepted"}).json[
            "id"
        ]

        undo(officer, intake)

        assert [each["id"] for each in workers(officer)] == [worker]
        assert [each["id"] for each in enrolments(officer)] == [ours]

    def test_of_a_correction_stays(self, officer, lpk):
        take(officer, lpk, [person(0)])
        intake = take(officer, lpk, [person(0, phone="0812-0000-8888", email="lain@example.com")])
        worker = workers(officer)[0]
        officer.patch(f"/v1/workers/{worker['id']}", json={"phone": "+6281200009999"}, headers={"If-Match": "*"})

        undo(officer, intake)

        [after] = workers(officer)
        assert (after["phone"], after["email"]) == ("+6281200009999", "peserta0@example.com")

    def test_stays_after_every_intake_that_told_of_them_is_undone(self, officer, lpk, blk):
        intakes = [take(officer, lpk, [person(0)]), take(officer, blk, [person(0, **BARISTA_PASSED)])]
        worker = workers(officer)[0]
        officer.patch(f"/v1/workers/{worker['id']}", json={"phone": "+6281200009999"}, headers={"If-Match": "*"})

        for intake in intakes:
            undo(officer, intake)

        assert [each["phone"] for each in workers(officer)] == ["+6281200009999"]
        assert enrolments(officer) == []

    def test_is_never_who_was_registered_by_hand(self, officer, lpk):
        registered = officer.post("/v1/workers", json=SITI | {"nik": person(0)["nik"], "name": "Siti Rahmawati"}).json[
            "id"
        ]
        before = kept(*PEOPLE)

        undo(officer, take(officer, lpk, [person(0, birth=None)]))

        assert [each["id"] for each in workers(officer)] == [registered]
        assert kept(*PEOPLE) == before
