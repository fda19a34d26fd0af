"""People, drawn in chunks of a quarter of a million: as many as one likes."""

from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from services.matching.engine.core.arrays import I32, I64, U8, Array
from tests.benchmarks.matching.world import (
    CERTIFICATES,
    CERTIFICATES_OF_PROFESSION,
    PEOPLE,
    SKILLS,
    TODAY,
    World,
    drawn,
)

CHUNK = 250_000
SKILLS_AT_LEAST, SKILLS_MORE = 3, 22
FROM_PROFESSION = 0.55  # of the skills; of the certificates:
CERTIFICATES_FROM_PROFESSION = 0.7
VALID = 0.7  # of the certificates
VALIDITY_DAYS = 1_096
FREE = 0.6  # of the people
LEVELS = np.cumsum([0.15, 0.25, 0.30, 0.20])  # 1 to 5
CERTIFICATES_HELD = np.cumsum([0.35, 0.30, 0.20, 0.10])  # 0 to 4
SCHOOLING = np.cumsum([0.04, 0.12, 0.18, 0.34, 0.12, 0.08, 0.09, 0.025])  # ranks 1 to 9


class People(NamedTuple):
    """A chunk: by person, and, each person's one after the other, what they have.

    skills, certificates: how many each person has. skill, level (1-5), certificate, expiry (day): ascending by what it
    is within a person. district, schooling (1-9), free (0 or 1): by person.
    """

    skills: Array[I64]
    skill: Array[I32]
    level: Array[U8]
    certificates: Array[I64]
    certificate: Array[I32]
    expiry: Array[I32]
    district: Array[U8]
    schooling: Array[U8]
    free: Array[U8]


def draw_people(world: World, seed: int, count: int) -> People:
    """Return so many people; the first chunks are the same however many there are.

    * a profession each; 3 skills and a negative binomial (2.2, mean 6.3) more, 25 at most: 9.2 on average;
    * 55 % of the skills from the profession's, else any; levels 1 to 5 by 15, 25, 30, 20, 10 %;
    * 0 to 4 certificates by 35, 30, 20, 10, 5 %, 70 % of them the profession's; 70 % end within the next three years,
      the others ended within the last three;
    * ranks of education 1 to 9 by 4, 12, 18, 34, 12, 8, 9, 2.5, 0.5 %; 60 % are free.
    """
    sizes = [min(CHUNK, count - start) for start in range(0, count, CHUNK)]
    chunks = [_chunk(world, np.random.default_rng([seed, PEOPLE, at]), size) for at, size in enumerate(sizes)]
    return People(*(np.concatenate(columns) for columns in zip(*chunks, strict=True)))


def _chunk(world: World, random: Generator, count: int) -> People:
    profession = drawn(random, world.professions, count)
    owner, skill = _skills(world, random, profession)
    holder, certificate = _certificates(world, random, profession)
    is_valid = random.random(len(holder)) < VALID
    ahead, ago = random.integers(1, VALIDITY_DAYS, len(holder)), random.integers(0, VALIDITY_DAYS, len(holder))
    return People(
        skills=np.bincount(owner, minlength=count),
        skill=skill.astype(np.int32),
        level=_ranked(random, LEVELS, len(owner), 1),
        certificates=np.bincount(holder, minlength=count),
        certificate=certificate.astype(np.int32),
        expiry=np.where(is_valid, TODAY + ahead, TODAY - ago).astype(np.int32),
        district=drawn(random, world.districts, count).astype(np.uint8),
        schooling=_ranked(random, SCHOOLING, count, 1),
        free=(random.random(count) < FREE).astype(np.uint8),
    )


def _skills(world: World, random: Generator, profession: Array[I64]) -> tuple[Array[I64], Array[I64]]:
    """Return whose each skill is, and which one: a few too many are drawn, repetitions dropped, and so many kept."""
    count = len(profession)
    wanted = SKILLS_AT_LEAST + np.minimum(SKILLS_MORE, random.negative_binomial(2.2, 2.2 / (2.2 + 6.3), count))
    owner = np.repeat(np.arange(count), wanted + 4)
    skill = drawn(random, world.skills, len(owner))
    own = np.flatnonzero(random.random(len(owner)) < FROM_PROFESSION)
    skill[own] = world.of_profession[profession[owner[own]], drawn(random, world.of_pool, len(own))]
    owner, skill = _each_once(owner, skill, SKILLS)
    shuffled = np.argsort(owner + random.random(len(owner)))
    first = np.searchsorted(owner, np.arange(count))  # shuffled within each person, they start where they did
    kept = np.sort(shuffled[np.arange(len(owner)) - first[owner] < wanted[owner]])
    return owner[kept], skill[kept]


def _certificates(world: World, random: Generator, profession: Array[I64]) -> tuple[Array[I64], Array[I64]]:
    count = len(profession)
    holder = np.repeat(np.arange(count), _ranked(random, CERTIFICATES_HELD, count, 0))
    certificate = drawn(random, world.certificates, len(holder))
    own = np.flatnonzero(random.random(len(holder)) < CERTIFICATES_FROM_PROFESSION)
    which = random.integers(0, CERTIFICATES_OF_PROFESSION, len(own))
    certificate[own] = world.certificates_of[profession[holder[own]], which]
    return _each_once(holder, certificate, CERTIFICATES)


def _each_once(owner: Array[I64], thing: Array[I64], things: int) -> tuple[Array[I64], Array[I64]]:
    """Return pairs without repetition, ascending."""
    owners, found = np.divmod(np.unique(owner * things + thing), things)
    return owners, found


def _ranked(random: Generator, cumulated: Array[np.float64], count: int, least: int) -> Array[U8]:
    return (np.searchsorted(cumulated, random.random(count)) + least).astype(np.uint8)
