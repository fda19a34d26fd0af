"""Who is one person: in a file, across files, in the same file once more, and in its correction."""

import pytest

from tests.registry import intakes
from tests.registry.intakes import enrolments, lines, take, undo, versions, waiting, workers
from tests.registry.spreadsheets import ATTENDING, LATER, PASSED, people, person

BARISTA_PASSED = PASSED | LATER
TWIN = {"name": "Rahmat Hidayat"}
OTHER_TWIN = {"name": "Rahmat Hidayah", "nik": person(1)["nik"][:-4] + "9777"}
AGAIN = person(0, **BARISTA_PASSED | {"name": "Siti Rahmawaty", "phone": "0812-0000-5555"})  # by another institution


@pytest.fixture
def taken(officer, lpk):
    """Take lines of the institution, and return what the API lists of them."""
    return lambda *given, **options: lines(officer, take(officer, lpk, given, **options))


class TestTwoInstitutionsThatNameOnePerson:
    @pytest.fixture
    def both(self, officer, lpk, blk):
        first = take(officer, lpk, [person(0, phone=None, major=None)])
        second = person(
            0, **BARISTA_PASSED | {"name": "SITI RAHMAWATY", "address": "Jl. Lain", "email": "x@example.com"}
        )
        return first, take(officer, blk, [second])

    def test_have_one_worker_with_two_trainings_and_two_certificates(self, officer, lpk, blk, both):
        [worker] = workers(officer)

        assert both[1]["codes"] == {"duplicate_other_file": 1}
        assert both[1]["people"] == {"joined": 1}
        there = enrolments(officer)
        assert [(each["worker_id"], each["institution_id"]) for each in there] == [
            (worker["id"], lpk),
            (worker["id"], blk),
        ]
        held = officer.get(f"/v1/workers/{worker['id']}/certificates").json
        assert {each["number"] for each in held} == {"LAS 0000/2025", "BAR 0001/2026"}

    def test_fill_each_others_gaps_and_overwrite_nothing(self, officer, both):
        [worker] = workers(officer)

        said = {name: worker[name] for name in ("name", "address", "email", "phone", "major")}
        assert said == {
            "name": "Siti Rahmawati", "address": "Jl. Contoh RT 01 No. 1", "email": "peserta0@example.com",
            "phone": "+6281200001000", "major": "Teknik Mesin",
        }  # fmt: skip
        assert {held["skill"] for held in worker["skills"]} == {"smaw-welding", "spreadsheets", "coffee-brewing"}

    def test_in_trainings_that_overlap_leave_it_to_an_officer(self, officer, lpk, blk):
        take(officer, lpk, [person(0)])
        overlapping = {"period": "30-04-2025 s/d 30-06-2025", "policy_until": "30-06-2025"}

        intake = take(officer, blk, [person(0, **BARISTA_PASSED | overlapping | {"policy_from": "30-04-2025"})])

        assert intake["codes"] == {"enrolment_overlap": 1, "duplicate_other_file": 1}
        assert len(enrolments(officer)) == 1

    def test_without_a_nik_leave_it_to_an_officer_with_a_score(self, officer, lpk, blk):
        take(officer, lpk, [person(0)])

        intake = take(officer, blk, [person(0, **BARISTA_PASSED | {"nik": None})])

        [line] = lines(officer, intake)
        assert line["codes"] == ["nik_missing", "duplicate_possible"]
        [candidate] = line["candidates"]
        assert (candidate["worker_id"], candidate["score"]) == (workers(officer)[0]["id"], 1.0)


class TestPeopleWhoShareSomething:
    def test_twins_are_two(self, officer, taken):
        found = taken(person(1, **TWIN), person(1, **OTHER_TWIN | {"cert_no": "LAS 7", "phone": "0812-0000-7777"}))

        assert [line["outcome"] for line in found] == ["accept", "accept"]
        assert len(workers(officer)) == 2

    def test_a_nik_that_was_copied_down_brings_the_first_alone(self, officer, taken):
        found = taken(person(0), person(1, nik=person(0)["nik"], sex="P", birth=person(0)["birth"]), person(2))

        assert [line["state"] for line in found] == ["taken", "open", "taken"]
        assert "nik_conflict" in found[1]["codes"]

    def test_a_household_with_one_phone_is_two_workers(self, officer, taken):
        found = taken(person(0), person(1, phone="0812 0000 1000"))

        assert [line["codes"] for line in found] == [[], ["phone_shared"]]
        assert len(workers(officer)) == 2

    @pytest.mark.parametrize("apart", [False, True])
    def test_a_certificate_number_is_for_an_officer(self, officer, taken, apart):
        given = person(0), person(1, cert_no="LAS 0000/2025")
        found = [line for each in given for line in taken(each)] if apart else taken(*given)

        assert [line["codes"] for line in found] == [[], ["certificate_conflict"]]

    def test_a_line_that_stands_twice_in_its_file_is_counted_once(self, officer, taken):
        found = taken(person(0), person(1), person(0, no=3), *(person(n) for n in range(2, 110)), person(0, no=120))

        repeated = [line["number"] for line in found if line["codes"] == ["duplicate_same_file"]]
        assert repeated == [3, 112]
        assert len(workers(officer)) == 110

    @pytest.mark.parametrize(
        "said",
        [{"name": "  SITI   RAHMAWATI "}, {"name": "Hj. Siti Rahmawati, S.Pd."}, {"address": "JL. CONTOH RT 01 NO. 1"}],
    )
    def test_a_line_that_stands_twice_in_other_capitals_is_counted_once(self, taken, said):
        found = taken(person(0), person(0, **said))

        assert [line["codes"] for line in found] == [[], ["duplicate_same_file"]]

    def test_one_name_birth_date_and_batch_under_two_niks_is_for_an_officer(self, officer, taken):
        found = taken(person(0), person(0, nik="6311014101909777", cert_no="LAS 9", phone=None))

        assert [line["codes"] for line in found] == [[], ["duplicate_possible"]]
        assert [each["worker_id"] for each in found[1]["candidates"]] == [workers(officer)[0]["id"]]


class TestTheSameFileAgain:
    def test_changes_nothing_and_nobody(self, officer, lpk, blk):
        given = [person(0), person(1, phone="08"), person(2, nik=None), person(3, name=None), person(4, **ATTENDING)]
        take(officer, lpk, given)
        take(officer, blk, [AGAIN])
        before, there = versions(), intakes.kept("workers", "enrolments", "certificates", "batches")

        others, ours = take(officer, blk, [AGAIN]), take(officer, lpk, given)

        assert (others["people"], ours["people"]) == ({"unchanged": 1}, {"unchanged": 3})
        assert versions() == before
        assert intakes.kept("workers", "enrolments", "certificates", "batches") == there
        assert len(waiting(officer)) == 1

    def test_takes_whoever_came_in_by_it_though_others_made_it_doubtful_since(self, officer, lpk, blk):
        take(officer, lpk, [person(0)])
        overlapping = {"period": "30-04-2025 s/d 30-06-2025", "policy_from": "30-04-2025", "policy_until": "30-06-2025"}
        take(officer, blk, [person(0, **BARISTA_PASSED | overlapping)])
        before = versions()

        again = take(officer, lpk, [person(0)])

        assert (again["outcomes"], again["people"]) == ({"accept": 1}, {"unchanged": 1})
        assert (versions(), len(waiting(officer))) == (before, 1)

    def test_once_more_after_a_correction_puts_back_what_it_says(self, officer, lpk):
        for phone in ("0812-0000-1000", "0812-0000-8888", "0812-0000-1000"):
            take(officer, lpk, [person(0, phone=phone)])

        assert [worker["phone"] for worker in workers(officer)] == ["+6281200001000"]

    def test_leaves_what_others_have_changed_meanwhile(self, officer, lpk):
        take(officer, lpk, [person(0), person(1, **ATTENDING)])
        first, _ = workers(officer)
        officer.patch(f"/v1/workers/{first['id']}", json={"phone": "+6281200009999"}, headers={"If-Match": "*"})
        [attended] = [each for each in enrolments(officer) if each["state"] == "attending"]
        officer.post(f"/v1/enrolments/{attended['id']}/state", json={"state": "completed"})

        take(officer, lpk, [person(0), person(1, **ATTENDING)])

        assert workers(officer)[0]["phone"] == "+6281200009999"
        assert {each["state"] for each in enrolments(officer)} == {"completed"}

    def test_is_a_new_one_once_the_first_was_undone(self, officer, lpk):
        undo(officer, take(officer, lpk, people(3)))

        assert take(officer, lpk, people(3))["people"] == {"new": 3}
        assert len(workers(officer)) == 3


class TestACorrectedLineOfTheSameInstitution:
    def test_changes_what_it_says_and_nothing_else(self, officer, lpk):
        take(officer, lpk, people(3))
        before = {worker["id"]: worker for worker in workers(officer)}
        ids = versions()

        again = take(officer, lpk, [person(0), person(1, phone="0812-0000-8888", policy_no="999"), person(2)])

        assert again["people"] == {"unchanged": 2, "corrected": 1}
        changed = [worker for worker in workers(officer) if worker != before[worker["id"]]]
        assert changed == [before[changed[0]["id"]] | {"phone": "+6281200008888"}]
        assert [versions()[id_] - version for id_, version in ids.items()] == [0, 1, 0]
        assert [each["policy"]["number"] for each in enrolments(officer)] == ["26012345678", "999", "26012345680"]

    @pytest.mark.parametrize(
        ("said", "field", "value"),
        [
            ({"result": "Tidak Lulus", "cert_no": None}, "state", "failed"),
            ({"period": "01-03-2025 s/d 15-04-2025"}, "ends_on", "2025-04-15"),
        ],
    )
    def test_changes_its_training(self, officer, lpk, said, field, value):
        take(officer, lpk, [person(0)])

        take(officer, lpk, [person(0, **said)])

        assert [each[field] for each in enrolments(officer)] == [value]

    def test_changes_the_number_of_its_certificate(self, officer, lpk):
        take(officer, lpk, [person(0)])
        take(officer, lpk, [person(0, cert_no="LAS 4711", expires="11-05-2028")])

        [worker] = workers(officer)
        [held] = officer.get(f"/v1/workers/{worker['id']}/certificates").json
        assert (held["number"], held["valid_until"]) == ("LAS 4711", "2028-05-11")

    def test_does_not_begin_a_training_again_that_the_office_has_ended(self, officer, lpk):
        take(officer, lpk, [person(0, **ATTENDING)])
        [attended] = enrolments(officer)
        officer.post(f"/v1/enrolments/{attended['id']}/state", json={"state": "completed"})

        take(officer, lpk, [person(0, **ATTENDING | {"phone": "0812-0000-8888"})])

        assert [each["state"] for each in enrolments(officer)] == ["completed"]
        assert workers(officer)[0]["phone"] == "+6281200008888"

    def test_adds_the_nik_that_was_missing_to_whom_an_officer_let_in(self, officer, lpk):
        take(officer, lpk, [person(0, nik=None)])
        intakes.decide(officer, waiting(officer)[0])

        again = take(officer, lpk, [person(0)])

        assert again["people"] == {"corrected": 1}
        assert [(worker["nik"], worker["doubts"]) for worker in workers(officer)] == [(person(0)["nik"], [])]
