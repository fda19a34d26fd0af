"""All rows at once: what they have is added up, block by block, and who may be among the best stands out."""

import numpy as np

from services.matching.engine.core.arrays import I32, I64, U16, U32, Array, integer
from services.matching.engine.core.compiled import kernel
from services.matching.engine.core.exact import Batch, flush
from services.matching.engine.core.heap import NONE, Best, push, threshold
from services.matching.engine.core.index import ASKING, Index
from services.matching.engine.core.plan import HALF, Plan
from services.matching.engine.core.query import Query

GROUP = 2  # blocks that are looked at together, while they are of one district
STRIDE = 128  # rows that are looked at by one comparison


@kernel
def search_all(
    index: Index, query: Query, plan: Plan, batch: Batch, sums: Array[U16], best: Best, blocks: Array[I64]
) -> None:
    """Put the rows whose sum is high enough among the best, if they belong there.

    After adding up, whoever may meet everything stands at HALF and more.

    :param sums: as long as a group of blocks. blocks: the nearest first.
    """
    people, starts, district, nearness = index.people, index.starts, index.district, query.nearness
    flags = people.flags
    post_at, posts, cert_at, cert_rows, cert_ends = (
        index.post_at, index.posts, index.cert_at, index.cert_rows, index.cert_ends
    )  # fmt: skip
    skills, lists, keys, bounds = query.skills, plan.lists, plan.keys, plan.bounds
    base, step, wanted = (
        np.uint16(HALF - (len(plan.lists_at) - 1) * plan.step),
        np.uint16(plan.step),
        np.uint16(query.wanted),
    )
    rows, bonuses, size, places, kept, salt = batch.rows, batch.bonuses, batch.size, best.places, best.rows, query.salt
    limit, least = len(places), threshold(best)
    done = 0
    while done < len(blocks):
        first, together = blocks[done], _together(blocks, done, district)
        last, done = first + together - 1, done + together
        bonus = integer(nearness[district[first]])
        if plan.most + bonus < least:
            break
        start, end = starts[first], starts[last + 1]
        here = sums[: end - start]
        _begin(here, flags[start:end], wanted, base)
        for term in range(len(skills)):
            skill = skills[term]
            for block in range(first, last + 1):
                part = here[starts[block] - start :]
                _add(part, posts, integer(post_at[skill, block]), integer(post_at[skill, block + 1]), bounds, term)
        for each in range(len(lists)):
            key = keys[each]
            if lists[each] < 0 <= key:
                for block in range(first, last + 1):
                    part = here[starts[block] - start :]
                    for at in range(integer(cert_at[key, block]), integer(cert_at[key, block + 1])):
                        part[cert_rows[at]] += step if cert_ends[at] >= query.start else np.uint16(0)
        low = HALF + max(0, (least - bonus + plan.scale - 1) // plan.scale)
        if least < 0:  # first those who stand out, so that the others have something to reach
            low = _reached_by(here, limit)
        at, is_first = integer(0), least < 0
        while low <= integer(_highest(here)):
            at = _collect(
                here, at, low, plan.scale, plan.exact, start, bonus, flags, people.ties, salt, places, kept,
                best.size, rows, bonuses, size
            )  # fmt: skip
            if size[0]:
                flush(people, query, batch, best, 0)
            if at == len(here) and not is_first:
                break
            least = threshold(best)
            low = HALF + max(0, (least - bonus + plan.scale - 1) // plan.scale)
            at, is_first = (0, False) if at == len(here) else (at, is_first)
        least = threshold(best)


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
def _begin(sums: Array[U16], flags: Array[U16], wanted: U16, base: U16) -> None:
    for at in range(len(sums)):  # of equal lengths: it becomes vector instructions
        sums[at] = base if flags[at] & wanted == wanted else np.uint16(0)


@kernel
def _add(sums: Array[U16], posts: Array[U16], begin: int, end: int, bounds: Array[U16], term: int) -> None:
    for at in range(begin, end):
        post = posts[at]
        sums[np.uint64(post >> 4)] += bounds[term, np.uint64(post & 15)]


@kernel
def _highest(sums: Array[U16]) -> U16:
    found = np.uint16(0)
    for at in range(len(sums)):
        found = max(found, sums[at])
    return found


@kernel
def _reaching(sums: Array[U16], low: U16) -> int:
    count = integer(0)
    for at in range(len(sums)):
        count += sums[at] >= low
    return count


@kernel
def _reached_by(sums: Array[U16], wanted: int) -> int:
    """Return a sum, HALF and more, that about `wanted` rows reach, or all that may meet everything."""
    low, high = integer(HALF), integer(_highest(sums)) + 1
    if _reaching(sums, np.uint16(low)) <= wanted:
        return low
    while high - low > 1:
        middle = (low + high) // 2
        if _reaching(sums, np.uint16(middle)) >= wanted:
            low = middle
        else:
            high = middle
    return low


@kernel
def _collect(
    sums: Array[U16],
    begin: int,
    low: int,
    scale: int,
    exact: bool,
    start: int,
    bonus: int,
    flags: Array[U16],
    ties: Array[U32],
    salt: int,
    places: Array[I64],
    kept: Array[I64],
    count: Array[I64],
    rows: Array[I64],
    bonuses: Array[I64],
    size: Array[I64],
) -> int:
    """Batch the rows from `begin` on whose sum reaches `low`, each once; return where it stopped, since it was full.

    Those who would not come in even with all of it are left out, and whose sum is their score, come in at once.
    """
    least = np.uint16(low)
    worst = places[0] if count[0] == len(places) else integer(NONE)
    for stride in range(begin // STRIDE * STRIDE, len(sums), STRIDE):
        end = min(len(sums), stride + STRIDE)
        if _highest(sums[stride:end]) < least:
            continue
        for at in range(max(begin, stride), end):
            if sums[at] < least:
                continue
            place = (((integer(sums[at]) - HALF) * scale + bonus) << 32) | integer(ties[start + at] ^ np.uint32(salt))
            sums[at] = 0
            if place <= worst:
                continue
            if exact and not flags[start + at] & ASKING:
                count[0] = push(places, kept, count[0], place, start + at)
                worst = places[0] if count[0] == len(places) else integer(NONE)
                continue
            rows[size[0]], bonuses[size[0]] = start + at, bonus
            size[0] += 1
            if size[0] == len(rows):
                return at + 1
    return len(sums)
