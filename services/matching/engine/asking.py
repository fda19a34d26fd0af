"""A requirement as the core reads it."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from services.matching.engine import score
from services.matching.engine.core.arrays import I32, Array
from services.matching.engine.core.index import FREE, SCHOOLED_BITS
from services.matching.engine.core.query import Query
from services.matching.engine.links import SAME
from services.matching.engine.packing import (
    HIGHEST_WAGE,
    KINDS,
    NOBODYS,
    day_number,
    district_number,
    employer_key,
    place_codes,
    places,
)
from services.matching.engine.parties import Requirement
from services.matching.engine.score import LEVELS, Scale
from services.reference import education
from services.reference.evidence import Grade


def query(scale: Scale, numbers: Mapping[str, int]) -> Query:
    """Return what the core is asked for a requirement.

    :param numbers: of skills; one that has none is held by nobody.
    """
    asked = scale.requirement
    known = [(numbers[skill], at, row) for row, (skill, at, _) in enumerate(scale.rows) if skill in numbers]
    known.sort()
    order = [row for _, _, row in known]
    masks = [_meets(need.min_level) if need.must else 0 for need in asked.skills]
    return Query(
        skills=np.array([number for number, _, _ in known], np.int32),
        needs=np.array([at for _, at, _ in known], np.uint8),
        credits=scale.units[order],
        meets=np.array([masks[at] if scale.rows[row][2] == SAME else 0 for _, at, row in known], np.uint16),
        certs=np.array([numbers.get(skill, NOBODYS) for skill in asked.certificates], np.int32),
        nearness=_nearness(asked.district),
        wanted=_wanted(asked),
        start=day_number(asked.starts_on),
        place=places()[district_number(asked.district)],
        employer=employer_key(asked.employer) if asked.employer else 0,
        wage=HIGHEST_WAGE + 1 if asked.wage_idr is None else min(asked.wage_idr, HIGHEST_WAGE),
        salt=score.hashed(asked.salt),
        size=len(asked.skills),
        must=sum(1 << at for at, need in enumerate(asked.skills) if need.must),
    )


@cache
def _meets(min_level: int) -> int:
    """Return a bit for each code with which a skill meets a must-have."""
    return sum(1 << score.code(grade, level) for grade in Grade for level in range(min_level, LEVELS + 1))


@cache
def _nearness(district: str) -> Array[I32]:
    return np.array([score.nearness(district, other) for other in place_codes()], np.int32)


def _wanted(asked: Requirement) -> int:
    rank = education.level(asked.education).rank if asked.education else 0
    flags = FREE | (KINDS[asked.kind] if asked.kind else 0)
    return flags | (1 << (SCHOOLED_BITS + rank - 1) if rank else 0)
