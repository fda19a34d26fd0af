"""Rows that are in the lists of several filters: few are left, and those are scored."""

from services.matching.engine.core.arrays import I64, U8, U16, Array, integer
from services.matching.engine.core.compiled import bare, kernel
from services.matching.engine.core.exact import SIZE, Batch, flush
from services.matching.engine.core.heap import Best, threshold
from services.matching.engine.core.index import Index
from services.matching.engine.core.plan import Plan
from services.matching.engine.core.query import Query


@kernel
def search_lists(
    index: Index,
    query: Query,
    plan: Plan,
    tops: Array[I64],
    batch: Batch,
    marks: Array[U8],
    found: Array[U16],
    best: Best,
    blocks: Array[I64],
) -> None:
    """Put the rows that pass the first `plan.depth` filters among the best, if they belong there.

    :param marks: zero, and left so; found: a row longer than a block. blocks: the nearest first.
    """
    index, query, plan, tops = bare(index), bare(query), bare(plan), bare(tops)
    batch, best, marks, found, blocks = bare(batch), bare(best), bare(marks), bare(found), bare(blocks)
    people, starts, district, nearness = index.people, index.starts, index.district, query.nearness
    meets = query.meets
    post_at, posts, cert_at, cert_rows, cert_ends = (
        index.post_at, index.posts, index.cert_at, index.cert_rows, index.cert_ends
    )  # fmt: skip
    lists_at, lists, keys = plan.lists_at, plan.lists, plan.keys
    rows, bonuses, size = batch.rows, batch.bonuses, batch.size
    least = threshold(best)
    for block in blocks:
        bonus = integer(nearness[district[block]])
        if plan.most + bonus < least:
            break
        count = integer(0)
        for at in range(plan.depth):
            count = 0
            for each in range(lists_at[at], lists_at[at + 1]):
                a_list, key = lists[each], keys[each]
                if a_list >= 0:
                    begin, end = integer(post_at[key, block]), integer(post_at[key, block + 1])
                    count = _in_posts(posts, begin, end, integer(meets[a_list]), marks, at, found, count)
                elif key >= 0:
                    begin, end = integer(cert_at[key, block]), integer(cert_at[key, block + 1])
                    count = _in_proofs(cert_rows, cert_ends, begin, end, query.start, marks, at, found, count)
            if count == 0:
                break
        for each in range(lists_at[0], lists_at[1]):  # only rows of the first filter's lists carry a mark
            key = keys[each]
            if lists[each] >= 0:
                _unmark(marks, posts, integer(post_at[key, block]), integer(post_at[key, block + 1]), 4)
            elif key >= 0:
                _unmark(marks, cert_rows, integer(cert_at[key, block]), integer(cert_at[key, block + 1]), 0)
        for at in range(count):
            rows[size[0]], bonuses[size[0]] = starts[block] + integer(found[at]), bonus
            size[0] += 1
            if size[0] == SIZE:
                least = flush(people, query, tops, plan.certs, batch, best, 0)
    flush(people, query, tops, plan.certs, batch, best, 0)


@kernel
def _unmark(marks: Array[U8], rows: Array[U16], begin: int, end: int, bits: int) -> None:
    for at in range(begin, end):
        marks[rows[at] >> bits] = 0


@kernel
def _in_posts(
    posts: Array[U16], begin: int, end: int, mask: int, marks: Array[U8], old: int, found: Array[U16], count: int
) -> int:
    for at in range(begin, end):
        row = posts[at] >> 4
        is_in = (marks[row] == old) & ((mask >> integer(posts[at] & 15)) & 1)
        found[count] = row
        marks[row] = old + 1 if is_in else marks[row]
        count += is_in
    return count


@kernel
def _in_proofs(
    rows: Array[U16],
    ends: Array[U16],
    begin: int,
    end: int,
    start: int,
    marks: Array[U8],
    old: int,
    found: Array[U16],
    count: int,
) -> int:
    for at in range(begin, end):
        row = rows[at]
        is_in = (marks[row] == old) & (ends[at] >= start)
        found[count] = row
        marks[row] = old + 1 if is_in else marks[row]
        count += is_in
    return count
