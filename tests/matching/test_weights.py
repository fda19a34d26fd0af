"""How much each skill of a requirement counts, and which others count for it."""

from fractions import Fraction

import pytest

from services.matching.engine.links import BROADER, KEPT, NARROWER, NEAR, SAME, SIBLING, Taxonomy
from services.matching.engine.weights import Rarity, shares
from tests.matching.parties import need

RARITY = Rarity(people=1_000, vacancies=100, held={"communication": 600, "smaw": 3}, asked={"communication": 70})


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the engine needs none."""


def shared(*weights, rarity=RARITY):
    """Return by name the units of skills a, b, c… with these weights; others by their names: ("smaw", None)."""
    named = [each if isinstance(each, tuple) else ("abcdefghij"[at], each) for at, each in enumerate(weights)]
    needs = tuple(need(name, 1, weight) for name, weight in named)
    return dict(zip([name for name, _ in named], shares(needs, rarity, 24_000), strict=True))


class TestTheWeights:
    def test_share_24_000_units_among_50_skills_exactly(self):
        units = shares(tuple(need(f"s-{n}", 1, n) for n in range(1, 51)), RARITY, 24_000)

        assert sum(units) == 24_000
        assert all(abs(each - 24_000 * n / 1_275) < 1 for n, each in enumerate(units, 1))

    def test_give_what_is_left_to_the_largest_remainders(self):
        # 24,000 / 13 is 1,846.15: of 5, 4, 3 and 1 of it, 0.77, 0.62, 0.46 and 0.15 are left over.
        assert shared(5, 4, 3, 1) == {"a": 9_231, "b": 7_385, "c": 5_538, "d": 1_846}

    def test_give_what_is_left_of_equals_by_their_names_so_that_no_order_matters(self):
        names = ["g", "a", "f", "b", "e", "c", "d"]

        units = shared(*((name, 1) for name in names))

        assert {name for name, each in units.items() if each == 3_429} == {*"abcd"}
        assert {name for name, each in units.items() if each == 3_428} == {*"efg"}

    def test_are_taken_as_they_are_typed_and_not_as_binary_has_them(self):
        assert shared(0.1, 0.2, 0.3, 0.6) == {"a": 2_000, "b": 4_000, "c": 6_000, "d": 12_000}

    @pytest.mark.parametrize("nothing", [0, 0.0])
    def test_that_are_all_zero_are_equal(self, nothing):
        assert shared(nothing, nothing, nothing) == {"a": 8_000, "b": 8_000, "c": 8_000}

    def test_of_zero_beside_others_leave_a_skill_out(self):
        assert shared(2, 0) == {"a": 24_000, "b": 0}

    def test_of_no_skills_are_none(self):
        assert shares((), RARITY, 24_000) == []

    def test_that_nobody_gave_are_by_rarity_worked_by_hand(self):
        # ln(1 + 1001/601) and ln(1 + 101/71) are 0.9326 on average, of which the square is 0.870;
        # ln(1 + 1001/4) and ln(1 + 101/1) are 5.0757, of which it is 25.763
        common, rare = RARITY.of("communication"), RARITY.of("smaw")

        assert [common, rare] == [Fraction(870, 1000), Fraction(25_763, 1000)]
        # 24,000 · 0.870 / 26.633 = 783.99
        assert shared(("communication", None), ("smaw", None)) == {"communication": 784, "smaw": 23_216}

    def test_that_nobody_gave_rise_with_each_vacancy_and_person_that_lack_the_skill(self):
        assert RARITY.of("never-seen") > RARITY.of("smaw") > RARITY.of("communication") > 0

    def test_that_nobody_gave_are_on_average_as_high_as_those_that_were(self):
        assert shared(10, 30, ("smaw", None)) == {"a": 4_000, "b": 12_000, "smaw": 8_000}
        units = shared(10, 30, ("smaw", None), ("communication", None))
        assert (units["a"], units["b"], units["smaw"] + units["communication"]) == (3_000, 9_000, 12_000)
        assert units["smaw"] > 5 * units["communication"]

    def test_that_nobody_gave_are_equal_where_nothing_was_counted_yet(self):
        assert shared(None, None, rarity=Rarity()) == {"a": 12_000, "b": 12_000}


class TestTheTaxonomy:
    def test_counts_a_skill_itself_first_then_who_counts_most(self):
        taxonomy = Taxonomy(broader={"b": ("a",), "c": ("a",), "d": ("b",)}, related={"b": ("z",)})

        links = taxonomy.links("b")

        assert links[0] == ("b", SAME)
        assert {*links} == {("b", SAME), ("d", NARROWER), ("a", BROADER), ("c", SIBLING), ("z", NEAR)}
        assert [link.hundredths for link in links] == sorted((each[1] for each in links), reverse=True)

    def test_takes_the_most_that_one_counts_in_two_ways(self):
        taxonomy = Taxonomy(broader={"b": ("a",), "c": ("a",)}, related={"a": ("b",), "b": ("a", "c")})

        assert dict(taxonomy.links("a"))["b"] == NARROWER
        assert dict(taxonomy.links("b")) == {"b": SAME, "a": max(BROADER, NEAR), "c": max(SIBLING, NEAR)}

    def test_keeps_those_that_count_most_and_of_equals_those_of_more_like_words(self):
        names = [f"s-{n:02}" for n in range(20)]
        words = {name: frozenset({"welding", name}) for name in names} | {"s-17": frozenset({"s-00", "welding"})}
        taxonomy = Taxonomy(broader=dict.fromkeys(names, ("top",)), words=words)

        links = taxonomy.links("s-00")

        assert len(links) == 1 + KEPT
        kept = [link.skill for link in links if link.hundredths == SIBLING]
        assert kept[:3] == ["s-17", "s-01", "s-02"]

    def test_puts_those_first_who_stand_together_in_more_and_smaller_groups(self):
        small, large = dict.fromkeys("abc", ("small", "large")), dict.fromkeys("defghij", ("large",))
        taxonomy = Taxonomy(broader=large | small | {"b": ("small",)})

        order = [link.skill for link in taxonomy.links("a") if link.hundredths == SIBLING]

        assert order[:2] == ["c", "b"]  # in both, then in the smaller one
        assert {*order[2:]} <= {*large}

    def test_counts_no_group_for_a_skill_since_nobody_has_one(self):
        words = {name: frozenset({name}) for name in "abc"}
        taxonomy = Taxonomy(broader={"a": ("group", "c"), "b": ("group",)}, words=words)

        assert dict(taxonomy.links("a")) == {"a": SAME, "c": BROADER, "b": SIBLING}

    @pytest.mark.parametrize("name", ["a", "b"])
    def test_goes_in_no_circle(self, name):
        taxonomy = Taxonomy(broader={"a": ("b",), "b": ("a",)}, related={"a": ("a", "b")})

        assert [link.skill for link in taxonomy.links(name)] == [name, "b" if name == "a" else "a"]

    def test_counts_nothing_for_a_skill_of_which_it_knows_nothing(self):
        assert Taxonomy().links("any") == (("any", SAME),)
