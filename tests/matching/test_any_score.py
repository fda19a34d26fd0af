"""What holds of every score, against the formula in fractions."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matching.engine.links import BROADER, NARROWER, NEAR, SIBLING, Taxonomy
from services.matching.engine.parties import Held, Proof
from services.matching.engine.score import GRADES, Scale
from services.matching.engine.weights import Rarity
from services.reference import regions
from services.reference.evidence import Grade
from tests.matching.parties import (
    BANJARMASIN,
    HALONG,
    JUAI,
    PARINGIN,
    PARINGIN_SELATAN,
    START,
    need,
    person,
    requirement,
)

SKILLS = "abcdef"  # c and d are kinds of b, b is a kind of a; e is near b; f is like none
TAXONOMY = Taxonomy(broader={"b": ("a",), "c": ("b",), "d": ("b",)}, related={"b": ("e",), "e": ("b",)})
LINKS = {
    "a": {"a": 100, "b": NARROWER},
    "b": {"b": 100, "c": NARROWER, "d": NARROWER, "a": BROADER, "e": NEAR},
    "c": {"c": 100, "b": BROADER, "d": SIBLING},
    "d": {"d": 100, "b": BROADER, "c": SIBLING},
    "e": {"e": 100, "b": NEAR},
    "f": {"f": 100},
}
RARITY = Rarity(people=90, vacancies=9, held={"a": 80, "b": 40}, asked={"a": 9, "c": 1})


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the engine needs none."""


levels = st.integers(1, 5)
days = st.integers(-2, 2).map(lambda n: START + timedelta(days=n))
weights = st.none() | st.integers(0, 9) | st.decimals(0, 1, places=2).map(float)
needs = st.lists(
    st.builds(need, st.sampled_from(SKILLS), levels, weights, must=st.booleans()),
    max_size=5,
    unique_by=lambda asked: asked.skill,
)
requirements = needs.map(lambda drawn: requirement(*drawn))
proofs = st.tuples(st.sampled_from(SKILLS), levels, days, st.none() | days)


def someone_of(claims, trainings, certificates, district):
    """Make a person of claims and trainings by skill, and certificates, each with the level that it proves."""
    said = {skill: max(claims.get(skill, 0), trainings.get(skill, 0)) for skill in claims | trainings}
    proven = {skill: max(each[1] for each in certificates if each[0] == skill) for skill, *_ in certificates}
    return person(
        district=district,
        skills={
            skill: Held(
                level=max(said.get(skill, 0), proven.get(skill, 0)),
                unproven=said.get(skill, 0),
                is_trained=skill in trainings,
            )
            for skill in said | proven
        },
        certificates=tuple(
            Proof(skill=skill, valid_from=begins, valid_until=ends) for skill, _, begins, ends in certificates
        ),
    )


several = st.dictionaries(st.sampled_from(SKILLS), levels, max_size=4)
persons = st.builds(
    someone_of,
    several,
    several,
    st.lists(proofs, max_size=4),
    st.sampled_from([PARINGIN, PARINGIN_SELATAN, JUAI, HALONG, BANJARMASIN]),
)


def fit(asked, someone):
    return Scale(asked, TAXONOMY, RARITY).fit(someone)


def credit(asked, someone):
    """Return the best part of 1 that somebody's skills give for one that is asked for, straight from the definition."""
    found = [Fraction(0)]
    for skill, link in LINKS[asked.skill].items():
        if skill not in someone.skills:
            continue
        held = someone.skills[skill]
        begun = [each for each in someone.certificates if each.skill == skill and each.valid_from <= START]
        holds = any((each.valid_until or date.max) >= START for each in begun)
        level = held.level if begun else held.unproven
        trained = Grade.TRAINED if begun or held.is_trained else Grade.CLAIMED
        grade = GRADES[Grade.CERTIFIED if holds else trained]
        found.append(Fraction(link, 100) * min(Fraction(1), Fraction(level, asked.min_level)) * Fraction(grade, 100))
    return max(found)


def weighted(asked):
    """Return the part of 1 that each weight is."""
    rare = {each.skill: RARITY.of(each.skill) for each in asked.skills if each.weight is None}
    typed = [Fraction(str(each.weight)) for each in asked.skills if each.weight is not None]
    scale = sum(typed) / len(typed) * len(rare) / sum(rare.values()) if typed and rare else 1
    wanted = [rare[n.skill] * scale if n.weight is None else Fraction(str(n.weight)) for n in asked.skills]
    wanted = wanted if any(wanted) else [Fraction(1)] * len(wanted)
    return [each / sum(wanted) for each in wanted]


def near(asked, someone):
    km = regions.distance_km(asked.district, someone.district)
    return 6_000 if km < 10 else 4_200 if km < 25 else 2_400 if km < 60 else 600


class TestAnyScore:
    @given(requirements, persons)
    def test_is_what_the_formula_says_rounded_once_for_each_skill(self, asked, someone):
        found = fit(asked, someone)

        halves = [floor(p.most * credit(p.need, someone) + Fraction(1, 2)) for p in found.parts]
        assert [part.units for part in found.parts] == halves
        assert found.units == sum(halves) + near(asked, someone)

    @given(requirements, persons)
    def test_is_the_exact_one_within_the_rounding_of_a_share_and_a_part_for_each_skill(self, asked, someone):
        pairs = zip(weighted(asked), asked.skills, strict=True)
        exact = sum(24_000 * weight * credit(each, someone) for weight, each in pairs) + near(asked, someone)

        assert abs(fit(asked, someone).units - exact) <= Fraction(3, 2) * len(asked.skills)

    @given(requirements)
    def test_shares_out_24_000_units_each_within_one_of_its_weight(self, asked):
        shares = Scale(asked, TAXONOMY, RARITY).shares

        assert sum(shares) == (24_000 if asked.skills else 0)
        assert all(abs(share - 24_000 * part) < 1 for share, part in zip(shares, weighted(asked), strict=True))

    @given(requirements, persons, st.sampled_from(SKILLS))
    def test_never_falls_when_a_level_rises(self, asked, someone, skill):
        held = someone.skills.get(skill, Held(level=0, unproven=0))
        unproven = min(5, held.unproven + 1)
        more = replace(held, unproven=unproven, level=max(unproven, held.level))

        better = replace(someone, skills={**someone.skills, skill: more})

        assert fit(asked, better).units >= fit(asked, someone).units

    @given(requirements, persons, proofs)
    def test_never_falls_when_a_certificate_is_added(self, asked, someone, added):
        skill, level, begins, ends = added
        held = someone.skills.get(skill, Held(level=level, unproven=0))
        more = replace(held, level=max(held.level, level))
        proof = Proof(skill=skill, valid_from=begins, valid_until=ends)

        better = replace(someone, skills={**someone.skills, skill: more}, certificates=(*someone.certificates, proof))

        assert fit(asked, better).units >= fit(asked, someone).units

    @given(requirements, persons)
    def test_lies_between_nothing_and_the_whole_and_is_made_of_its_parts(self, asked, someone):
        found = fit(asked, someone)

        assert 0 <= found.units <= 30_000
        assert found.units == sum(part.units for part in found.parts) + found.nearness
        assert all(0 <= part.units <= part.most for part in found.parts)
        assert [part.need for part in found.parts] == list(asked.skills)

    @given(needs, persons, st.randoms(use_true_random=False))
    def test_is_the_same_whatever_the_order_of_skills_and_certificates(self, asked, someone, drawn):
        mixed = drawn.sample(asked, len(asked))
        certificates = tuple(drawn.sample(someone.certificates, len(someone.certificates)))
        skills = dict(drawn.sample(list(someone.skills.items()), len(someone.skills)))
        again = fit(requirement(*mixed), replace(someone, certificates=certificates, skills=skills))

        found = fit(requirement(*asked), someone)

        assert (again.units, again.nearness) == (found.units, found.nearness)
        assert {*again.parts} == {*found.parts}

    @given(requirements, persons, st.text(max_size=5))
    def test_depends_on_nothing_but_what_they_can_prove_and_reach(self, asked, someone, name):
        other = replace(
            someone,
            id=name,
            education="S1",
            village=f"{someone.district}.2001",
            availability="employed",
            is_visible=False,
        )

        assert fit(asked, other) == fit(asked, someone)
