"""How to look for the best: which lists to intersect first, or to add all up; whichever is expected to be cheaper.

The constants are nanoseconds as measured on one machine; only their proportions matter, and no answer depends on them.
"""

from typing import NamedTuple

import numpy as np

from services.matching.engine.core.arrays import I32, I64, U16, Array, integer
from services.matching.engine.core.compiled import kernel
from services.matching.engine.core.index import CODES, Index
from services.matching.engine.core.query import Query

HALF = 0x8000  # what an eligible row starts from, so that 0 is left to those who are not
READ, MARK, SCORE, FILL, ADD = (
    0.0,
    1.3,
    45.0,
    0.22,
    1.0,
)  # a posting of the only list; of several; a row; a row; a posting
TOGETHER = 2.0  # so many times likelier than chance somebody has what is asked for together


class Plan(NamedTuple):
    """A filter is a must-have or a certificate; its lists are terms (0 and up) or certificates (-1 and down).

    lists, lists_at: of the filters, the shortest first. keys: of each list its row in `post_at` or `cert_at`, or -1
    where nobody has any. depth: how many of them are intersected; 0: all is added up.
    scale: so many units of the score are one of `bounds`: what a term gives by code at most, with `step` where it
    meets a must-have. exact: what is added up is the score itself. most: what all needs together give at most.
    leads, lead_keys: the first filter's lists, or of a query without filters the terms, the shortest first.
    rest: what the terms after the first so many give at most, as in `bounds`.
    certs: those which rows that pass what is intersected, or added up, may lack.
    """

    lists_at: Array[I32]
    lists: Array[I64]
    keys: Array[I64]
    depth: int
    bounds: Array[U16]
    scale: int
    step: int
    exact: bool
    most: int
    leads: Array[I64]
    lead_keys: Array[I64]
    rest: Array[I64]
    certs: Array[I32]


@kernel
def _key(index: Index, query: Query, a_list: int) -> int:
    return integer(query.skills[a_list] if a_list >= 0 else index.cert_of[query.certs[-1 - a_list]])


@kernel
def _length(index: Index, query: Query, a_list: int) -> int:
    key, at = _key(index, query, a_list), index.post_at if a_list >= 0 else index.cert_at
    return integer(at[key, -1]) - integer(at[key, 0]) if key >= 0 else 0


@kernel
def _filters(index: Index, query: Query) -> tuple[Array[I32], Array[I64], Array[I64]]:
    """Return the filters, the shortest first: where their lists begin, their lists, and how many postings each has."""
    musts = np.array([need for need in range(query.size) if (query.must >> need) & 1], np.int64)
    count = len(musts) + len(query.certs)
    lengths = np.zeros(count, np.int64)
    for at in range(count):
        if at >= len(musts):
            lengths[at] = _length(index, query, len(musts) - 1 - at)
            continue
        for term in range(len(query.skills)):
            if query.needs[term] == musts[at] and query.meets[term]:
                lengths[at] += _length(index, query, term)
    order = _ascending(lengths)
    lists_at, lists = np.zeros(count + 1, np.int32), np.zeros(len(query.skills) + len(query.certs), np.int64)
    to = 0
    for place in range(count):
        at = order[place]
        if at >= len(musts):
            lists[to] = len(musts) - 1 - at
            to += 1
        else:
            for term in range(len(query.skills)):
                if query.needs[term] == musts[at] and query.meets[term]:
                    lists[to] = term
                    to += 1
        lists_at[place + 1] = to
    return lists_at, lists[:to], lengths[order]


@kernel
def make_plan(index: Index, query: Query) -> Plan:
    """Return how to look for the best."""
    lists_at, lists, lengths = _filters(index, query)
    filters = len(lengths)
    rows = len(index.people.flags)
    most_of, total, related = np.zeros(query.size, np.int64), integer(0), integer(0)
    term_lengths = np.zeros(len(query.skills), np.int64)
    for term in range(len(query.skills)):
        most = integer(query.credits[term].max())
        related += most
        most_of[query.needs[term]] = max(most_of[query.needs[term]], most)
        term_lengths[term] = _length(index, query, term)
        total += term_lengths[term]
    for cert in range(len(query.certs)):
        total += _length(index, query, -1 - cert)
    # (lists + 1) steps above what all terms give together have to fit into 15 bits.
    scale = (related + len(query.skills)) * (len(lists) + 2) // (HALF - len(lists) - 2) + 1
    step = related // scale + len(query.skills) + 1 if scale > 1 else related + 1
    depth, least = 0, FILL * rows + ADD * total
    read, survivors = 0.0, np.float64(rows)
    for at in range(filters):
        read += lengths[at]
        survivors *= min(1.0, (TOGETHER if at else 1.0) * lengths[at] / max(rows, 1))
        cost = (MARK if at else READ) * read + SCORE * survivors
        if cost < least:
            depth, least = at + 1, cost
    certs = _unproven(index, query, lists[lists_at[depth] :] if depth else lists[:0])
    # One of related skills may name somebody twice.
    exact = scale == 1 and related == most_of.sum() and len(lists) == filters and len(certs) == 0 and not index.is_dated
    keys = np.array([_key(index, query, each) for each in lists], np.int64)
    leads = lists[: lists_at[1]] if filters else _ascending(term_lengths)
    lead_keys = keys[: lists_at[1]] if filters else query.skills[leads].astype(np.int64)
    return Plan(
        lists_at,
        lists,
        keys,
        depth,
        bounds_of(query, scale, step if depth == 0 else 0),
        scale,
        step,
        exact,
        most_of.sum(),
        leads,
        lead_keys,
        _rest(query, leads, scale) if filters == 0 else np.zeros(0, np.int64),
        certs,
    )


@kernel
def _unproven(index: Index, query: Query, lists: Array[I64]) -> Array[I32]:
    """Return the certificates that a row may lack, though it passed all filters but those of some lists."""
    if query.start < index.begun:
        return query.certs
    certs, count = np.empty(len(query.certs), np.int32), 0
    for a_list in lists:
        if a_list < 0:
            certs[count] = query.certs[-1 - a_list]
            count += 1
    return certs[:count]


@kernel
def _rest(query: Query, terms: Array[I64], scale: int) -> Array[I64]:
    """Return what the terms after the first so many give together at most."""
    rest, most_of = np.zeros(len(terms) + 1, np.int64), np.zeros(query.size, np.int64)
    for at in range(len(terms) - 1, -1, -1):
        need, most = query.needs[terms[at]], (integer(query.credits[terms[at]].max()) + scale - 1) // scale
        rest[at] = rest[at + 1] + max(0, most - most_of[need])
        most_of[need] = max(most_of[need], most)
    return rest


@kernel
def _ascending(lengths: Array[I64]) -> Array[I64]:
    """Return the order of a few numbers; numba's own argsort is slow."""
    order = np.arange(len(lengths))
    for at in range(1, len(lengths)):
        each, to = order[at], at
        while to > 0 and lengths[order[to - 1]] > lengths[each]:
            order[to] = order[to - 1]
            to -= 1
        order[to] = each
    return order


@kernel
def bounds_of(query: Query, scale: int, step: int) -> Array[U16]:
    bounds = np.zeros((len(query.skills), CODES), np.uint16)
    for term in range(len(query.skills)):
        for code in range(CODES):
            bound = (integer(query.credits[term, code]) + scale - 1) // scale
            bounds[term, code] = bound + step * ((integer(query.meets[term]) >> code) & 1)
    return bounds
