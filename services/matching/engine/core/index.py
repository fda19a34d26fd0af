"""People as arrays: what the kernels read. Days are counted from any one day on, in 16 bits; the caller says which."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.core.arrays import I32, I64, U16, U32, Array

BLOCK_BITS = 12
BLOCK = 1 << BLOCK_BITS  # rows, so that a row and a code make 16 bits, and what is added up stays in the first cache
LEVELS = 5
CODES = 16  # 0: does not have the skill; else 1 + LEVELS * grade + level - 1
HELD_AT_MOST = 1024  # skills of a person
FOREVER = 0xFFFF  # the last day of what never ends
# What a row's flags say; from SCHOOLED on, one bit for each rank of education that is reached.
FREE, JOB, INTERNSHIP, ASKING = 1, 2, 4, 8  # may be shown and may be free; takes a job, an internship; has Wishes
SCHOOLED_BITS, RANKS = 4, 12


class Wishes(NamedTuple):
    """What few people ask in return; of rows with the flag ASKING, in ascending order.

    free_from: the first day; wage: the lowest, in rupiah a month; districts: where they would work, none: anywhere;
    hidden: keys of employers who may not see them.
    """

    rows: Array[I64]
    free_from: Array[U16]
    wage: Array[U32]
    district_at: Array[U32]
    districts: Array[U32]
    hidden_at: Array[U32]
    hidden: Array[U32]


class People(NamedTuple):
    """A row a person.

    ties: who comes first of equals, once the query's salt has stirred them.
    held: skill << 8 | lower << 4 | code, ascending within a row; `code` counts while a proof holds, `lower` without
        any; they are one where nothing depends on the day.
    proofs: skill << 16 | last day; proof_from: first day.
    """

    flags: Array[U16]
    ties: Array[U32]
    held_at: Array[U32]
    held: Array[U32]
    proof_at: Array[U32]
    proofs: Array[U32]
    proof_from: Array[U16]
    wishes: Wishes


class Index(NamedTuple):
    """People in the order of their districts, in blocks that never cross one, and who has what, by block.

    starts: first row by block; first: first block by district; district: of a block.
    posts: of skill s in block b from post_at[s, b] on: row in the block << 4 | code.
    cert_of: by skill the number of its list of proofs, or -1; cert_rows, cert_ends: row in the block and last day, of
        whoever has several the latest.
    begun: the day from which on all proofs have begun, so that who stands in a list of them until a day has one then.
    """

    people: People
    starts: Array[I64]
    first: Array[I32]
    district: Array[I32]
    post_at: Array[U32]
    posts: Array[U16]
    cert_of: Array[I32]
    cert_at: Array[U32]
    cert_rows: Array[U16]
    cert_ends: Array[U16]
    is_dated: bool
    begun: int


def no_wishes() -> Wishes:
    """Return the wishes of people who have none."""
    none = np.zeros(0, np.uint32)
    one = np.zeros(1, np.uint32)
    return Wishes(np.zeros(0, np.int64), np.zeros(0, np.uint16), none, one, none, one, none)
