"""A person as a few bytes, and many of them as the arrays that the core reads.

A packed row is a list of little-endian words of 32 bits:

    0 district, its code as a number (63.11.01 is 631101)      3 lowest wage, in rupiah a month
    1 tie                                                      4 skills << 16 | proofs
    2 flags << 16 | first free day                             5 wished districts << 16 | employers who may not see them
    6… held, proofs, their first days, wished districts, employers: each as the core has it

Skills are numbered once and for all by whoever stores the rows. Days are counted from DAY_ZERO on.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import numpy as np

from services.matching.engine import score
from services.matching.engine.core.arrays import I32, I64, U32, Array
from services.matching.engine.core.delta import Row
from services.matching.engine.core.index import (
    ASKING,
    FOREVER,
    FREE,
    HELD_AT_MOST,
    INTERNSHIP,
    JOB,
    SCHOOLED_BITS,
    People,
    Wishes,
)
from services.matching.engine.parties import FREE as AVAILABLE
from services.matching.engine.parties import FREE_LATER, Held, Kind, Person
from services.reference import education, regions
from services.reference.evidence import Grade

DAY_ZERO = date(2000, 1, 1)
HEADER = 6  # words
NOBODYS = 0  # the number of no skill
LISTED_AT_MOST = 255  # proofs, wished districts, employers: of each the last ones count
HIGHEST_WAGE = 0xFFFF_FFFE  # what nobody knows is one more
KINDS = {Kind.JOB: JOB, Kind.INTERNSHIP: INTERNSHIP}


def day_number(day: date | None) -> int:
    """Return a day in 16 bits; None: it never comes. What is before DAY_ZERO counts as that."""
    return FOREVER if day is None else min(max((day - DAY_ZERO).days, 0), FOREVER - 1)


def pack(person: Person, numbers: Mapping[str, int]) -> bytes:
    """Return a person's packed row.

    :param numbers: of skills; one that has none is left out.
    """
    held = _held(person, numbers)
    proofs = [proof for proof in person.certificates if proof.skill in numbers][-LISTED_AT_MOST:]
    districts = sorted(district_number(each) for each in person.wishes.districts)[:LISTED_AT_MOST]
    hidden = sorted(employer_key(each) for each in person.hidden_from)[:LISTED_AT_MOST]
    free_from = day_number(person.available_from) if person.availability in FREE_LATER else 0
    wage = min(person.wishes.min_wage_idr or 0, HIGHEST_WAGE)
    is_asking = bool(free_from or wage or districts or hidden)
    words = [
        district_number(person.district),
        score.hashed(person.id),
        (_flags(person) | (ASKING if is_asking else 0)) << 16 | free_from,
        wage,
        len(held) << 16 | len(proofs),
        len(districts) << 16 | len(hidden),
        *held,
        *(numbers[proof.skill] << 16 | day_number(proof.valid_until) for proof in proofs),
        *(day_number(proof.valid_from) for proof in proofs),
        *districts,
        *hidden,
    ]
    return np.array(words, "<u4").tobytes()


def unpack(packed: bytes) -> Row:
    """Return one packed row as the core takes it."""
    words = np.frombuffer(packed, "<u4").astype(np.uint32)
    head = [int(word) for word in words[:HEADER]]
    counts = head[4] >> 16, head[4] & 0xFFFF, head[4] & 0xFFFF, head[5] >> 16, head[5] & 0xFFFF
    held, proofs, proof_from, districts, hidden = np.split(words[HEADER:], np.cumsum(counts)[:-1])
    return Row(
        district=places()[head[0]],
        flags=head[2] >> 16,
        tie=head[1],
        held=held,
        proofs=proofs,
        proof_from=proof_from.astype(np.uint16),
        free_from=head[2] & 0xFFFF,
        wage=head[3],
        districts=_numbered(districts),
        hidden=hidden,
    )


def nobody() -> Row:
    """Return the row of somebody who is gone."""
    none = np.zeros(0, np.uint32)
    return Row(0, 0, 0, none, none, none.astype(np.uint16), 0, 0, none, none)


def unpack_all(rows: Sequence[bytes]) -> tuple[People, Array[I32]]:
    """Return packed rows as the core's arrays, and the district of each."""
    words = np.frombuffer(b"".join(rows), "<u4")
    lengths = np.fromiter(map(len, rows), np.int64, len(rows)) // 4
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64) if len(rows) else np.zeros(0, np.int64)
    head = [words[starts + at].astype(np.uint32) for at in range(HEADER)]
    held_count, proof_count = (head[4] >> 16).astype(np.int64), (head[4] & 0xFFFF).astype(np.int64)
    district_count, hidden_count = (head[5] >> 16).astype(np.int64), (head[5] & 0xFFFF).astype(np.int64)
    flags = (head[2] >> 16).astype(np.uint16)
    held_from = starts + HEADER
    proofs_from = held_from + held_count
    asking = np.flatnonzero(flags & ASKING)
    wished_from = (proofs_from + 2 * proof_count)[asking]
    held_at, held = _gathered(words, held_from, held_count)
    proof_at, proofs = _gathered(words, proofs_from, proof_count)
    _, proof_from = _gathered(words, proofs_from + proof_count, proof_count)
    district_at, districts = _gathered(words, wished_from, district_count[asking])
    hidden_at, hidden = _gathered(words, wished_from + district_count[asking], hidden_count[asking])
    free_from = (head[2] & 0xFFFF).astype(np.uint16)[asking]
    wishes = Wishes(asking, free_from, head[3][asking], district_at, _numbered(districts), hidden_at, hidden)
    people = People(flags, head[1], held_at, held, proof_at, proofs, proof_from.astype(np.uint16), wishes)
    return people, _numbered(head[0]).astype(np.int32)


def district_number(code: str) -> int:
    """Return a district's code as a number, which no other district has."""
    return int(code.replace(".", ""))


def employer_key(id_: str) -> int:
    """Return 32 bits of an employer's id, never 0. Where two share them, whoever hides from one does from both."""
    return score.hashed(id_) or 1


@cache
def places() -> Mapping[int, int]:
    """Return the core's number of each district, by its code as a number."""
    return {district_number(code): at for at, code in enumerate(place_codes())}


@cache
def place_codes() -> tuple[str, ...]:
    """Return the codes of all districts in the order in which the core numbers them."""
    return tuple(regions.all_districts())


def _flags(person: Person) -> int:
    is_free = person.availability == AVAILABLE or (
        person.availability in FREE_LATER and person.available_from is not None
    )
    flags = FREE if is_free and person.is_visible else 0
    for kind, flag in KINDS.items():
        flags |= flag if not person.wishes.kinds or kind in person.wishes.kinds else 0
    return flags | schooled(person.education)


def schooled(held: str) -> int:
    """Return a bit for each rank of education that is reached."""
    return ((1 << education.level(held).rank) - 1) << SCHOOLED_BITS


def _held(person: Person, numbers: Mapping[str, int]) -> list[int]:
    proven = {proof.skill for proof in person.certificates}
    best = sorted(person.skills.items(), key=lambda item: -item[1].level)[:HELD_AT_MOST]
    return sorted(
        numbers[skill] << 8
        | _lower(held) << 4
        | (score.code(Grade.CERTIFIED, held.level) if skill in proven else _lower(held))
        for skill, held in best
        if skill in numbers
    )


def _lower(held: Held) -> int:
    return score.code(Grade.TRAINED if held.is_trained else Grade.CLAIMED, held.unproven) if held.unproven else 0


def _gathered(words: Array[U32], starts: Array[I64], counts: Array[I64]) -> tuple[Array[U32], Array[U32]]:
    """Return lists of words as one, with where each begins."""
    at = np.concatenate([[0], np.cumsum(counts)])
    moved = np.arange(int(at[-1])) + np.repeat(starts - at[:-1], counts)
    return at.astype(np.uint32), words[moved].astype(np.uint32)


def _numbered(codes: Array[U32]) -> Array[U32]:
    """Return the core's numbers of districts by their codes as numbers."""
    known = np.array(sorted(places()), np.uint32)
    return np.searchsorted(known, codes).astype(np.uint32)
