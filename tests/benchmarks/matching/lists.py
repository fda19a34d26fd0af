"""Inverted lists: people by what they have. Several contenders start from them."""

from typing import Any, NamedTuple

import numpy as np

from services.matching.engine.core.arrays import I32, I64, Array
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.vacancies import Vac

NEAREST = 30  # what nearness adds at most, for each unit of Σw: ten tenths, three units each


class Lists(NamedTuple):
    """at: (things + 1,), where the list of each begins. people: ascending in each list. values: levels, last days."""

    at: Array[I64]
    people: Array[I32]
    values: Array[Any]


def of_skills(data: Data) -> Lists:
    return _turned(data.indptr, data.sk, data.lv, data.V)


def of_certificates(data: Data) -> Lists:
    return _turned(data.cindptr, data.ce, data.ex, data.ncert)


def owners(begins: Array[I64]) -> Array[I32]:
    """Return whose each thing is."""
    return np.repeat(np.arange(len(begins) - 1, dtype=np.int32), np.diff(begins))


def may_miss_somebody(vacancy: Vac, keys: Any, limit: int) -> bool:
    """Tell whether somebody who has nothing of what is asked for may belong among the best that were found.

    :param keys: of those that were found, among people who have something; the best first.
    """
    is_open = not vacancy.must and not vacancy.certs
    return is_open and (len(keys) < limit or int(keys[-1]) <= NEAREST * vacancy.sumw)


def _turned(begins: Array[I64], things: Array[I32], values: Array[Any], count: int) -> Lists:
    order = np.argsort(things.astype(np.uint16), kind="stable")  # by radix: there are few
    at = np.concatenate([[0], np.cumsum(np.bincount(things, minlength=count))])
    return Lists(at, owners(begins)[order], np.asarray(values)[order])
