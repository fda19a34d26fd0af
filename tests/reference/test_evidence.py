"""The grade of evidence on a day."""

from datetime import date

import pytest

from services.reference import evidence
from services.reference.evidence import Evidence, Grade, Kind

FIRST, LAST = date(2025, 7, 10), date(2028, 7, 10)
CERTIFICATE = Evidence(kind=Kind.CERTIFIED, valid_from=FIRST, valid_until=LAST)


class TestAProof:
    @pytest.mark.parametrize(
        ("on", "holds"),
        [(date(2025, 7, 9), False), (FIRST, True), (LAST, True), (date(2028, 7, 11), False)],
    )
    def test_holds_on_its_first_and_its_last_day_and_not_beside_them(self, on, holds):
        assert evidence.holds(FIRST, LAST, on) is holds

    def test_without_a_last_day_never_runs_out(self):
        assert evidence.holds(FIRST, None, date.max)
        assert not evidence.holds(FIRST, None, date(2025, 7, 9))


class TestTheGradeOfEvidence:
    def test_rises_from_claimed_over_trained_to_certified(self):
        assert Grade.CLAIMED < Grade.TRAINED < Grade.CERTIFIED

    @pytest.mark.parametrize(("on", "grade"), [(FIRST, Grade.CERTIFIED), (LAST, Grade.CERTIFIED)])
    def test_of_a_certificate_is_the_highest_from_its_first_day_to_its_last(self, on, grade):
        assert evidence.grade(CERTIFICATE, on) is grade

    def test_of_a_certificate_is_a_claim_before_and_training_afterwards(self):
        assert evidence.grade(CERTIFICATE, date(2025, 7, 9)) is Grade.CLAIMED
        assert evidence.grade(CERTIFICATE, date(2028, 7, 11)) is Grade.TRAINED

    @pytest.mark.parametrize(
        ("kind", "grade"),
        [(Kind.CLAIMED, Grade.CLAIMED), (Kind.TRAINED, Grade.TRAINED), (Kind.CONFIRMED, Grade.CERTIFIED)],
    )
    def test_of_anything_else_is_its_kinds(self, kind, grade):
        assert evidence.grade(Evidence(kind=kind), FIRST) is grade
