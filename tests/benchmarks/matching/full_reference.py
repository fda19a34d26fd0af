"""The truth of the full score: everybody is scored by its tables, no index, nothing clever."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from services.matching.engine import score
from services.matching.engine.core.arrays import I64, Array
from services.matching.engine.core.index import CODES
from services.matching.engine.parties import SkillNeed
from services.matching.engine.score import LEVELS, Scale
from tests.benchmarks.matching import full
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.full import NEVER, Crowd
from tests.benchmarks.matching.vacancies import Vac


def truth(data: Data, crowd: Crowd, scale: Scale, vacancy: Vac, limit: int) -> tuple[Array[I64], Array[np.float64]]:
    """Return the ids and scores of the best."""
    codes = _codes_on(crowd, vacancy.start - full.DAY_ZERO)
    units = full.nearness(vacancy)[data.district].astype(np.int64)
    may = (data.avail == 1) & (data.edu >= vacancy.min_edu)
    for at, need in enumerate(scale.requirement.skills):
        worth, meets = np.zeros((2, data.V, CODES), np.int64)
        for skill, link, gives in _terms(scale, at):
            worth[skill], meets[skill] = gives, _met(need, link)
        units += _most(worth[crowd.skill, codes], crowd.held_at)
        if need.must:
            may &= _most(meets[crowd.skill, codes], crowd.held_at) > 0
    for cert in vacancy.certs:
        holds = (data.ce == cert) & (data.ex >= vacancy.start)
        may &= _most(holds, data.cindptr) > 0
    ids = np.flatnonzero(may)
    order = np.lexsort((full.ties(data)[ids] ^ np.uint32(score.hashed(scale.requirement.salt)), units[ids]))
    best = ids[order[::-1][:limit]]
    return best, units[best] / score.WHOLE


def _codes_on(crowd: Crowd, day: int) -> Array[I64]:
    """Return the code of everything held on a day. A proof that ran out tells that the skill was learnt."""
    code, lower = crowd.held.astype(np.int64) & 15, (crowd.held.astype(np.int64) >> 4) & 15
    ran_out = np.where(crowd.until > NEVER, np.maximum(lower, code - LEVELS), lower)
    return np.where(crowd.until >= day, code, ran_out)


def _terms(scale: Scale, need: int) -> Iterable[tuple[int, int, list[int]]]:
    """Yield what counts for a skill that is asked for: which one, how much, and the units by code."""
    for name, terms in scale.terms.items():
        for term in terms:
            if term.need == need:
                yield full.number(name), term.link, term.units


def _met(need: SkillNeed, link: int) -> list[bool]:
    return [code > 0 and score.meets(need, link, (code - 1) % LEVELS + 1) for code in range(CODES)]


def _most(values: Array[Any], begins: Array[I64]) -> Array[I64]:
    """Return the highest of each person's values; of who has none: 0."""
    most = np.maximum.reduceat(np.append(values, 0), begins[:-1]).astype(np.int64)
    return np.where(np.diff(begins) > 0, most, 0)
