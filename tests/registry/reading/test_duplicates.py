"""Whether a line names somebody who is there already."""

from dataclasses import replace
from datetime import date

import pytest

from services.registry.reading.duplicates import Course, Crowd, Trace, judge

COURSE = Course(key="lpk|barista|i/2025", starts=date(2025, 3, 1), ends=date(2025, 3, 30))
LATER = Course(key="blk|barista|ii/2025", starts=date(2025, 6, 1), ends=date(2025, 6, 30))
SITI = Trace(
    name="Siti Aminah",
    birth=date(2001, 7, 1),
    nik="nik-1",
    phone="phone-1",
    certificate="cert-1",
    whole="whole-1",
    courses=(COURSE,),
    same_file=True,
)
WORKER = replace(SITI, worker_id="w-1", whole=None, certificate=None, same_file=False)
RUDI = Trace(
    name="Rudi Hartono", birth=date(1999, 2, 3), nik="nik-2", phone="phone-2", certificate="cert-2", same_file=True
)


def line(**said):
    return replace(SITI, whole="another", courses=(LATER,), **said)


class TestALine:
    def test_of_somebody_new_has_no_code(self):
        assert judge(SITI, []).codes == ()

    def test_that_stands_earlier_in_its_file_counts_once_and_nothing_else_is_said_of_it(self):
        verdict = judge(SITI, [replace(SITI, line="i-1")])

        assert (verdict.codes, verdict.is_repeated) == (("duplicate_same_file",), True)

    def test_that_stands_in_another_file_is_no_repeat(self):
        assert not judge(SITI, [replace(WORKER, whole="whole-1")]).is_repeated


class TestTheSameNik:
    def test_in_another_file_is_one_worker_with_a_second_training(self):
        verdict = judge(line(), [WORKER])

        assert (verdict.codes, verdict.worker_id, verdict.corrects) == (("duplicate_other_file",), "w-1", False)

    @pytest.mark.parametrize("name", ["SITI AMINAH", "Hj. Siti Aminah, S.Pd.", "Siti Amina", "St. Aminah"])
    def test_and_a_variant_of_the_name_is_one_worker(self, name):
        assert judge(line(name=name), [WORKER]).worker_id == "w-1"

    def test_and_another_name_is_somebody_else_whose_nik_was_copied_down(self):
        verdict = judge(line(name="Rudi Hartono", birth=date(1999, 2, 3), phone=None, certificate=None), [WORKER])

        assert (verdict.codes, verdict.worker_id) == (("nik_conflict",), None)

    def test_in_an_overlapping_training_is_for_an_officer(self):
        overlapping = replace(LATER, starts=date(2025, 3, 20))

        assert judge(replace(line(), courses=(overlapping,)), [WORKER]).codes == (
            "enrolment_overlap",
            "duplicate_other_file",
        )

    def test_in_the_same_training_corrects_what_is_there(self):
        verdict = judge(replace(SITI, whole="another"), [WORKER])

        assert (verdict.codes, verdict.worker_id, verdict.corrects) == ((), "w-1", True)

    def test_of_a_line_that_waits_is_replaced_by_its_newer_form(self):
        waiting = replace(SITI, line="i-7", same_file=False)

        assert judge(replace(SITI, whole="another"), [waiting]).replaces == ("i-7",)


class TestNoNik:
    def test_but_name_and_birth_date_of_somebody_is_possible_and_never_certain(self):
        verdict = judge(line(nik=None, phone=None, certificate=None), [WORKER])

        assert (verdict.codes, verdict.worker_id) == (("duplicate_possible",), None)
        assert [each.worker_id for each in verdict.candidates] == ["w-1"]

    def test_twins_are_two(self):
        assert judge(line(nik=None, phone=None, certificate=None, name="Siti Rahmah"), [WORKER]).codes == ()

    def test_a_shared_phone_and_the_same_name_are_less_likely_than_a_birth_date(self):
        by_birth = judge(line(nik=None), [WORKER]).candidates[0].score
        by_phone = judge(line(nik=None, birth=date(2001, 1, 7)), [WORKER]).candidates[0].score

        assert 0 < by_phone < by_birth

    def test_sent_again_by_its_institution_for_the_same_training_is_the_same(self):
        there = replace(WORKER, nik=None)
        verdict = judge(replace(SITI, nik=None, whole="another"), [there])

        assert (verdict.worker_id, verdict.corrects, verdict.codes) == ("w-1", True, ())

    def test_another_nik_in_the_same_training_is_for_an_officer(self):
        verdict = judge(replace(SITI, nik="nik-9", whole="another"), [WORKER])

        assert (verdict.worker_id, verdict.codes) == (None, ("duplicate_possible",))


class TestWhatTwoPeopleShare:
    def test_a_phone_is_a_household(self):
        assert judge(line(phone="phone-2"), [RUDI]).codes == ("phone_shared",)

    def test_a_certificate_is_for_an_officer(self):
        assert judge(line(certificate="cert-2"), [RUDI]).codes == ("certificate_conflict",)

    def test_a_birthday_is_nothing(self):
        assert judge(line(), [replace(RUDI, birth=SITI.birth)]).codes == ()


class TestACrowd:
    def test_knows_who_shares_something_each_once(self):
        crowd = Crowd([WORKER, RUDI])

        assert crowd.near(line()) == [WORKER]
        assert crowd.near(line(nik="x", phone="phone-2", birth=RUDI.birth, certificate=None)) == [RUDI]


class TestALineThatWaits:
    WAITING = replace(SITI, line="i-7", same_file=False, whole="as it was")

    @pytest.mark.parametrize("said", [{"nik": "nik-9"}, {"nik": None}, {"phone": "phone-9", "name": "Siti Aminnah"}])
    def test_is_replaced_when_its_institution_says_the_same_training_of_the_same_person_again(self, said):
        verdict = judge(replace(SITI, whole="another", **said), [self.WAITING])

        assert (verdict.codes, verdict.replaces) == ((), ("i-7",))

    def test_is_replaced_by_what_says_just_the_same_even_without_anything_to_tell_who_it_is(self):
        bare = replace(self.WAITING, nik=None, birth=None, courses=())

        assert judge(replace(bare, line=None, same_file=True), [bare]).replaces == ("i-7",)

    @pytest.mark.parametrize(
        "said",
        [
            {"courses": (LATER,), "nik": None},
            {"birth": date(2001, 1, 7), "nik": "nik-9"},
            {"name": "Rudi", "nik": None},
        ],
    )
    def test_is_not_replaced_by_another_training_or_person(self, said):
        assert judge(replace(SITI, whole="another", **said), [self.WAITING]).replaces == ()

    def test_of_a_twin_is_not_replaced_by_the_others(self):
        twin = replace(SITI, name="Siti Aminahwati", nik="nik-9", whole="another", phone=None, certificate=None)

        assert judge(twin, [self.WAITING]).replaces == ()


class TestTwinsOfOneBatch:
    @pytest.mark.parametrize(("name", "codes"), [("Siti Aminahs", ()), ("SITI AMINAH", ("duplicate_possible",))])
    def test_in_one_file_are_two_unless_they_have_one_name(self, name, codes):
        twin = replace(SITI, name=name, nik="nik-9", whole="another", phone=None, certificate=None)

        assert judge(twin, [replace(SITI, line="i-1")]).codes == codes
