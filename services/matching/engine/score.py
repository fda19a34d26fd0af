"""The score of a person for a requirement, and who comes first.

    score = 0.8 · Σ wᵢ · min(1, levelᵢ / min_levelᵢ) + 0.2 · nearness

The weights are scaled to the sum 1, and are equal where all are 0. With no skill asked for, the sum is 0.
Everything is counted in whole numbers and rounded once, half up, to millionths: so the order of people
depends neither on the machine nor on the order of the skills, and agrees with the scores that are shown.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from services.matching.engine.conditions import unmet
from services.matching.engine.parties import Person, Requirement, SkillNeed
from services.reference import regions

MILLION = 1_000_000
SKILLS_SHARE = 800_000  # millionths of the score
NEARNESS_SHARE = 200_000
RINGS = ((10, 10), (25, 7), (60, 4))  # under so many km: so many tenths of nearness
BEYOND = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillPart:
    """What one skill gives to the score.

    weight: its share of all weights; credit: min(1, level / min_level); contribution: 0.8 · weight · credit.
    """

    skill: str
    weight: float
    level: int
    min_level: int
    credit: float
    contribution: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NearnessPart:
    """What the distance between the two districts' centroids gives to the score."""

    km: float
    value: float
    contribution: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a score is made of; the contributions add up to it, but for the rounding."""

    skills: tuple[SkillPart, ...]
    nearness: NearnessPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A skill below its min_level, and by how many levels; absent skills are at level 0."""

    skill: str
    levels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a person fits, and why; person is the id, score lies between 0 and 1."""

    person: str
    score: float
    parts: Parts
    matched: tuple[str, ...]
    missing: tuple[Missing, ...]


def rank(requirement: Requirement, people: Iterable[Person], k: int) -> list[Fit]:
    """Return the k best of those who meet every hard condition: the highest score first, then by id."""
    scale = _Scale(requirement)
    eligible = (person for person in people if not unmet(requirement, person))
    best = heapq.nsmallest(k, eligible, key=lambda person: (-scale.millionths(person), person.id))
    return [_fit(scale, person) for person in best]


def fit(requirement: Requirement, person: Person) -> Fit:
    """Score and explain one person, whether or not the hard conditions are met."""
    return _fit(_Scale(requirement), person)


class _Scale:
    """A requirement in whole numbers: each level of a skill is worth so many units, `whole` being the full mark."""

    def __init__(self, requirement: Requirement) -> None:
        self.requirement = requirement
        self.weights = _whole_weights(requirement.skills)
        levels = lcm(*(need.min_level for need in requirement.skills))
        # Without skills nobody has a unit, and 1 keeps the division alive.
        self.whole = sum(self.weights) * levels or 1
        self.units = [weight * levels // need.min_level for weight, need in self._pairs()]

    def millionths(self, person: Person) -> int:
        needs = zip(self.requirement.skills, self.units, strict=True)
        units = sum(unit * min(person.skills.get(need.skill, 0), need.min_level) for need, unit in needs)
        near = NEARNESS_SHARE // 10 * _tenths(_km(self.requirement, person))
        return near + (2 * SKILLS_SHARE * units + self.whole) // (2 * self.whole)

    def skill_parts(self, person: Person) -> tuple[SkillPart, ...]:
        return tuple(self._skill_part(weight, need, person) for weight, need in self._pairs())

    def _skill_part(self, weight: int, need: SkillNeed, person: Person) -> SkillPart:
        level = person.skills.get(need.skill, 0)
        share, credit = Fraction(weight, sum(self.weights)), Fraction(min(level, need.min_level), need.min_level)
        return SkillPart(
            skill=need.skill,
            weight=float(share),
            level=level,
            min_level=need.min_level,
            credit=float(credit),
            contribution=float(Fraction(SKILLS_SHARE, MILLION) * share * credit),
        )

    def _pairs(self) -> Iterable[tuple[int, SkillNeed]]:
        return zip(self.weights, self.requirement.skills, strict=True)


def _whole_weights(needs: tuple[SkillNeed, ...]) -> list[int]:
    # Through text, so that 0.1 is the tenth that was typed and not its neighbour in binary.
    weights = [Fraction(str(need.weight or 0)) for need in needs]
    if not any(weights):
        return [1] * len(needs)
    scale = lcm(*(weight.denominator for weight in weights))
    return [int(weight * scale) for weight in weights]


def _fit(scale: _Scale, person: Person) -> Fit:
    km = _km(scale.requirement, person)
    skills = scale.skill_parts(person)
    nearness = NearnessPart(km=km, value=_tenths(km) / 10, contribution=NEARNESS_SHARE // 10 * _tenths(km) / MILLION)
    return Fit(
        person=person.id,
        score=scale.millionths(person) / MILLION,
        parts=Parts(skills=skills, nearness=nearness),
        matched=tuple(part.skill for part in skills if part.level >= part.min_level),
        missing=tuple(
            Missing(skill=part.skill, levels=part.min_level - part.level)
            for part in skills
            if part.level < part.min_level
        ),
    )


def _km(requirement: Requirement, person: Person) -> float:
    return regions.distance_km(requirement.district, person.district)


def _tenths(km: float) -> int:
    return next((tenths for under_km, tenths in RINGS if km < under_km), BEYOND)
