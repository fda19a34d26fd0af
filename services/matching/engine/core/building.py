"""From people in any order to an index."""

import numpy as np

from services.matching.engine.core.arrays import I32, I64, U16, U32, Array, Kind, integer
from services.matching.engine.core.compiled import kernel
from services.matching.engine.core.index import BLOCK, HELD_AT_MOST, Index, People, Wishes


class TooMany(ValueError):
    """There is no room for so many."""


def build(
    people: People, districts: Array[I32], chosen: Array[I64], *, skills: int, places: int
) -> tuple[Index, Array[I32]]:
    """Return the index of some people, and which of the chosen each of its rows is.

    :param districts: of each person, below `places`. chosen: rows of `people`, in any order.
    :param skills: how many there are; all that is held or proven is below.
    :raises TooMany: somebody has more skills than are scored, or a skill or district is beyond what there is.
    """
    _check(people, districts, skills=skills, places=places)
    here = districts[chosen]
    persons = np.argsort(here.astype(np.uint16), kind="stable").astype(np.int32)
    starts, first, district = _blocks(np.bincount(here, minlength=places))
    ordered = _ordered(people, chosen[persons])
    post_at = _counted(ordered.held_at, ordered.held >> np.uint32(8), starts, skills)
    posts = _paged(_posted(ordered.held_at, ordered.held, starts, post_at))
    cert_of = np.full(skills, -1, np.int32)
    proven = np.unique(ordered.proofs >> 16).astype(np.int64)
    cert_of[proven] = np.arange(len(proven))
    latest_at, latest = _latest(ordered.proof_at, ordered.proofs)
    cert_at = _counted(latest_at, cert_of[latest >> 16].astype(np.uint32), starts, max(len(proven), 1))
    cert_rows, cert_ends = _proven(latest_at, latest, cert_of, starts, cert_at)
    certs = cert_of, cert_at, cert_rows, cert_ends
    return Index(
        ordered,
        starts,
        first,
        district,
        _paged(post_at),
        posts,
        *certs,
        bool(np.any(((ordered.held >> 4) ^ ordered.held) & 15)),
        int(ordered.proof_from.max(initial=0)),
    ), persons


def join(one: People, other: People, rows: int) -> People:
    """Return the people of both, of the other only the first `rows`."""
    wishes = one.wishes, _first_wishes(other.wishes, rows)
    shifted = wishes[1].rows + len(one.flags)
    district_at, districts = _chained(
        wishes[0].district_at, wishes[0].districts, wishes[1].district_at, wishes[1].districts
    )
    hidden_at, hidden = _chained(wishes[0].hidden_at, wishes[0].hidden, wishes[1].hidden_at, wishes[1].hidden)
    held_at, held = _chained(one.held_at, one.held, other.held_at[: rows + 1], other.held)
    proof_at, proofs = _chained(one.proof_at, one.proofs, other.proof_at[: rows + 1], other.proofs)
    _, proof_from = _chained(one.proof_at, one.proof_from, other.proof_at[: rows + 1], other.proof_from)
    return People(
        flags=np.concatenate([one.flags, other.flags[:rows]]),
        ties=np.concatenate([one.ties, other.ties[:rows]]),
        held_at=held_at,
        held=held,
        proof_at=proof_at,
        proofs=proofs,
        proof_from=proof_from,
        wishes=Wishes(
            rows=np.concatenate([wishes[0].rows, shifted]),
            free_from=np.concatenate([each.free_from for each in wishes]),
            wage=np.concatenate([each.wage for each in wishes]),
            district_at=district_at,
            districts=districts,
            hidden_at=hidden_at,
            hidden=hidden,
        ),
    )


def _check(people: People, districts: Array[I32], *, skills: int, places: int) -> None:
    """The kernels look at no bounds."""
    found = [people.held >> 8, people.proofs >> 16]
    if any(len(each) and int(each.max()) >= skills for each in found):
        raise TooMany(f"a skill beyond {skills}")
    if len(districts) and not 0 <= int(districts.min()) <= int(districts.max()) < places:
        raise TooMany(f"a district beyond {places}")
    if len(people.flags) and int(np.diff(people.held_at.astype(np.int64)).max()) > HELD_AT_MOST:
        raise TooMany(f"somebody with more than {HELD_AT_MOST} skills")


def _chained(
    at: Array[U32], values: Array[Kind], other_at: Array[U32], others: Array[Kind]
) -> tuple[Array[U32], Array[Kind]]:
    """Return lists and other lists as one."""
    end = other_at[-1]
    return np.concatenate([at, other_at[1:] + at[-1]]), np.concatenate([values[: at[-1]], others[:end]])


def _first_wishes(wishes: Wishes, rows: int) -> Wishes:
    count = int(np.searchsorted(wishes.rows, rows))
    return Wishes(
        rows=wishes.rows[:count],
        free_from=wishes.free_from[:count],
        wage=wishes.wage[:count],
        district_at=wishes.district_at[: count + 1],
        districts=wishes.districts,
        hidden_at=wishes.hidden_at[: count + 1],
        hidden=wishes.hidden,
    )


def _blocks(counts: Array[I64]) -> tuple[Array[I64], Array[I32], Array[I32]]:
    """Return where blocks start, the first block of each district, and the district of each block."""
    ends = np.cumsum(counts)
    starts = [range(end - count, end, BLOCK) for end, count in zip(ends.tolist(), counts.tolist(), strict=True)]
    of_district = [len(each) for each in starts]
    first = np.concatenate([[0], np.cumsum(of_district)]).astype(np.int32)
    all_starts = np.fromiter((start for each in starts for start in each), np.int64, count=int(first[-1]))
    rows = int(ends[-1]) if len(ends) else 0
    return np.append(all_starts, rows), first, np.repeat(np.arange(len(counts), dtype=np.int32), of_district)


def _ordered(people: People, order: Array[I64]) -> People:
    held_at, held = _moved(people.held_at, people.held, order)
    proof_at, proofs = _moved(people.proof_at, people.proofs, order)
    _, proof_from = _moved(people.proof_at, people.proof_from, order)
    wishes = _rearranged(people.wishes, order, len(people.flags))
    held_at, held = _paged(held_at), _paged(held)
    return People(people.flags[order], people.ties[order], held_at, held, proof_at, proofs, proof_from, wishes)


def _paged(array: Array[Kind]) -> Array[Kind]:
    """Return an array in numpy's memory, for which the system is asked for large pages; numba does not ask."""
    return np.array(array)


def _rearranged(wishes: Wishes, order: Array[I64], count: int) -> Wishes:
    """Return the wishes of those who are left, in another order."""
    place = np.full(count, -1, np.int64)
    place[order] = np.arange(len(order))
    rows = place[wishes.rows]
    by_row = np.argsort(rows, kind="stable")
    by_row = by_row[rows[by_row] >= 0]
    district_at, districts = _moved(wishes.district_at, wishes.districts, by_row)
    hidden_at, hidden = _moved(wishes.hidden_at, wishes.hidden, by_row)
    plain = wishes.free_from[by_row], wishes.wage[by_row]
    return Wishes(rows[by_row], *plain, district_at, districts, hidden_at, hidden)


@kernel
def _moved(at: Array[U32], values: Array[Kind], order: Array[I64]) -> tuple[Array[U32], Array[Kind]]:
    """Return lists in another order, as `at` and `values`."""
    moved_at = np.zeros(len(order) + 1, np.uint32)
    for new in range(len(order)):
        old = order[new]
        moved_at[new + 1] = moved_at[new] + (at[old + 1] - at[old])
    moved = np.empty(moved_at[len(order)], values.dtype)
    for new in range(len(order)):
        old, to = order[new], integer(moved_at[new])
        for each in range(integer(at[old]), integer(at[old + 1])):
            moved[to] = values[each]
            to += 1
    return moved_at, moved


@kernel
def _latest(at: Array[U32], proofs: Array[U32]) -> tuple[Array[U32], Array[U32]]:
    """Return of each row's proofs of a skill the one that holds longest."""
    latest_at, latest, to = np.zeros(len(at), np.uint32), np.empty(len(proofs), np.uint32), 0
    for row in range(len(at) - 1):
        begin = to
        for each in range(integer(at[row]), integer(at[row + 1])):
            found = begin
            while found < to and latest[found] >> 16 != proofs[each] >> 16:
                found += 1
            if found == to:
                latest[to] = proofs[each]
                to += 1
            else:
                latest[found] = max(latest[found], proofs[each])
        latest_at[row + 1] = to
    return latest_at, latest[:to].copy()


@kernel
def _counted(at: Array[U32], keys: Array[U32], starts: Array[I64], count: int) -> Array[U32]:
    """Return where the list of each key begins in each block, and in the last column where its last one ends."""
    blocks = len(starts) - 1
    found = np.zeros((count, blocks + 1), np.uint32)
    for block in range(blocks):
        for each in range(integer(at[starts[block]]), integer(at[starts[block + 1]])):
            found[keys[each], block] += np.uint32(1)
    total = np.uint32(0)
    for key in range(count):
        for block in range(blocks):
            here = found[key, block]
            found[key, block] = total
            total += here
        found[key, blocks] = total
    return found


@kernel
def _posted(at: Array[U32], held: Array[U32], starts: Array[I64], post_at: Array[U32]) -> Array[U16]:
    posts = np.empty(len(held), np.uint16)
    free = post_at.copy()
    for block in range(len(starts) - 1):
        for row in range(starts[block], starts[block + 1]):
            local = np.uint16((row - starts[block]) << 4)
            for each in range(integer(at[row]), integer(at[row + 1])):
                skill = held[each] >> 8
                posts[free[skill, block]] = local | np.uint16(held[each] & 15)
                free[skill, block] += np.uint32(1)
    return posts


@kernel
def _proven(
    at: Array[U32], proofs: Array[U32], cert_of: Array[I32], starts: Array[I64], cert_at: Array[U32]
) -> tuple[Array[U16], Array[U16]]:
    rows, ends = np.empty(len(proofs), np.uint16), np.empty(len(proofs), np.uint16)
    free = cert_at.copy()
    for block in range(len(starts) - 1):
        for row in range(starts[block], starts[block + 1]):
            for each in range(integer(at[row]), integer(at[row + 1])):
                cert = cert_of[proofs[each] >> 16]
                to = free[cert, block]
                rows[to], ends[to] = np.uint16(row - starts[block]), np.uint16(proofs[each] & 0xFFFF)
                free[cert, block] += np.uint32(1)
    return rows, ends
