"""The best rows of an index for a query."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.core.arrays import I32, I64, U8, U16, Array, integer
from services.matching.engine.core.compiled import bare, kernel
from services.matching.engine.core.dense import GROUP, search_all
from services.matching.engine.core.exact import Batch, leave_slots, make_batch, take_slots
from services.matching.engine.core.filters import search_lists
from services.matching.engine.core.heap import Best, ordered
from services.matching.engine.core.index import BLOCK, Index
from services.matching.engine.core.plan import make_plan
from services.matching.engine.core.query import Query


class Scratch(NamedTuple):
    """What a search writes to; one for each thread."""

    batch: Batch
    sums: Array[U16]
    totals: Array[U16]
    marks: Array[U8]
    found: Array[U16]


def make_scratch(skills: int) -> Scratch:
    return Scratch(
        batch=make_batch(skills),
        sums=np.zeros(GROUP * BLOCK, np.uint16),
        totals=np.zeros(GROUP * BLOCK + 1, np.uint16),
        marks=np.zeros(BLOCK, np.uint8),
        found=np.zeros(GROUP * BLOCK + 1, np.uint16),
    )


@kernel
def search(index: Index, query: Query, scratch: Scratch, best: Best) -> tuple[Array[I64], Array[I64]]:
    """Put the best rows on an empty heap; return their scores and them, the best first."""
    index, query, scratch, best = bare(index), bare(query), bare(scratch), bare(best)
    best.size[0] = 0
    batch, blocks, plan = scratch.batch, _nearest(index.first, query.nearness), make_plan(index, query)
    tops = take_slots(query, batch.slots)
    if plan.depth:
        search_lists(index, query, plan, tops, batch, scratch.marks, scratch.found, best, blocks)
    else:
        search_all(index, query, plan, tops, batch, scratch.sums, scratch.found, scratch.totals, best, blocks)
    leave_slots(query, batch.slots)
    return ordered(best)


@kernel
def _nearest(first: Array[I32], nearness: Array[I32]) -> Array[I64]:
    """Return all blocks, the nearest first. There are few degrees of nearness: looking for each of them is no loss."""
    blocks, count, last = np.empty(first[-1], np.int64), 0, integer(nearness.max()) + 1
    while count < len(blocks):
        next_ = integer(nearness.min())
        for near in nearness:
            next_ = max(next_, integer(near)) if near < last else next_
        for district in range(len(nearness)):
            if nearness[district] == next_:
                for block in range(first[district], first[district + 1]):
                    blocks[count] = block
                    count += 1
        last = next_
    return blocks
