"""People who changed since the index was built: rows that are appended, each skill linked to the one before."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.core.arrays import I32, I64, U16, U32, Array, integer
from services.matching.engine.core.compiled import kernel
from services.matching.engine.core.exact import SIZE, Batch, flush, leave_slots, take_slots
from services.matching.engine.core.heap import Best, ordered
from services.matching.engine.core.index import ASKING, People, Wishes
from services.matching.engine.core.query import Query

NOBODY = np.iinfo(np.int64).max


class Row(NamedTuple):
    """One person, as in `People`; what they ask in return counts with the flag ASKING alone."""

    district: int
    flags: int
    tie: int
    held: Array[U32]
    proofs: Array[U32]
    proof_from: Array[U16]
    free_from: int
    wage: int
    districts: Array[U32]
    hidden: Array[U32]


class Delta(NamedTuple):
    """Room for so many rows.

    last: by skill the newest of its postings, or -1; before: of a posting the one before; owner: the row of a posting.
    sizes: how many rows, postings, proofs, wishes, wished districts and hidden employers there are.
    """

    people: People
    district: Array[I32]
    last: Array[I32]
    before: Array[I32]
    owner: Array[I32]
    sizes: Array[I64]


def make_delta(skills: int, room: int, *, held: int = 32, proofs: int = 8) -> Delta:
    """Return room for so many rows, with so many skills and proofs each on average."""
    wishes = Wishes(
        rows=np.full(room, NOBODY, np.int64),
        free_from=np.zeros(room, np.uint16),
        wage=np.zeros(room, np.uint32),
        district_at=np.zeros(room + 1, np.uint32),
        districts=np.zeros(room * 4, np.uint32),
        hidden_at=np.zeros(room + 1, np.uint32),
        hidden=np.zeros(room * 4, np.uint32),
    )
    people = People(
        flags=np.zeros(room, np.uint16),
        ties=np.zeros(room, np.uint32),
        held_at=np.zeros(room + 1, np.uint32),
        held=np.zeros(room * held, np.uint32),
        proof_at=np.zeros(room + 1, np.uint32),
        proofs=np.zeros(room * proofs, np.uint32),
        proof_from=np.zeros(room * proofs, np.uint16),
        wishes=wishes,
    )
    links = np.zeros(room * held, np.int32)
    return Delta(
        people,
        district=np.zeros(room, np.int32),
        last=np.full(skills, -1, np.int32),
        before=links,
        owner=links.copy(),
        sizes=np.zeros(6, np.int64),
    )


def has_room(delta: Delta, row: Row) -> bool:
    people, wishes = delta.people, delta.people.wishes
    arrays = people.flags, people.held, people.proofs, wishes.rows, wishes.districts, wishes.hidden
    rooms = [len(array) for array in arrays]
    more = 1, len(row.held), len(row.proofs), 1, len(row.districts), len(row.hidden)
    return all(size + count <= room for size, count, room in zip(delta.sizes.tolist(), more, rooms, strict=True))


@kernel
def append(delta: Delta, row: Row) -> int:
    """Write a row for which there is room, and return its number; it is there once `sizes[0]` is beyond."""
    people, sizes = delta.people, delta.sizes
    at, post, proof = integer(sizes[0]), integer(sizes[1]), integer(sizes[2])
    for each in range(len(row.held)):
        skill = row.held[each] >> 8
        people.held[post] = row.held[each]
        delta.owner[post], delta.before[post] = at, delta.last[skill]
        delta.last[skill] = post
        post += 1
    for each in range(len(row.proofs)):
        people.proofs[proof], people.proof_from[proof] = row.proofs[each], row.proof_from[each]
        proof += 1
    people.held_at[at + 1], people.proof_at[at + 1] = post, proof
    people.flags[at], people.ties[at], delta.district[at] = row.flags, row.tie, row.district
    if row.flags & ASKING:
        _wish(people.wishes, sizes, at, row)
    sizes[1], sizes[2] = post, proof
    return at


@kernel
def _wish(wishes: Wishes, sizes: Array[I64], at: int, row: Row) -> None:
    asking, district, hidden = sizes[3], sizes[4], sizes[5]
    wishes.rows[asking], wishes.free_from[asking], wishes.wage[asking] = at, row.free_from, row.wage
    for each in row.districts:
        wishes.districts[district] = each
        district += 1
    for each in row.hidden:
        wishes.hidden[hidden] = each
        hidden += 1
    wishes.district_at[asking + 1], wishes.hidden_at[asking + 1] = district, hidden
    sizes[3], sizes[4], sizes[5] = asking + 1, district, hidden


@kernel
def search_delta(delta: Delta, query: Query, batch: Batch, best: Best, offset: int) -> tuple[Array[I64], Array[I64]]:
    """Put the rows that belong there among the best, their numbers with `offset` added; return as `search` does."""
    rows = delta.sizes[0]
    seen = np.zeros(rows, np.uint8)
    tops = take_slots(query, batch.slots)
    lead = integer(-1)
    for need in range(query.size - 1, -1, -1):
        lead = need if (query.must >> need) & 1 else lead
    for term in range(len(query.skills)):
        if lead >= 0 and (query.needs[term] != lead or query.meets[term] == 0):
            continue
        post = delta.last[query.skills[term]]
        while post >= 0:
            row = delta.owner[post]
            if row < rows and seen[row] == 0:
                seen[row] = 1
                _add(delta, query, tops, batch, best, row, offset)
            post = delta.before[post]
    least = flush(delta.people, query, tops, query.certs, batch, best, offset)
    if lead < 0:  # whoever has nothing of what is asked for may still live near
        for row in range(rows):
            if seen[row] == 0 and query.nearness[delta.district[row]] >= least:
                _add(delta, query, tops, batch, best, row, offset)
        flush(delta.people, query, tops, query.certs, batch, best, offset)
    leave_slots(query, batch.slots)
    return ordered(best)


@kernel
def _add(delta: Delta, query: Query, tops: Array[I64], batch: Batch, best: Best, row: int, offset: int) -> None:
    size = batch.size[0]
    batch.rows[size], batch.bonuses[size] = row, integer(query.nearness[delta.district[row]])
    batch.size[0] = size + 1
    if size + 1 == SIZE:
        flush(delta.people, query, tops, query.certs, batch, best, offset)
