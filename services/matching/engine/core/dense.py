"""All rows at once: what they have is added up, block by block, and who may be among the best stands out."""

import numpy as np

from services.matching.engine.core.arrays import I32, I64, U16, U32, Array, integer
from services.matching.engine.core.compiled import bare, kernel
from services.matching.engine.core.exact import Batch, flush
from services.matching.engine.core.heap import Best, offered, threshold
from services.matching.engine.core.index import Index
from services.matching.engine.core.plan import HALF, Plan
from services.matching.engine.core.query import Query

GROUP = 2  # blocks that are looked at together, while they are of one district
STRIDE = 128  # rows that are looked at by one comparison
WALK = 8  # one in so many rows: if fewer are in the leading lists, only those are looked at


@kernel
def search_all(
    index: Index,
    query: Query,
    plan: Plan,
    tops: Array[I64],
    batch: Batch,
    sums: Array[U16],
    found: Array[U16],
    totals: Array[U16],
    best: Best,
    blocks: Array[I64],
) -> None:
    """Put the rows whose sum is high enough among the best, if they belong there.

    While there are not enough of them yet, all rows are looked at: whoever may meet everything stands at HALF and more.
    Then only those in a list without which nobody can be among the best.

    :param sums, found, totals: longer than a group of blocks. blocks: the nearest first.
    """
    index, query, plan, tops, batch = bare(index), bare(query), bare(plan), bare(tops), bare(batch)
    sums, found, totals, best, blocks = bare(sums), bare(found), bare(totals), bare(best), bare(blocks)
    people, starts, district, nearness = index.people, index.starts, index.district, query.nearness
    flags, ties = people.flags, people.ties
    post_at, posts, cert_at, cert_rows, cert_ends = (
        index.post_at, index.posts, index.cert_at, index.cert_rows, index.cert_ends
    )  # fmt: skip
    skills, lists, keys, bounds, scale = query.skills, plan.lists, plan.keys, plan.bounds, plan.scale
    leads, lead_keys, rest, filters = plan.leads, plan.lead_keys, plan.rest, len(plan.lists_at) - 1
    met, step, wanted, salt = filters * plan.step, np.uint16(plan.step), query.wanted, query.salt
    rows, bonuses, size, places, kept = batch.rows, batch.bonuses, batch.size, best.places, best.rows
    limit, least, leading, done = len(places), threshold(best), len(leads), 0
    while done < len(blocks):
        first, together = blocks[done], _together(blocks, done, district)
        last, done = first + together - 1, done + together
        bonus = integer(nearness[district[first]])
        if plan.most + bonus < least:
            break
        start, end = starts[first], starts[last + 1]
        here = sums[: end - start]
        low = max(0, (least - bonus + scale - 1) // scale)
        while not filters and leading and rest[leading - 1] < low:
            leading -= 1
        listed = _listed(leads[:leading], lead_keys, post_at, cert_at, first, last)
        is_walk = least >= 0 and (filters > 0 or low > 0) and listed * WALK < len(here)
        if is_walk and listed == 0:
            continue
        if is_walk:
            here[:] = 0
        else:
            _begin(here, flags[start:end], np.uint16(wanted), np.uint16(HALF - met))
        for term, skill in enumerate(skills):
            for block in range(first, last + 1):
                part = here[starts[block] - start :]
                _add(part, posts, integer(post_at[skill, block]), integer(post_at[skill, block + 1]), bounds, term)
        for each in range(len(lists)):
            key = keys[each]
            if lists[each] < 0 <= key:
                for block in range(first, last + 1):
                    part = here[starts[block] - start :]
                    from_proof, to = integer(cert_at[key, block]), integer(cert_at[key, block + 1])
                    _add_proofs(part, cert_rows, cert_ends, from_proof, to, query.start, step)
        base, is_first = integer(met if is_walk else HALF), least < 0
        # At first those who stand out, so that the others have something to reach.
        low = _reached_by(here, limit) - HALF if is_first else low
        for _ in range(2 if is_first else 1):
            if is_walk:
                count = _in_leads(
                    here, leads[:leading], lead_keys, post_at, posts, cert_at, cert_rows, starts, first, last,
                    base + low, found, totals
                )  # fmt: skip
            else:
                count = _standing_out(here, base + low, found, totals)
            at = integer(0)
            while at < count:
                at = offered(
                    found, totals, at, count, start, base, scale, bonus, plan.exact, flags, wanted, ties, salt,
                    places, kept, best.size, rows, bonuses, size
                )  # fmt: skip
                if size[0]:
                    flush(people, query, tops, plan.certs, batch, best, 0)
            least = threshold(best)
            low = max(0, (least - bonus + scale - 1) // scale)


@kernel
def _together(blocks: Array[I64], at: int, district: Array[I32]) -> int:
    """Return how many of the blocks from one on are looked at together: neighbours, of one district."""
    first, count = blocks[at], 1
    while count < GROUP and at + count < len(blocks) and blocks[at + count] == first + count:
        if district[first + count] != district[first]:
            break
        count += 1
    return count


@kernel
def _listed(
    leads: Array[I64], keys: Array[I64], post_at: Array[U32], cert_at: Array[U32], first: int, last: int
) -> int:
    """Return how many postings some lists have from a block to another."""
    total = integer(0)
    for each in range(len(leads)):
        key, at = keys[each], post_at if leads[each] >= 0 else cert_at
        total += integer(at[key, last + 1]) - integer(at[key, first]) if key >= 0 else 0
    return total


@kernel
def _in_leads(
    sums: Array[U16],
    leads: Array[I64],
    keys: Array[I64],
    post_at: Array[U32],
    posts: Array[U16],
    cert_at: Array[U32],
    cert_rows: Array[U16],
    starts: Array[I64],
    first: int,
    last: int,
    low: int,
    found: Array[U16],
    totals: Array[U16],
) -> int:
    """Find the rows of some lists whose sum reaches `low`, from a block to another; return how many they are."""
    count = integer(0)
    for each in range(len(leads)):
        key, is_term = keys[each], leads[each] >= 0
        at, rows, bits = (post_at, posts, 4) if is_term else (cert_at, cert_rows, 0)
        for block in range(first, last + 1 if key >= 0 else first):
            before, from_post, to = starts[block] - starts[first], integer(at[key, block]), integer(at[key, block + 1])
            count = _reaching(sums, rows, bits, from_post, to, before, low, found, totals, count)
    return count


@kernel
def _begin(sums: Array[U16], flags: Array[U16], wanted: U16, base: U16) -> None:
    for at in range(len(sums)):  # of equal lengths: it becomes vector instructions
        sums[at] = base if flags[at] & wanted == wanted else np.uint16(0)


@kernel
def _add(sums: Array[U16], posts: Array[U16], begin: int, end: int, bounds: Array[U16], term: int) -> None:
    for at in range(begin, end):
        post = posts[at]
        sums[np.uint64(post >> 4)] += bounds[term, np.uint64(post & 15)]


@kernel
def _add_proofs(
    sums: Array[U16], rows: Array[U16], ends: Array[U16], begin: int, end: int, start: int, step: U16
) -> None:
    """Add a step for those who have a certificate until a day, or longer."""
    for at in range(begin, end):
        sums[rows[at]] += step if ends[at] >= start else np.uint16(0)


@kernel
def _highest(sums: Array[U16]) -> U16:
    found = np.uint16(0)
    for at in range(len(sums)):
        found = max(found, sums[at])
    return found


@kernel
def _count(sums: Array[U16], low: U16) -> int:
    count = integer(0)
    for at in range(len(sums)):
        count += sums[at] >= low
    return count


@kernel
def _reached_by(sums: Array[U16], wanted: int) -> int:
    """Return a sum, HALF and more, that about `wanted` rows reach, or all that may meet everything."""
    low, high = integer(HALF), integer(_highest(sums)) + 1
    if _count(sums, np.uint16(low)) <= wanted:
        return low
    while high - low > 1:
        middle = (low + high) // 2
        if _count(sums, np.uint16(middle)) >= wanted:
            low = middle
        else:
            high = middle
    return low


@kernel
def _standing_out(sums: Array[U16], low: int, found: Array[U16], totals: Array[U16]) -> int:
    """Find the rows whose sum reaches `low`, each once, and return how many they are."""
    least, count = np.uint16(low), integer(0)
    for stride in range(0, len(sums), STRIDE):
        end = min(len(sums), stride + STRIDE)
        if _highest(sums[stride:end]) < least:
            continue
        for at in range(stride, end):
            if sums[at] >= least:
                found[count], totals[count], sums[at] = at, sums[at], 0
                count += 1
    return count


@kernel
def _reaching(
    sums: Array[U16],
    in_list: Array[U16],
    bits: int,
    begin: int,
    end: int,
    before: int,
    low: int,
    found: Array[U16],
    totals: Array[U16],
    count: int,
) -> int:
    """Find the rows of a list whose sum reaches `low`, each once, and return how many have been found by now.

    :param before: rows before those of the list. low: 1 at least.
    """
    for at in range(begin, end):
        row = before + integer(in_list[at] >> bits)
        if sums[row] >= low:
            found[count], totals[count], sums[row] = row, sums[row], 0
            count += 1
    return count
