"""The score of a person for a requirement, against numbers worked by hand."""

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matching.engine.conditions import unmet
from services.matching.engine.score import Missing, fit, rank
from services.reference import regions
from tests.matching.parties import BANJARMASIN, HALONG, JUAI, PARINGIN, PARINGIN_SELATAN, need, person, requirement


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the engine needs none."""


WELDER = requirement(need("welding", 4, 3), need("drawing", 2, 1))


class TestAScore:
    def test_is_one_for_who_has_everything_next_door(self):
        assert fit(WELDER, person(skills={"welding": 4, "drawing": 2})).score == 1

    def test_counts_each_skill_by_its_weight_and_by_the_part_of_the_level_that_is_reached(self):
        # 0.8 · (3/4 · 2/4 + 1/4 · 1/2) + 0.2 · 1 = 0.8 · 0.5 + 0.2
        assert fit(WELDER, person(skills={"welding": 2, "drawing": 1})).score == 0.6

    def test_gives_nothing_for_more_than_is_asked(self):
        assert fit(WELDER, person(skills={"welding": 5, "drawing": 5, "english": 5})).score == 1

    def test_is_the_nearness_alone_without_any_skill(self):
        assert fit(WELDER, person()).score == 0.2

    def test_is_the_nearness_alone_where_no_skill_is_asked_for(self):
        nothing = fit(requirement(), person(district=JUAI, skills={"welding": 5}))

        assert (nothing.score, nothing.parts.skills, nothing.matched, nothing.missing) == (0.14, (), (), ())

    @pytest.mark.parametrize("weight", [0, 0.0, None])
    def test_counts_all_skills_alike_where_no_weight_is_given(self, weight):
        asked = requirement(need("welding", 4, weight), need("drawing", 2, weight))

        # 0.8 · (1/2 · 2/4 + 1/2 · 2/2) + 0.2
        assert fit(asked, person(skills={"welding": 2, "drawing": 2})).score == 0.8

    def test_leaves_out_a_skill_of_weight_zero_beside_others(self):
        asked = requirement(need("welding", 4, 2), need("drawing", 2, None))

        assert fit(asked, person(skills={"welding": 4})).score == 1

    def test_takes_weights_as_they_are_typed_and_not_as_binary_has_them(self):
        # 0.8 · 0.3 / 480,000 is half a millionth; in binary it is a little less.
        asked = requirement(need("a", 1, 0.3), need("b", 1, 479_999.7))

        assert fit(asked, person(skills={"a": 1})).score == 0.200001

    def test_is_rounded_to_a_millionth(self):
        # 0.8 · 1/3 = 0.2666…
        assert fit(requirement(need("a", 3)), person(skills={"a": 1})).score == 0.466667

    @pytest.mark.parametrize(("one_in", "score"), [(1_599_999, 0.200001), (1_600_000, 0.200001), (1_600_001, 0.2)])
    def test_rounds_the_half_of_a_millionth_up(self, one_in, score):
        asked = requirement(need("a", 1, 1), need("b", 1, one_in - 1))  # 0.8 / 1,600,000 is half a millionth

        assert fit(asked, person(skills={"a": 1})).score == score


class TestTheNearness:
    @pytest.mark.parametrize(
        ("district", "value", "score"),
        [(PARINGIN, 1, 1), (PARINGIN_SELATAN, 1, 1), (JUAI, 0.7, 0.94), (HALONG, 0.4, 0.88), (BANJARMASIN, 0.1, 0.82)],
    )
    def test_falls_with_the_distance_between_the_districts(self, district, value, score):
        found = fit(requirement(need("a", 1)), person(district=district, skills={"a": 1}))

        assert (found.parts.nearness.value, found.score) == (value, score)
        assert found.parts.nearness.km == regions.distance_km(PARINGIN, district)

    @pytest.mark.parametrize(
        ("km", "value"),
        [(0, 1), (9.999, 1), (10, 0.7), (24.999, 0.7), (25, 0.4), (59.999, 0.4), (60, 0.1), (2_000, 0.1)],
    )
    def test_changes_exactly_at_10_25_and_60_km(self, monkeypatch, km, value):
        monkeypatch.setattr(regions, "distance_km", lambda *_: km)

        assert fit(requirement(), person()).parts.nearness.value == value


class TestTheReasons:
    SOMEONE = person(district=JUAI, skills={"welding": 3, "drawing": 4})

    def test_say_what_each_skill_gave(self):
        welding, drawing = fit(WELDER, self.SOMEONE).parts.skills

        assert (welding.skill, welding.weight, welding.level, welding.min_level) == ("welding", 0.75, 3, 4)
        assert (welding.credit, welding.contribution) == (0.75, pytest.approx(0.45))
        assert (drawing.credit, drawing.contribution) == (1, pytest.approx(0.2))

    def test_add_up_to_the_score(self):
        found = fit(WELDER, self.SOMEONE)
        parts = sum(part.contribution for part in found.parts.skills) + found.parts.nearness.contribution

        assert found.score == pytest.approx(parts, abs=1e-6) == 0.79

    def test_name_what_is_there_and_what_is_missing_by_how_many_levels(self):
        found = fit(requirement(need("a", 3), need("b", 5), need("c", 2)), person(skills={"a": 3, "b": 1}))

        assert found.matched == ("a",)
        assert found.missing == (Missing(skill="b", levels=4), Missing(skill="c", levels=2))


class TestAShortlist:
    def test_puts_the_best_first_and_equals_by_their_id(self):
        people = [person("c", skills={"a": 1}), person("b", skills={"a": 2}), person("a", skills={"a": 1})]

        assert [found.person for found in rank(requirement(need("a", 2)), people, 3)] == ["b", "a", "c"]

    def test_leaves_out_who_misses_a_hard_condition(self):
        people = [person("a", availability="employed"), person("b")]

        assert [found.person for found in rank(requirement(), people, 5)] == ["b"]

    def test_holds_no_more_than_was_asked_for(self):
        people = [person(name) for name in "edcba"]

        assert [found.person for found in rank(requirement(), people, 2)] == ["a", "b"]
        assert rank(requirement(), people, 0) == []

    def test_is_the_same_whatever_the_order_of_people_and_skills(self):
        needs = (need("a", 3, 0.1), need("b", 5, 0.2), need("c", 4, 0.3))
        people = [person(name, skills={"a": n, "b": 5 - n, "c": n % 3}) for n, name in enumerate("abcde")]
        first = [(found.person, found.score) for found in rank(requirement(*needs), people, 5)]

        for order in permutations(needs):
            again = rank(requirement(*order), iter(people[::-1]), 5)
            assert [(found.person, found.score) for found in again] == first


SKILLS = "abcd"
levels = st.integers(1, 5)
needs = st.lists(
    st.builds(
        need,
        st.sampled_from(SKILLS),
        levels,
        st.none() | st.integers(0, 9) | st.decimals(0, 1, places=2).map(float),
        must=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda asked: asked.skill,
)
requirements = needs.map(lambda drawn: requirement(*drawn))
persons = st.builds(
    person,
    st.text("xyz", min_size=1, max_size=4),
    district=st.sampled_from([PARINGIN, PARINGIN_SELATAN, JUAI, HALONG, BANJARMASIN]),
    skills=st.dictionaries(st.sampled_from(SKILLS), levels),
)


def by_the_formula(asked, someone):
    """Score once more in fractions, straight from the definition."""
    weights = [Fraction(str(n.weight or 0)) for n in asked.skills]
    weights = weights if any(weights) else [Fraction(1)] * len(weights)
    credits_ = [min(Fraction(1), Fraction(someone.skills.get(n.skill, 0), n.min_level)) for n in asked.skills]
    skills = sum((w / sum(weights) * c for w, c in zip(weights, credits_, strict=True)), Fraction(0))
    km = regions.distance_km(asked.district, someone.district)
    near = Fraction(10 if km < 10 else 7 if km < 25 else 4 if km < 60 else 1, 10)
    exact = Fraction(8, 10) * skills + Fraction(2, 10) * near
    return (exact * 1_000_000 + Fraction(1, 2)).__floor__() / 1_000_000


class TestAnyScore:
    @given(requirements, persons)
    def test_is_what_the_formula_says(self, asked, someone):
        assert fit(asked, someone).score == by_the_formula(asked, someone)

    @given(requirements, persons, st.sampled_from(SKILLS))
    def test_never_falls_when_a_level_rises(self, asked, someone, skill):
        better = replace(someone, skills={**someone.skills, skill: min(5, someone.skills.get(skill, 0) + 1)})

        assert fit(asked, better).score >= fit(asked, someone).score

    @given(requirements, persons)
    def test_lies_between_nothing_and_one_and_is_made_of_its_parts(self, asked, someone):
        found = fit(asked, someone)
        parts = sum(part.contribution for part in found.parts.skills) + found.parts.nearness.contribution

        assert 0 <= found.score <= 1
        assert found.score == pytest.approx(parts, abs=1e-6)
        assert {*found.matched} | {gap.skill for gap in found.missing} == {asked.skill for asked in asked.skills}

    @given(requirements, st.lists(persons, max_size=12, unique_by=lambda someone: someone.id), st.integers(0, 12))
    def test_ranks_people_as_sorting_all_of_them_does(self, asked, people, k):
        eligible = [someone for someone in people if not unmet(asked, someone)]
        expected = sorted((-by_the_formula(asked, someone), someone.id) for someone in eligible)[:k]

        assert [(-found.score, found.person) for found in rank(asked, people, k)] == expected
