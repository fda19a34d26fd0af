"""The k best so far: a binary heap whose root is the worst of them.

A place is a score and, of equals, a tie that the query's salt has stirred: (score << 32) | tie, the higher the better.
"""

from typing import NamedTuple

import numpy as np

from services.matching.engine.core.arrays import I64, U16, U32, Array, integer
from services.matching.engine.core.compiled import kernel
from services.matching.engine.core.index import ASKING

NONE = -1  # below every score


class Best(NamedTuple):
    """places, rows: as long as what is wanted, one at least; size: how many there are, in an array of one."""

    places: Array[I64]
    rows: Array[I64]
    size: Array[I64]


def make_best(limit: int) -> Best:
    return Best(np.zeros(limit, np.int64), np.zeros(limit, np.int64), np.zeros(1, np.int64))


@kernel
def push(places: Array[I64], rows: Array[I64], size: int, place: int, row: int) -> int:
    """Put a row among the best if it belongs there; return how many there are."""
    limit = len(places)
    if size < limit:
        at = size
        while at > 0:
            above = (at - 1) >> 1
            if places[above] <= place:
                break
            places[at], rows[at] = places[above], rows[above]
            at = above
        places[at], rows[at] = place, row
        return size + 1
    if place <= places[0]:
        return size
    at = 0
    while True:
        below = 2 * at + 1
        if below >= limit:
            break
        if below + 1 < limit and places[below + 1] < places[below]:
            below += 1
        if places[below] >= place:
            break
        places[at], rows[at] = places[below], rows[below]
        at = below
    places[at], rows[at] = place, row
    return size


@kernel
def threshold(best: Best) -> int:
    """Return the score that a row must reach to get among the best."""
    return best.places[0] >> 32 if best.size[0] == len(best.places) else NONE


@kernel
def ordered(best: Best) -> tuple[Array[I64], Array[I64]]:
    """Return scores and rows, the best first."""
    order = np.argsort(best.places[: best.size[0]])[::-1]
    return best.places[order] >> 32, best.rows[order]


@kernel
def offered(
    found: Array[U16],
    totals: Array[U16],
    at: int,
    count: int,
    start: int,
    base: int,
    scale: int,
    bonus: int,
    exact: bool,
    flags: Array[U16],
    wanted: int,
    ties: Array[U32],
    salt: int,
    places: Array[I64],
    kept: Array[I64],
    many: Array[I64],
    rows: Array[I64],
    bonuses: Array[I64],
    size: Array[I64],
) -> int:
    """Batch those found, from `at` on; return where it stopped, since the batch was full.

    Those who would not come in even with all of it are left out, and whose sum is their score, come in at once.
    """
    worst = places[0] if many[0] == len(places) else integer(NONE)
    while at < count:
        row, total = start + integer(found[at]), integer(totals[at]) - base
        at += 1
        flag = integer(flags[row])
        if flag & wanted != wanted:
            continue
        place = ((total * scale + bonus) << 32) | integer(ties[row] ^ np.uint32(salt))
        if place <= worst:
            continue
        if exact and not flag & ASKING:
            many[0] = push(places, kept, many[0], place, row)
            worst = places[0] if many[0] == len(places) else integer(NONE)
            continue
        rows[size[0]], bonuses[size[0]] = row, bonus
        size[0] += 1
        if size[0] == len(rows):
            return at
    return at
