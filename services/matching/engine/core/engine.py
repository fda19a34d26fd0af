"""The best of many people for a query, while they change."""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from services.matching.engine.core import delta as deltas
from services.matching.engine.core.arrays import I32, I64, Array
from services.matching.engine.core.building import TooMany, build, join
from services.matching.engine.core.census import Census, count_delta, count_index, make_census
from services.matching.engine.core.delta import Delta, Row
from services.matching.engine.core.heap import Best, make_best
from services.matching.engine.core.index import HELD_AT_MOST, Index, People
from services.matching.engine.core.query import NEEDS, Query
from services.matching.engine.core.search import Scratch, make_scratch, search

ROOM = 4096  # rows of a delta, or a hundredth of the people, whichever is more
Found: TypeAlias = tuple[Array[I64], Array[I64]]  # numbers and scores
TRIES = 3  # at a moment without a change, before changes have to wait


@dataclass
class _State:
    """An index and what changed since it was built.

    numbers: of each row of the index the person's. rows: by number the row, of the index, or after them of the delta.
    owners: of each row of the delta the person's number. changed: the newest row in the delta, by number.
    count: of people. writes: counted before and after each change.
    """

    index: Index
    numbers: Array[I32]
    rows: Array[I32]
    delta: Delta
    districts: Array[I32]
    count: int
    owners: list[int] = field(default_factory=list)
    changed: dict[int, int] = field(default_factory=dict)
    writes: int = 0


class Engine:
    """Finds who fits best. Any number of threads may ask while others change people.

    People have numbers, from 0: in the order in which they were given, and then in that in which they came.
    """

    def __init__(self, people: People, districts: Array[I32], *, skills: int, places: int) -> None:
        """:param districts: of each person, below `places`. skills: how many skills there may be.

        :raises TooMany: somebody has more skills than are scored, or a skill or district is beyond what there is.
        """
        self._sizes = {"skills": skills, "places": places}
        self._state = self._built(people, districts, np.arange(len(districts)))
        self._changing, self._merging = threading.Lock(), threading.Lock()
        self._late: list[tuple[int, Row]] | None = None  # what changes while the next index is built
        self._own = threading.local()

    def __len__(self) -> int:
        """Return how many people there are, also those whom nobody may see."""
        return self._state.count

    def top(self, query: Query, limit: int) -> Found:
        """Return the numbers and the scores of the best, the best first.

        :raises TooMany: it asks for more skills than there are, or than are scored.
        """
        self._check(query)
        if limit < 1:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        for _ in range(TRIES):
            state = self._state
            writes = state.writes
            found = self._found(state, query, limit)
            # Whoever changes meanwhile may be there twice, or not at all.
            if state.writes == writes and writes % 2 == 0:
                return found
        with self._changing:
            return self._found(self._state, query, limit)

    def count(self, query: Query) -> Census:
        """Return how many meet what is asked, and how many more would if one condition were dropped.

        :raises TooMany: it asks for more than there is.
        """
        self._check(query)
        scratch, _ = self._mine(1)
        with self._changing:
            census, state = make_census(query), self._state
            count_index(state.index, query, census)
            if state.delta.sizes[0]:
                count_delta(state.delta, query, census, scratch.batch.slots)
        return census

    def top_many(self, queries: Sequence[Query], limit: int) -> list[Found]:
        """Return what `top` does for each of many queries; all processors share them."""
        parts = os.cpu_count() or 1
        shares = [queries[part::parts] for part in range(parts)]
        with ThreadPoolExecutor(parts) as threads:
            found = list(threads.map(lambda share: [self.top(query, limit) for query in share], shares))
        return [found[at % parts][at // parts] for at in range(len(queries))]

    def change(self, number: int, row: Row) -> None:
        """Let a person be as the row says from now on; the next number is that of somebody new.

        :raises TooMany: they have more skills than are scored, or a skill or district is beyond what there is.
        :raises IndexError: nobody has this number.
        """
        self._check_row(row)
        with self._changing:
            if not 0 <= number <= self._state.count:
                raise IndexError(number)
            if self._late is not None:
                self._late.append((number, row))
            has_room = deltas.has_room(self._state.delta, row)
            if has_room:
                _append(self._state, number, row)
        if not has_room:
            self.merge()
            self.change(number, row)

    def merge(self) -> None:
        """Build an index of all people as they are now; meanwhile one may ask, and change."""
        with self._merging:
            with self._changing:
                state, self._late = self._state, []
                count = int(state.delta.sizes[0])
                people = join(state.index.people, state.delta.people, count)
                districts = np.concatenate([state.districts, state.delta.district[:count]])
                chosen = _current(state)
            try:
                built = self._built(people, districts, chosen)
            except BaseException:
                self._late = None
                raise
            with self._changing:
                late, self._late = self._late, None
                while late and deltas.has_room(built.delta, late[0][1]):
                    _append(built, *late.pop(0))
                self._state = built
        for number, row in late:
            self.change(number, row)

    @property
    def changed(self) -> int:
        """How many rows were written since the index was built: from a hundredth of the people on it costs time."""
        return int(self._state.delta.sizes[0])

    def _built(self, people: People, districts: Array[I32], chosen: Array[I64]) -> _State:
        index, numbers = build(people, districts, chosen, **self._sizes)
        rows = np.empty(len(numbers), np.int32)
        rows[numbers] = np.arange(len(numbers), dtype=np.int32)
        delta = deltas.make_delta(self._sizes["skills"], max(ROOM, len(numbers) // 50))
        return _State(index, numbers, rows, delta, districts[chosen][numbers], len(numbers))

    def _found(self, state: _State, query: Query, limit: int) -> Found:
        scratch, best = self._mine(limit)
        scores, found = search(state.index, query, scratch, best)
        if not state.delta.sizes[0]:
            return state.numbers[found].astype(np.int64), scores
        rows = len(state.numbers)
        scores, found = deltas.search_delta(state.delta, query, scratch.batch, best, rows)
        numbers = [state.numbers[row] if row < rows else state.owners[row - rows] for row in found.tolist()]
        return np.array(numbers, np.int64), scores

    def _mine(self, limit: int) -> tuple[Scratch, Best]:
        """Return what this thread writes to."""
        own = self._own
        if not hasattr(own, "scratch"):
            own.scratch, own.best = make_scratch(self._sizes["skills"]), {}
        if limit not in own.best:
            own.best[limit] = make_best(limit)
        return own.scratch, own.best[limit]

    def _check(self, query: Query) -> None:
        """The kernels look at no bounds."""
        asked = [*query.certs.tolist(), *query.skills[-1:].tolist()]
        if max(query.size, len(query.certs)) > NEEDS or any(skill >= self._sizes["skills"] for skill in asked):
            raise TooMany(f"{query.size} skills up to {max(asked, default=0)}")
        if len(query.nearness) != self._sizes["places"]:
            raise TooMany(f"{len(query.nearness)} districts")

    def _check_row(self, row: Row) -> None:
        named = [*(row.held >> 8).tolist(), *(row.proofs >> 16).tolist()]
        is_near = 0 <= row.district < self._sizes["places"]
        if len(row.held) > HELD_AT_MOST or any(skill >= self._sizes["skills"] for skill in named) or not is_near:
            raise TooMany(f"{len(row.held)} skills up to {max(named, default=0)}, district {row.district}")


def _append(state: _State, number: int, row: Row) -> None:
    """Write a row to the delta, and let the one before be seen no more."""
    state.writes += 1
    at = deltas.append(state.delta, row)
    state.owners.append(number)
    state.delta.sizes[0] = at + 1
    before = state.changed.get(number)
    if before is not None:
        state.delta.people.flags[before] = 0
    elif number < len(state.numbers):
        state.index.people.flags[state.rows[number]] = 0
    state.changed[number] = at
    state.count = max(state.count, number + 1)
    state.writes += 1


def _current(state: _State) -> Array[I64]:
    """Return by number the row of each person as they are now, of the index and the delta as one."""
    rows = len(state.numbers)
    added = sorted(number for number in state.changed if number >= rows)
    current = np.concatenate([np.asarray(state.rows, np.int64), np.array(added, np.int64)])
    for number, at in state.changed.items():
        current[number] = rows + at
    return current
