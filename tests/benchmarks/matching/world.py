"""The world in which people and vacancies are drawn: what is common, what goes together, how far it is.

All of it is drawn by numpy's default generator, seeded by [seed, part]: the same on every machine.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.random import Generator

from services.matching.engine.core.arrays import I32, I64, Array

F64: TypeAlias = np.float64

SKILLS, CERTIFICATES, PROFESSIONS = 14_000, 300, 300
REGENCIES, DISTRICTS = 8, 160
OF_PROFESSION, CERTIFICATES_OF_PROFESSION = 40, 4  # the skills, the certificates that a profession is made of
TODAY = 20_781  # days since 1970-01-01: 2026-11-24
BANDS = ((10, 10), (25, 7), (60, 4))  # under so many km: so many tenths of nearness
BEYOND = 1
SIDE_KM, SPREAD_KM = 140, 14
WORLD, PEOPLE, VACANCIES, CHANGES = range(1, 5)  # parts, each with a generator of its own


class World(NamedTuple):
    """What does not depend on how many people there are.

    skills, professions, certificates, districts: cumulated probabilities, one each.
    of_profession: (PROFESSIONS, OF_PROFESSION), the most likely first; of_pool: cumulated, of a place in it.
    certificates_of: (PROFESSIONS, CERTIFICATES_OF_PROFESSION). bands: (DISTRICTS, DISTRICTS), tenths of nearness.
    """

    skills: Array[F64]
    professions: Array[F64]
    certificates: Array[F64]
    districts: Array[F64]
    of_profession: Array[I64]
    of_pool: Array[F64]
    certificates_of: Array[I64]
    bands: Array[I32]


def make_world(seed: int) -> World:
    """Return the world of a seed.

    * skill, profession and certificate by Zipf's law: p ∝ 1 / (rank + shift)^exponent, with exponent and shift 1 and 1,
      0.8 and 2, 0.9 and 1; so the most common skill is had by a quarter of the people.
    * a profession's 40 skills without repetition, p ∝ p(skill)^0.75; within them 0.9 and 2; 4 certificates, any.
    * 8 regencies anywhere in a square of 140 km, 20 districts around each, by a normal distribution of 14 km.
    * people live in a district by a gamma distribution of shape 2.
    """
    random = np.random.default_rng([seed, WORLD])
    likely = _zipf(SKILLS, 1.0, 1.0)
    flatter = likely**0.75 / (likely**0.75).sum()
    pools = [random.choice(SKILLS, OF_PROFESSION, replace=False, p=flatter) for _ in range(PROFESSIONS)]
    few = [random.choice(CERTIFICATES, CERTIFICATES_OF_PROFESSION, replace=False) for _ in range(PROFESSIONS)]
    lived_in = random.gamma(2.0, 1.0, DISTRICTS)
    return World(
        skills=np.cumsum(likely),
        professions=np.cumsum(_zipf(PROFESSIONS, 0.8, 2.0)),
        certificates=np.cumsum(_zipf(CERTIFICATES, 0.9, 1.0)),
        districts=np.cumsum(lived_in / lived_in.sum()),
        of_profession=np.stack(pools),
        of_pool=np.cumsum(_zipf(OF_PROFESSION, 0.9, 2.0)),
        certificates_of=np.stack(few),
        bands=_bands(random),
    )


def drawn(random: Generator, cumulated: Array[F64], count: int) -> Array[I64]:
    """Return so many draws, each the place of a probability."""
    return np.searchsorted(cumulated, random.random(count)).clip(0, len(cumulated) - 1)


def _zipf(count: int, exponent: float, shift: float) -> Array[F64]:
    likely: Array[F64] = np.arange(1 + shift, count + 1 + shift, dtype=np.float64) ** -exponent
    return likely / float(likely.sum())


def _bands(random: Generator) -> Array[I32]:
    centres = random.uniform(0, SIDE_KM, (REGENCIES, 1, 2))
    places = (centres + random.normal(0, SPREAD_KM, (REGENCIES, DISTRICTS // REGENCIES, 2))).reshape(DISTRICTS, 2)
    km = np.linalg.norm(places[:, None] - places[None], axis=-1)
    return np.select([km < under for under, _ in BANDS], [tenths for _, tenths in BANDS], BEYOND).astype(np.int32)
