"""The hard conditions of a requirement, each on its own and all together."""

from datetime import date

import pytest

from services.matching.engine.conditions import unmet
from services.matching.engine.parties import Proof
from tests.matching.parties import START, need, person, requirement


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the engine needs none."""


class TestAHardCondition:
    def test_is_met_by_who_has_all_that_is_asked(self):
        assert unmet(requirement(), person()) == ()

    @pytest.mark.parametrize(
        ("level", "names"), [(0, ("must_have_skills",)), (2, ("must_have_skills",)), (3, ()), (5, ())]
    )
    def test_is_the_level_of_a_must_have_skill(self, level, names):
        assert unmet(requirement(need("a", 3, must=True)), person(skills={"a": level})) == names

    def test_is_not_a_skill_that_is_only_nice_to_have(self):
        assert unmet(requirement(need("a", 3)), person()) == ()

    @pytest.mark.parametrize(
        ("valid_from", "valid_until", "names"),
        [
            (START, START, ()),
            (date(2020, 1, 1), None, ()),
            (date(2020, 1, 1), date(2026, 11, 30), ("certificates",)),
            (date(2026, 12, 2), None, ("certificates",)),
        ],
    )
    def test_is_a_certificate_that_is_valid_on_the_day_work_starts(self, valid_from, valid_until, names):
        proof = Proof(skill="a", valid_from=valid_from, valid_until=valid_until)

        assert unmet(requirement(certificates=("a",)), person(certificates=(proof,))) == names

    def test_is_every_certificate_and_of_that_skill(self):
        proof = Proof(skill="a", valid_from=START, valid_until=None)

        assert unmet(requirement(certificates=("a", "b")), person(certificates=(proof,))) == ("certificates",)

    def test_is_met_by_one_valid_certificate_beside_an_expired_one(self):
        old, new = (Proof(skill="a", valid_from=START, valid_until=day) for day in (date(2026, 1, 1), None))

        assert unmet(requirement(certificates=("a",)), person(certificates=(old, new))) == ()

    @pytest.mark.parametrize(("held", "names"), [("SMP", ("education",)), ("SMK", ()), ("S1", ())])
    def test_is_the_education(self, held, names):
        assert unmet(requirement(education="SMA"), person(education=held)) == names

    @pytest.mark.parametrize("availability", ["in_training", "interning"])
    @pytest.mark.parametrize(
        ("free_from", "names"),
        [(None, ("availability",)), (START, ()), (date(2026, 12, 2), ("availability",))],
    )
    def test_is_to_be_free_when_work_starts(self, availability, free_from, names):
        assert unmet(requirement(), person(availability=availability, available_from=free_from)) == names

    @pytest.mark.parametrize("availability", ["employed", "inactive"])
    def test_is_never_met_by_who_works_or_does_not_look(self, availability):
        gone = person(availability=availability, available_from=date(2020, 1, 1))

        assert unmet(requirement(), gone) == ("availability",)

    def test_is_told_beside_all_others_that_are_missed(self):
        asked = requirement(need("a", 1, must=True), certificates=("a",), education="SMP")

        names = ("must_have_skills", "certificates", "education", "availability")
        assert unmet(asked, person(education="SD", availability="employed")) == names
