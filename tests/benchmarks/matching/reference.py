"""The truth, and whether an answer is it: everybody is scored, no index, nothing clever."""

from typing import Any

import numpy as np

from services.matching.engine.core.arrays import I64, Array
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.vacancies import LEVELS, Vac

TOLERANCE = 1e-6  # of a score


def best(keys: Array[Any], ids: Array[Any], limit: int) -> tuple[Array[Any], Array[Any]]:
    """Return ids and keys of those with the highest keys, of equals the smaller ids first: `limit` at most."""
    if len(keys) > limit:
        least = np.partition(keys, -limit)[-limit]
        reached = keys >= least
        keys, ids = keys[reached], ids[reached]
    order = np.lexsort((ids, -keys.astype(np.int64)))[:limit]
    return ids[order], keys[order]


def truth(data: Data, vacancy: Vac, limit: int) -> tuple[Array[I64], Array[np.float64]]:
    """Return the ids and scores of the best."""
    gives = np.zeros((data.V, LEVELS + 1), np.int32)
    gives[vacancy.skills] = vacancy.contrib
    keys = _summed(gives[data.sk, data.lv], data.indptr) + vacancy.bonus[data.district]
    may = (data.avail == 1) & (data.edu >= vacancy.min_edu)
    for skill, least in vacancy.must_skills:
        may &= _summed((data.sk == skill) & (data.lv >= least), data.indptr) > 0
    for certificate in vacancy.certs:
        may &= _summed((data.ce == certificate) & (data.ex >= vacancy.start), data.cindptr) > 0
    ids, keys = best(keys[may], np.flatnonzero(may), limit)
    return ids, vacancy.score(keys)


def is_exact(answer: tuple[Any, Any], true: tuple[Any, Any]) -> bool:
    """Tell whether an answer has the same ids in the same order, and the same scores."""
    ids, scores = (np.asarray(each) for each in answer)
    return bool(
        np.array_equal(ids, true[0])
        and np.allclose(np.asarray(scores, np.float64), np.asarray(true[1], np.float64), rtol=0, atol=TOLERANCE)
    )


def _summed(values: Array[Any], begins: Array[I64]) -> Array[I64]:
    """Return the sum of each person's values; nobody's is 0."""
    total: Array[I64] = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
    return np.subtract(total[begins[1:]], total[begins[:-1]])
