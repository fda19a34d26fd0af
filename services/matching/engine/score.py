"""The score of a person for a requirement, written once: engine, explanation and tests read the same tables.

    score  = 0.8 · Σ wᵢ · creditᵢ + 0.2 · nearness
    credit = max over the skill and those that count for it of  link · min(1, level / min_level) · grade

`w` are the weights of the skills, together 1 (weights.py); `link` is what another skill counts for the one that is
asked for (links.py); `level` and `grade` are what the person has on the day work starts (parties.Person.held_on).
Nearness is 1, 0.7, 0.4 or 0.1: under 10, 25, 60 km, and beyond, between the centroids of the two districts. With no
skill asked for, the sum is 0. Nothing else enters: no sex, religion, ethnicity, age or name.

All is counted in whole units, WHOLE of which are 1, each term rounded once, half up. So the order of people depends on
no machine, and the score that is shown is the one that ranked. Equals are in the order of a hash of the person's id,
stirred by the vacancy's: who comes first of two is another one with each vacancy.
"""

from copy import copy
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.links import SAME, Taxonomy
from services.matching.engine.parties import Person, Requirement, SkillNeed
from services.matching.engine.weights import Rarity, shares
from services.reference import regions
from services.reference.evidence import Grade

VERSION = "blocks-1"
WHOLE = 30_000  # units: what is added up for a row fits 15 bits
SKILLS, NEARNESS = 24_000, 6_000
GRADES = {Grade.CLAIMED: 85, Grade.TRAINED: 95, Grade.CERTIFIED: 100}  # hundredths; chosen by `make evaluate`
LEVELS = 5
RINGS = ((10, 10), (25, 7), (60, 4))  # under so many km: so many tenths of nearness
BEYOND = 1


class Term(NamedTuple):
    """What a skill counts for one that is asked for.

    need: which one, from 0. link: in hundredths. units: by grade and level, as `code` numbers them.
    """

    need: int
    link: int
    units: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one skill that is asked for gives.

    skill: is asked for; by: what the person has for it, itself or another skill; None: nothing.
    units, most: what it gives, and the most that it could. level, grade: of what they have.
    """

    need: SkillNeed
    by: str | None
    level: int
    grade: Grade | None
    link: int
    units: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a person fits: units, of WHOLE; nearness: of NEARNESS units; km: between the two districts."""

    units: int
    parts: tuple[Part, ...]
    nearness: int
    km: float


class Scale:
    """A requirement in tables of units.

    shares: the most that each of the skills asked for gives. rows: what counts for them, and for which.
    units: of each row by code what it gives. terms: the same by skill.
    """

    def __init__(self, requirement: Requirement, taxonomy: Taxonomy, rarity: Rarity) -> None:
        self.requirement = requirement
        self.shares = shares(requirement.skills, rarity, SKILLS)
        counting = [(at, need, taxonomy.links(need.skill)) for at, need in enumerate(requirement.skills)]
        self.rows = [(link.skill, at, link.hundredths) for at, _, links in counting for link in links]
        patterns = [_pattern(link.hundredths, need.min_level) for _, need, links in counting for link in links]
        self.units = _rounded([self.shares[at] for _, at, _ in self.rows], patterns)
        self.terms: dict[str, list[Term]] = {}
        for (skill, at, link), units in zip(self.rows, self.units.tolist(), strict=True):
            self.terms.setdefault(skill, []).append(Term(at, link, units))

    def asking(self, requirement: Requirement) -> "Scale":
        """Return the same tables for a requirement that differs in its hard conditions alone."""
        other = copy(self)
        other.requirement = requirement
        return other

    def fit(self, person: Person) -> Fit:
        """Score and explain one person, whether or not the hard conditions are met."""
        parts = [
            Part(need=need, by=None, level=0, grade=None, link=0, units=0, most=most)
            for need, most in zip(self.requirement.skills, self.shares, strict=True)
        ]
        for skill in sorted(self.terms.keys() & person.skills.keys()):
            held = person.held_on(skill, self.requirement.starts_on)
            if held is None:
                continue
            for term in self.terms[skill]:
                part = _part(parts[term.need], skill, term, *held)
                parts[term.need] = max(parts[term.need], part, key=lambda each: (each.units, each.link, each.level))
        km = regions.distance_km(self.requirement.district, person.district)
        near = nearness(self.requirement.district, person.district)
        return Fit(units=sum(part.units for part in parts) + near, parts=tuple(parts), nearness=near, km=km)


def code(grade: Grade, level: int) -> int:
    """Return the number of a grade and a level: 1 to 15; 0 is that of whoever does not have the skill."""
    return 1 + LEVELS * (grade - Grade.CLAIMED) + level - 1


def meets(need: SkillNeed, link: int, level: int) -> bool:
    """Tell whether a level of a skill that counts so much is enough for a must-have."""
    return link == SAME and level >= need.min_level


@cache
def nearness(one: str, other: str) -> int:
    """Return the units that the distance between two districts gives; raise RegionUnknown where one is none."""
    km = regions.distance_km(one, other)
    return NEARNESS // 10 * next((tenths for under_km, tenths in RINGS if km < under_km), BEYOND)


@cache
def _pattern(link: int, min_level: int) -> tuple[NDArray[np.int64], int]:
    """Return by code numerators, and a denominator, of what a skill gives of its share."""
    worth = [GRADES[grade] * min(level, min_level) for grade in Grade for level in range(1, LEVELS + 1)]
    return np.array([0, *(link * each for each in worth)], np.int64), 10_000 * min_level


def _rounded(shares: list[int], patterns: list[tuple[NDArray[np.int64], int]]) -> NDArray[np.uint16]:
    """Return of each share by code the part that its pattern gives, in whole units, half up."""
    if not shares:
        return np.zeros((0, 1 + LEVELS * len(Grade)), np.uint16)
    above = np.stack([numerators for numerators, _ in patterns])
    below = np.array([denominator for _, denominator in patterns], np.int64)[:, None]
    exact = np.array(shares, np.int64)[:, None] * above
    return ((2 * exact + below) // (2 * below)).astype(np.uint16)


def _part(part: Part, skill: str, term: Term, level: int, grade: Grade) -> Part:
    units = term.units[code(grade, level)]
    return Part(need=part.need, by=skill, level=level, grade=grade, link=term.link, units=units, most=part.most)


def hashed(id_: str) -> int:
    """Return 32 bits of an id, by which equals are ordered; the same on every machine."""
    return int.from_bytes(blake2b(id_.encode(), digest_size=4).digest())


def place(units: int, person_id: str, salt: str) -> tuple[int, int]:
    """Return where somebody stands: the higher the better."""
    return units, hashed(person_id) ^ hashed(salt)
