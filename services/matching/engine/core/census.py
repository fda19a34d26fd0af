"""How many meet what is asked, where they are, and how many more would if one condition were dropped."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.core.arrays import I64, U8, U16, U32, Array, integer
from services.matching.engine.core.compiled import kernel
from services.matching.engine.core.delta import Delta
from services.matching.engine.core.exact import code_on, is_held, leave_slots, take_slots
from services.matching.engine.core.index import (
    ASKING,
    BLOCK,
    FREE,
    INTERNSHIP,
    JOB,
    RANKS,
    SCHOOLED_BITS,
    Index,
    People,
    Wishes,
)
from services.matching.engine.core.query import Query

# After the must-haves by their needs, and the certificates, these conditions.
KIND, SCHOOLING, START, WAGE, PLACE, OTHERS = range(6)
LACKING = 255  # more than there can be: this row comes in by no change


class Census(NamedTuple):
    """total: who meets everything, in an array of one; districts, ranks: how many of them by district and schooling.

    without: by condition how many more would come in, were it alone dropped: each must-have in the order of needs,
    each certificate, then KIND and so on.
    """

    total: Array[I64]
    districts: Array[I64]
    ranks: Array[I64]
    without: Array[I64]


def make_census(query: Query) -> Census:
    conditions = int(query.must).bit_count() + len(query.certs) + OTHERS
    districts = np.zeros(len(query.nearness), np.int64)
    return Census(np.zeros(1, np.int64), districts, np.zeros(RANKS + 1, np.int64), np.zeros(conditions, np.int64))


@kernel
def count_index(index: Index, query: Query, census: Census) -> None:
    """Count those of an index."""
    people, post_at, posts, cert_at, cert_rows = (
        index.people, index.post_at, index.posts, index.cert_at, index.cert_rows
    )  # fmt: skip
    proof_at, proofs, proof_from = people.proof_at, people.proofs, people.proof_from
    held_at, held = people.held_at, people.held
    marks, lacks, sums = np.zeros(BLOCK, np.uint8), np.zeros(BLOCK, np.uint8), np.zeros(BLOCK, np.uint16)
    musts = np.array([need for need in range(query.size) if (query.must >> need) & 1], np.int64)
    conditions = len(musts) + len(query.certs)
    for block in range(len(index.district)):
        start, end = index.starts[block], index.starts[block + 1]
        lacks[:], sums[:], marks[:] = conditions, conditions * (conditions - 1) // 2, 0
        for at in range(len(musts)):
            for term in range(len(query.skills)):
                if query.needs[term] == musts[at] and query.meets[term]:
                    skill, mask = query.skills[term], integer(query.meets[term])
                    for each in range(integer(post_at[skill, block]), integer(post_at[skill, block + 1])):
                        row, code = integer(posts[each] >> 4), integer(posts[each] & 15)
                        if index.is_dated:
                            entry = _entry(held_at, held, start + row, skill)
                            if code != (entry >> 4) & 15:
                                code = code_on(proof_at, proofs, proof_from, start + row, entry, query.start)
                        if (mask >> code) & 1:
                            _meet(marks, lacks, sums, row, at)
        for at in range(len(musts), conditions):
            cert = query.certs[at - len(musts)]
            key = index.cert_of[cert]
            if key < 0:
                continue
            for each in range(integer(cert_at[key, block]), integer(cert_at[key, block + 1])):
                row = integer(cert_rows[each])
                if is_held(proof_at, proofs, proof_from, start + row, cert, query.start):
                    _meet(marks, lacks, sums, row, at)
        before = census.total[0]
        _tally(people, query, census, start, lacks[: end - start], sums[: end - start])
        census.districts[index.district[block]] += census.total[0] - before


@kernel
def _entry(held_at: Array[U32], held: Array[U32], row: int, skill: int) -> int:
    """Return what a row that has a skill holds of it."""
    at = integer(held_at[row])
    while held[at] >> 8 != skill:
        at += 1
    return integer(held[at])


@kernel
def _meet(marks: Array[U8], lacks: Array[U8], sums: Array[U16], row: int, condition: int) -> None:
    """Note that a row meets a condition; once, however many lists it is in."""
    if marks[row] != condition + 1:
        marks[row] = condition + 1
        lacks[row] -= np.uint8(1)
        sums[row] -= np.uint16(condition)


@kernel
def _tally(people: People, query: Query, census: Census, start: int, lacks: Array[U8], sums: Array[U16]) -> None:
    """Count rows from `start` on, of which it is known how many conditions they lack, and the sum of their numbers."""
    flags, wishes, ranks, without = people.flags, people.wishes, census.ranks, census.without
    others, asking = len(without) - OTHERS, integer(np.searchsorted(wishes.rows, start))
    kind, schooling = query.wanted & (JOB | INTERNSHIP), query.wanted >> SCHOOLED_BITS
    for at in range(len(lacks)):
        flag = integer(flags[start + at])
        if not flag & FREE or lacks[at] > 1:
            continue
        lacking, which = integer(lacks[at]), integer(sums[at])
        if flag & kind != kind:
            lacking, which = lacking + 1, others + KIND
        if (flag >> SCHOOLED_BITS) & schooling != schooling:
            lacking, which = lacking + 1, others + SCHOOLING
        if flag & ASKING:
            while wishes.rows[asking] < start + at:
                asking += 1
            unmet, wish = _unwished(wishes, query, asking)
            lacking, which = lacking + unmet, others + wish if unmet else which
        if lacking == 0:
            census.total[0] += 1
            rank = 0
            while (flag >> (SCHOOLED_BITS + rank)) & 1:
                rank += 1
            ranks[rank] += 1
        elif lacking == 1:
            without[which] += 1


@kernel
def _unwished(wishes: Wishes, query: Query, at: int) -> tuple[int, int]:
    """Return how many of somebody's wishes are not met, and one of these."""
    for each in range(integer(wishes.hidden_at[at]), integer(wishes.hidden_at[at + 1])):
        if wishes.hidden[each] == query.employer:
            return LACKING, START
    unmet, which = 0, START
    if wishes.free_from[at] > query.start:
        unmet += 1
    if wishes.wage[at] > query.wage:
        unmet, which = unmet + 1, WAGE
    begin, end = integer(wishes.district_at[at]), integer(wishes.district_at[at + 1])
    is_near = begin == end
    for each in range(begin, end):
        is_near |= wishes.districts[each] == query.place
    return (unmet, which) if is_near else (unmet + 1, PLACE)


@kernel
def count_delta(delta: Delta, query: Query, census: Census, slots: Array[U16]) -> None:
    """Count those of a delta, too."""
    people, lacks, sums = delta.people, np.zeros(1, np.uint8), np.zeros(1, np.uint16)
    take_slots(query, slots)
    for row in range(delta.sizes[0]):
        met = integer(0)
        for each in range(integer(people.held_at[row]), integer(people.held_at[row + 1])):
            entry = integer(people.held[each])
            term, code = integer(slots[entry >> 8]) - 1, entry & 15
            if term >= 0 and code != (entry >> 4) & 15:
                code = code_on(people.proof_at, people.proofs, people.proof_from, row, entry, query.start)
            while 0 <= term < len(query.skills) and query.skills[term] == entry >> 8:
                met |= ((integer(query.meets[term]) >> code) & 1) << integer(query.needs[term])
                term += 1
        condition, lacking, total = 0, 0, 0
        for need in range(query.size):
            if (query.must >> need) & 1:
                if not (met >> need) & 1:
                    lacking, total = lacking + 1, total + condition
                condition += 1
        for cert in query.certs:
            if not is_held(people.proof_at, people.proofs, people.proof_from, row, cert, query.start):
                lacking, total = lacking + 1, total + condition
            condition += 1
        lacks[0], sums[0], before = lacking, total, census.total[0]
        _tally(people, query, census, row, lacks, sums)
        census.districts[delta.district[row]] += census.total[0] - before
    leave_slots(query, slots)
