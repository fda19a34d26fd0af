"""The hard conditions of a requirement, each on its own and all together."""

from datetime import date

import pytest

from services.matching.engine import conditions
from services.matching.engine.conditions import Condition
from services.matching.engine.links import Taxonomy
from services.matching.engine.parties import Held, Kind, Wishes
from services.matching.engine.score import Scale
from services.matching.engine.weights import Rarity
from tests.matching.parties import JUAI, PARINGIN, START, certified, need, person, proof, requirement, trained

TAXONOMY = Taxonomy(
    broader={"smaw": ("welding",), "gtaw": ("welding",), "welding": ("metalwork",)}, related={"welding": ("drawing",)}
)
LATER, EARLIER = date(2026, 12, 2), date(2026, 11, 30)
MUST, CERTIFICATE = Condition("must_have_skill", "a"), Condition("certificate", "a")
KIND, EDUCATION, AVAILABILITY, WAGE, DISTRICT, VISIBILITY = (
    Condition(name) for name in ("kind", "education", "availability", "wage", "district", "visibility")
)


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the engine needs none."""


def unmet(asked, someone, *, is_asking=False):
    return conditions.unmet(Scale(asked, TAXONOMY, Rarity()), someone, is_asking=is_asking)


def wishing(**wishes):
    return person(wishes=Wishes(**wishes))


class TestAMustHave:
    def test_is_not_what_is_only_nice_to_have(self):
        assert unmet(requirement(need("a", 3)), person()) == ()

    @pytest.mark.parametrize(("level", "missed"), [(1, (MUST,)), (2, (MUST,)), (3, ()), (5, ())])
    @pytest.mark.parametrize("having", [person, certified])
    def test_is_met_at_its_level_however_it_is_proven(self, level, missed, having):
        assert unmet(requirement(need("a", 3, must=True)), having(skills={"a": level})) == missed

    def test_is_missed_by_who_has_nothing_of_it(self):
        assert unmet(requirement(need("a", 1, must=True)), person(skills={"b": 5})) == (MUST,)

    @pytest.mark.parametrize(
        ("begins", "ends", "missed"), [(START, None, ()), (EARLIER, EARLIER, ()), (LATER, None, (MUST,))]
    )
    def test_is_met_by_a_certificate_from_its_first_day_on_for_good(self, begins, ends, missed):
        someone = person(skills={"a": Held(level=4, unproven=2)}, certificates=(proof("a", begins, ends),))

        assert unmet(requirement(need("a", 3, must=True)), someone) == missed

    @pytest.mark.parametrize(
        ("asked", "held", "is_met"),
        [
            ("welding", "smaw", True),
            ("smaw", "welding", False),
            ("smaw", "gtaw", False),
            ("welding", "drawing", False),
            ("metalwork", "smaw", False),
        ],
    )
    def test_is_met_by_a_narrower_skill_and_by_no_broader_sibling_or_near_one(self, asked, held, is_met):
        missed = unmet(requirement(need(asked, 3, must=True)), person(skills={held: 5}))

        assert missed == (() if is_met else (Condition("must_have_skill", asked),))

    def test_is_not_met_by_a_narrower_skill_below_its_level(self):
        asked = requirement(need("welding", 3, must=True))

        assert unmet(asked, person(skills={"smaw": trained(2), "gtaw": 1})) == (
            Condition("must_have_skill", "welding"),
        )

    def test_is_named_each(self):
        asked = requirement(need("b", 1, must=True), need("c", 1), need("a", 1, must=True))

        assert unmet(asked, person()) == (Condition("must_have_skill", "b"), MUST)


class TestACertificate:
    @pytest.mark.parametrize(
        ("begins", "ends", "missed"),
        [
            (START, START, ()),
            (date(2020, 1, 1), None, ()),
            (date(2020, 1, 1), EARLIER, (CERTIFICATE,)),
            (LATER, None, (CERTIFICATE,)),
        ],
    )
    def test_has_to_hold_on_the_day_work_starts(self, begins, ends, missed):
        someone = person(certificates=(proof("a", begins, ends),))

        assert unmet(requirement(certificates=("a",)), someone) == missed

    def test_is_of_that_skill_and_no_claim_or_kind_of_it_will_do(self):
        someone = person(skills={"welding": trained(5)}, certificates=(proof("smaw"),))

        assert unmet(requirement(certificates=("welding",)), someone) == (Condition("certificate", "welding"),)

    def test_has_to_be_there_for_each(self):
        someone = person(certificates=(proof("b"),))

        assert unmet(requirement(certificates=("a", "b", "c")), someone) == (CERTIFICATE, Condition("certificate", "c"))

    def test_that_holds_counts_beside_one_that_ran_out(self):
        someone = person(certificates=(proof("a", date(2020, 1, 1), EARLIER), proof("a", START, None)))

        assert unmet(requirement(certificates=("a",)), someone) == ()


class TestThePerson:
    def test_who_has_all_that_is_asked_misses_nothing(self):
        assert unmet(requirement(), person()) == ()

    @pytest.mark.parametrize(("held", "missed"), [("SMP", (EDUCATION,)), ("SMA", ()), ("SMK", ()), ("S1", ())])
    def test_has_to_be_learned_enough(self, held, missed):
        assert unmet(requirement(education="SMA"), person(education=held)) == missed

    @pytest.mark.parametrize("availability", ["in_training", "interning"])
    @pytest.mark.parametrize(("since", "missed"), [(None, (AVAILABILITY,)), (START, ()), (LATER, (AVAILABILITY,))])
    def test_has_to_be_free_when_work_starts(self, availability, since, missed):
        assert unmet(requirement(), person(availability=availability, available_from=since)) == missed

    @pytest.mark.parametrize("availability", ["employed", "inactive"])
    def test_who_works_or_does_not_look_is_never_free(self, availability):
        gone = person(availability=availability, available_from=date(2020, 1, 1))

        assert unmet(requirement(), gone) == (AVAILABILITY,)

    @pytest.mark.parametrize("asking", [False, True])
    def test_who_is_hidden_is_found_by_nobody_and_still_finds_work(self, asking):
        hidden = person(is_visible=False)

        assert unmet(requirement(employer="e-1"), hidden, is_asking=asking) == (() if asking else (VISIBILITY,))
        assert unmet(requirement(), hidden, is_asking=asking) == (() if asking else (VISIBILITY,))

    @pytest.mark.parametrize("asking", [False, True])
    @pytest.mark.parametrize(("employer", "missed"), [("e-1", (VISIBILITY,)), ("e-2", ()), (None, ())])
    def test_who_hides_from_one_employer_has_nothing_to_do_with_that_one_alone(self, employer, missed, asking):
        hiding = person(hidden_from=frozenset({"e-1", "e-3"}))

        assert unmet(requirement(employer=employer), hiding, is_asking=asking) == missed


class TestAWish:
    @pytest.mark.parametrize(
        ("wished", "offered", "missed"),
        [
            ({Kind.JOB}, Kind.JOB, ()),
            ({Kind.JOB}, Kind.INTERNSHIP, (KIND,)),
            ({Kind.JOB, Kind.INTERNSHIP}, Kind.INTERNSHIP, ()),
            (set(), Kind.INTERNSHIP, ()),
            ({Kind.INTERNSHIP}, None, ()),
        ],
    )
    def test_is_the_kind_of_work(self, wished, offered, missed):
        assert unmet(requirement(kind=offered), wishing(kinds=frozenset(wished))) == missed

    def test_names_kinds_as_the_states_do(self):
        assert unmet(requirement(kind=Kind.JOB), wishing(kinds=frozenset({"job"}))) == ()

    @pytest.mark.parametrize(
        ("wished", "paid", "missed"),
        [
            (3_500_000, 3_500_000, ()),
            (3_500_001, 3_500_000, (WAGE,)),
            (3_500_000, None, ()),
            (None, 1, ()),
        ],
    )
    def test_is_the_lowest_wage_against_the_most_that_is_paid(self, wished, paid, missed):
        assert unmet(requirement(wage_idr=paid), wishing(min_wage_idr=wished)) == missed

    @pytest.mark.parametrize(
        ("wished", "missed"), [((), ()), ((PARINGIN,), ()), ((JUAI, PARINGIN), ()), ((JUAI,), (DISTRICT,))]
    )
    def test_is_where_the_work_is(self, wished, missed):
        assert unmet(requirement(), wishing(districts=frozenset(wished))) == missed


class TestAllConditions:
    def test_are_told_side_by_side_in_a_fixed_order(self):
        asked = requirement(
            need("a", 1, must=True), certificates=("a",), education="SMP", kind=Kind.JOB, wage_idr=1, employer="e-1"
        )
        someone = person(
            education="SD",
            availability="employed",
            hidden_from=frozenset({"e-1"}),
            wishes=Wishes(kinds=frozenset({Kind.INTERNSHIP}), min_wage_idr=2, districts=frozenset({JUAI})),
        )

        assert unmet(asked, someone) == (
            MUST, CERTIFICATE, KIND, EDUCATION, AVAILABILITY, WAGE, DISTRICT, VISIBILITY,
        )  # fmt: skip

    def test_can_be_asked_for_one_after_the_other_up_to_all_of_them(self):
        asked = requirement(
            need("a", 3, must=True), need("b", 2), certificates=("c",), education="SMA", kind=Kind.JOB, wage_idr=9
        )

        steps = list(conditions.one_by_one(asked))

        names = [condition for condition, _ in steps]
        assert {*names} >= {MUST, Condition("certificate", "c"), EDUCATION, KIND, WAGE, AVAILABILITY}
        assert len(names) == len(set(names))
        assert steps[-1][1] == asked
        first = steps[0][1]
        assert [each.must for each in first.skills] == [False, False]
        assert (first.certificates, first.education, first.kind, first.wage_idr) == ((), None, None, None)
