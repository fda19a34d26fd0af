"""Vacancies, and what every contender may know of one before it is asked."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from numpy.random import Generator

from services.matching.engine.core.arrays import I32, I64, Array
from tests.benchmarks.matching.world import CERTIFICATES_OF_PROFESSION, TODAY, VACANCIES, World, drawn

LEVELS = 5
FULL_LEVEL = 60  # units of a level that is reached: 60 is divisible by every level from 1 to 5
WHOLE = 150  # a score is the key / (WHOLE · sumw)
WEIGHT_AT_MOST = 10
OPEN, MUST, CERTIFIED, BOTH = "open", "must", "certified", "both"
KINDS = (OPEN, MUST, CERTIFIED, BOTH)


class Vac:
    """A vacancy; its names are those of the adapters' interface.

    skills, weights (1-10), mins (lowest level, 1-5): of each skill asked for. must: places in `skills` that everybody
    needs at that level. certs: certificates that everybody needs on the day `start`. min_edu: rank, 1-6. district.

    The score is counted in whole units, so that answers can be compared exactly:

        key   = Σ 2·wᵢ·min(60, levelᵢ·(60/minᵢ)) + 3·Σw·tenths(district)
        score = key / (150·Σw) = 0.8·Σ wᵢ/Σw·min(1, levelᵢ/minᵢ) + 0.2·nearness

    sumw: Σw. contrib: (skills, 6), of each skill by level what it adds. bonus: (districts,), what nearness adds.
    must_skills: pairs of a skill and the level.
    """

    def __init__(self, said: Mapping[str, Any], bands: Array[I32]) -> None:
        """:param said: what `said` returns. bands: (districts, districts), tenths of nearness."""
        self.skills: list[int] = said["skills"]
        self.weights: list[int] = said["weights"]
        self.mins: list[int] = said["mins"]
        self.must: list[int] = said["must"]
        self.certs: list[int] = said["certs"]
        self.start: int = said["start"]
        self.min_edu: int = said["min_edu"]
        self.district: int = said["district"]
        self.sumw = sum(self.weights)
        self.contrib = [
            [2 * weight * min(FULL_LEVEL, level * (FULL_LEVEL // least)) for level in range(LEVELS + 1)]
            for weight, least in zip(self.weights, self.mins, strict=True)
        ]
        self.bonus: Array[I32] = (3 * self.sumw * bands[self.district]).astype(np.int32)
        self.must_skills = [(self.skills[at], self.mins[at]) for at in self.must]

    @classmethod
    def of(cls, bands: Array[I32], **said: Any) -> Self:
        """Return a vacancy for whoever is free, but for what is said."""
        return cls({"must": [], "certs": [], "start": TODAY, "min_edu": 1} | said, bands)

    @property
    def said(self) -> dict[str, Any]:
        """What it was made of, as JSON."""
        names = ("skills", "weights", "mins", "must", "certs", "start", "min_edu", "district")
        return {name: getattr(self, name) for name in names}

    @property
    def kind(self) -> str:
        """What everybody needs: nothing, skills, certificates, or both."""
        return KINDS[bool(self.must) + 2 * bool(self.certs)]

    def score(self, key: Any) -> Array[np.float64]:
        """Return scores by keys."""
        return np.asarray(np.asarray(key) / (WHOLE * self.sumw), np.float64)


def draw_vacancies(world: World, seed: int, count: int) -> list[Vac]:
    """Return so many vacancies.

    * a profession each; 3 skills and a binomial (12, 0.35) more, 80 % of them the profession's, else any;
    * weights 1 to 10, all as likely; lowest levels 1 to 5 by 20, 30, 30, 15, 5 %;
    * 0 to 2 skills are musts by 30, 40, 30 %; 0 to 2 certificates by 55, 30, 15 %, 90 % of them the profession's: so
      17 % are open, without any must;
    * work starts within 60 days; ranks of education 1 to 6 by 15, 15, 25, 30, 8, 7 %; districts as people live.
    """
    random = np.random.default_rng([seed, VACANCIES])
    return [Vac(_said(world, random), world.bands) for _ in range(count)]


def _said(world: World, random: Generator) -> dict[str, Any]:
    profession = _one(random, world.professions)
    count = 3 + int(random.binomial(12, 0.35))
    own_skills, own_certs = world.of_profession[profession], world.certificates_of[profession]
    skills: dict[int, None] = {}  # a set that keeps its order
    while len(skills) < count:
        own = own_skills[_one(random, world.of_pool)]
        skills[int(own) if random.random() < 0.8 else _one(random, world.skills)] = None
    wanted = int(random.choice(3, p=[0.55, 0.30, 0.15]))
    certs: set[int] = set()
    while len(certs) < wanted:
        own = own_certs[random.integers(0, CERTIFICATES_OF_PROFESSION)]
        certs.add(int(own) if random.random() < 0.9 else _one(random, world.certificates))
    return {
        "skills": list(skills),
        "weights": _integers(random.integers(1, WEIGHT_AT_MOST + 1, count)),
        "mins": _integers(1 + random.choice(LEVELS, count, p=[0.2, 0.3, 0.3, 0.15, 0.05])),
        "must": _integers(random.choice(count, random.choice(3, p=[0.3, 0.4, 0.3]), replace=False)),
        "certs": sorted(certs),
        "start": TODAY + int(random.integers(0, 61)),
        "min_edu": 1 + int(random.choice(6, p=[0.15, 0.15, 0.25, 0.30, 0.08, 0.07])),
        "district": _one(random, world.districts),
    }


def _one(random: Generator, cumulated: Array[np.float64]) -> int:
    return int(drawn(random, cumulated, 1)[0])


def _integers(found: Array[I64]) -> list[int]:
    return [int(each) for each in found]
