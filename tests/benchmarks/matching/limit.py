"""The physical limit: the bytes that an open vacancy makes one read, by what this machine's memory gives in a second.

It prices no latency and no instruction. With a must there is so little to read that it is far below anything
reachable; so it is told of open vacancies alone. It is no floor for whoever stores fewer bytes, or need not read all.
"""

import time

import numba
import numpy as np

from services.matching.engine.core.arrays import I64, Array
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.vacancies import OPEN

POSTING = 5  # bytes: four of a person's number, one of the level
READ = 512 * 2**20
TIMES = 5


def bytes_read(data: Data) -> dict[int, int]:
    """Return by place of each open vacancy the bytes of all lists of what it asks for."""
    lengths = np.bincount(data.sk, minlength=data.V)
    vacancies = enumerate(data.vac)
    return {at: POSTING * int(lengths[vacancy.skills].sum()) for at, vacancy in vacancies if vacancy.kind == OPEN}


def bandwidth() -> float:
    """Return the bytes a second that one thread reads, at its best: whatever else runs can only slow it."""
    values = np.ones(READ // 8, np.int64)
    _sum(values[:8])
    return READ / min(_seconds(values) for _ in range(TIMES))


def _seconds(values: Array[I64]) -> float:
    began = time.perf_counter()
    _sum(values)
    return time.perf_counter() - began


@numba.njit
def _sum(values: Array[I64]) -> int:
    total = 0
    for value in values:
        total += value
    return total
