"""The score of a row, exactly, and whether it may be shown at all."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.core.arrays import I32, I64, U16, U32, Array, integer
from services.matching.engine.core.compiled import bare, kernel
from services.matching.engine.core.heap import NONE, Best, push
from services.matching.engine.core.index import ASKING, CODES, HELD_AT_MOST, LEVELS, People, Wishes
from services.matching.engine.core.query import NEEDS, Query

SIZE = 512  # rows that are scored together, so that the memory is waited for once and not for each


class Batch(NamedTuple):
    """Rows that may be among the best, with what their nearness gives; and what it takes to score them.

    size: how many there are, in an array of one. spans: where what they hold begins and ends, and its first and last.
    slots: by skill the number of its first term, from 1; 0: it is not asked for. most: by need. hits: of one row.
    """

    rows: Array[I64]
    bonuses: Array[I64]
    size: Array[I64]
    spans: Array[I64]
    slots: Array[U16]
    most: Array[I64]
    hits: Array[U32]


def make_batch(skills: int) -> Batch:
    return Batch(
        rows=np.zeros(SIZE, np.int64),
        bonuses=np.zeros(SIZE, np.int64),
        size=np.zeros(1, np.int64),
        spans=np.zeros((SIZE, 4), np.int64),
        slots=np.zeros(skills, np.uint16),
        most=np.zeros(NEEDS, np.int64),
        hits=np.zeros(HELD_AT_MOST + 1, np.uint32),
    )


@kernel
def take_slots(query: Query, slots: Array[U16]) -> Array[I64]:
    """Return by slot and code what a skill adds to the score at most, whatever it counts for."""
    tops = np.zeros((len(query.skills) + 1, CODES), np.int64)
    for term in range(len(query.skills) - 1, -1, -1):
        skill = query.skills[term]
        before = integer(slots[skill])
        for code in range(CODES):
            tops[term + 1, code] = tops[before, code] + integer(query.credits[term, code])
        slots[skill] = term + 1
    return tops


@kernel
def leave_slots(query: Query, slots: Array[U16]) -> None:
    for skill in query.skills:
        slots[skill] = 0


@kernel
def flush(
    people: People, query: Query, tops: Array[I64], certs: Array[I32], batch: Batch, best: Best, offset: int
) -> int:
    """Put the rows of a batch that belong there among the best, and return what a row must reach from now on.

    It goes over them several times, so that what is waited for is waited for together.

    :param certs: of those asked for, the ones of which it is not known yet that the rows have them.
    :param offset: is added to the rows that are kept.
    """
    people, query, tops, certs, batch, best = (
        bare(people),
        bare(query),
        bare(tops),
        bare(certs),
        bare(batch),
        bare(best),
    )
    rows, bonuses, spans, slots, most, hits = (
        batch.rows, batch.bonuses, batch.spans, batch.slots, batch.most, batch.hits
    )  # fmt: skip
    flags, held_at, held = people.flags, people.held_at, people.held
    proof_at, proofs, proof_from = people.proof_at, people.proofs, people.proof_from
    skills, needs, gives, meets = query.skills, query.needs, query.credits, query.meets
    places, kept, size = best.places, best.rows, best.size[0]
    limit, salt = len(places), np.uint32(query.salt)
    left = integer(0)
    for at in range(batch.size[0]):
        row = rows[at]
        rows[left], bonuses[left] = row, bonuses[at]
        left += integer(flags[row] & query.wanted == query.wanted)
    for at in range(left):
        begin, end = integer(held_at[rows[at]]), integer(held_at[rows[at] + 1])
        spans[at, 0], spans[at, 1] = begin, end
        if begin < end:  # for the memory to be asked for what all of them hold, before any of it is waited for
            spans[at, 2], spans[at, 3] = held[begin], held[end - 1]
    least = places[0] >> 32 if size == limit else integer(NONE)
    for at in range(left):
        row, total, met = rows[at], bonuses[at], integer(0)
        count, highest = integer(0), total
        for each in range(spans[at, 0], spans[at, 1]):  # without a branch: nobody can foresee who has what
            entry = held[each]
            slot = slots[entry >> 8]
            highest += tops[slot, entry & 15]
            hits[count] = entry
            count += slot != 0
        if highest < least:
            continue
        for need in range(query.size):
            most[need] = 0
        for each in range(count):
            entry = integer(hits[each])
            term, code = integer(slots[entry >> 8]) - 1, entry & 15
            if code != (entry >> 4) & 15:
                code = code_on(proof_at, proofs, proof_from, row, entry, query.start)
            while term < len(skills) and skills[term] == entry >> 8:
                need, credit = integer(needs[term]), integer(gives[term, code])
                total += max(0, credit - most[need])
                most[need] = max(most[need], credit)
                met |= ((integer(meets[term]) >> code) & 1) << need
                term += 1
        if total < least or met & query.must != query.must:
            continue
        if len(certs) and not is_proven(proof_at, proofs, proof_from, row, certs, query.start):
            continue
        if flags[row] & ASKING and not is_wished(people.wishes, query, row):
            continue
        size = push(places, kept, size, (total << 32) | integer(people.ties[row] ^ salt), row + offset)
        least = places[0] >> 32 if size == limit else integer(NONE)
    batch.size[0], best.size[0] = 0, size
    return least


@kernel
def code_on(proof_at: Array[U32], proofs: Array[U32], proof_from: Array[U16], row: int, entry: int, start: int) -> int:
    """Return the code of what a row holds on a day. A proof that ran out still tells that it was learnt."""
    code, lower, skill = entry & 15, (entry >> 4) & 15, entry >> 8
    is_learnt = False
    for each in range(integer(proof_at[row]), integer(proof_at[row + 1])):
        proof = integer(proofs[each])
        if proof >> 16 == skill and proof_from[each] <= start:
            if start <= proof & 0xFFFF:
                return code
            is_learnt = True
    return max(lower, code - LEVELS) if is_learnt else lower


@kernel
def is_held(proof_at: Array[U32], proofs: Array[U32], proof_from: Array[U16], row: int, cert: int, start: int) -> bool:
    """Tell whether a row has a certificate on a day."""
    for each in range(integer(proof_at[row]), integer(proof_at[row + 1])):
        proof = integer(proofs[each])
        if proof >> 16 == cert and proof_from[each] <= start <= proof & 0xFFFF:
            return True
    return False


@kernel
def is_proven(
    proof_at: Array[U32], proofs: Array[U32], proof_from: Array[U16], row: int, certs: Array[I32], start: int
) -> bool:
    """Tell whether a row has all certificates on a day."""
    proven = True
    for cert in certs:
        proven = proven and is_held(proof_at, proofs, proof_from, row, cert, start)
    return proven


@kernel
def is_wished(wishes: Wishes, query: Query, row: int) -> bool:
    """Tell whether somebody who asks something in return gets it here, and may be seen."""
    at = np.searchsorted(wishes.rows, row)
    if wishes.free_from[at] > query.start or wishes.wage[at] > query.wage:
        return False
    for each in range(integer(wishes.hidden_at[at]), integer(wishes.hidden_at[at + 1])):
        if wishes.hidden[each] == query.employer:
            return False
    begin, end = integer(wishes.district_at[at]), integer(wishes.district_at[at + 1])
    for each in range(begin, end):
        if wishes.districts[each] == query.place:
            return True
    return begin == end
