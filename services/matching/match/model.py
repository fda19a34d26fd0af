"""A match: a person and a vacancy, compared; a page of them, and why a list is empty."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from services.matching.demand.model import Demand
from services.matching.engine import conditions, score
from services.matching.engine.conditions import Condition
from services.matching.engine.parties import Person
from services.matching.engine.score import Fit, Scale
from services.matching.pool.model import Ranked

SLACK = 32  # that may have come before a page since the last one
DEEPEST = 20_000  # how far one may read on

Named: TypeAlias = Callable[[str], str]  # gives the id under which whoever asks may know somebody


class Place(NamedTuple):
    """Where a page ended: units of the score, who stood there as whoever asks knows them, and how many before."""

    units: int
    name: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A person and a requirement, compared; `id` is how whoever asks knows the one that is ranked.

    version: the person's. demand: None where it is a search.
    """

    id: str
    rank: int
    person: Person
    version: int
    scale: Scale
    fit: Fit
    demand: Demand | None = None

    @property
    def place(self) -> Place:
        return Place(self.fit.units, self.id, self.rank)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A page of those who meet every hard condition: how many there are in all, and what else is told of them.

    emptied_by: which condition left nobody. without: how many there were, if one alone were dropped.
    list_id: under which it was kept as it was shown, if it was.
    """

    total: int = 0
    matches: list[Match] = field(default_factory=list)
    districts: Mapping[str, int] = field(default_factory=dict)
    education: Mapping[str, int] = field(default_factory=dict)
    emptied_by: Condition | None = None
    without: Mapping[Condition, int] = field(default_factory=dict)
    list_id: str | None = None


def reached(after: Place | None, limit: int) -> int:
    """Return how many of the best are wanted to have the page after a place."""
    return limit + (after.rank + SLACK if after else 0)


def behind(ranked: Sequence[Ranked], after: Place | None, named: Named) -> int:
    """Return where in a list, read anew, the page after a place begins.

    Whoever stood there is found by score and name. If they left, it goes on among equals where it was.
    """
    if after is None:
        return 0
    first = next((at for at, each in enumerate(ranked) if each.units <= after.units), len(ranked))
    last = next((at for at in range(first, len(ranked)) if ranked[at].units < after.units), len(ranked))
    there = next((at for at in range(first, last) if named(ranked[at].id) == after.name), None)
    return min(max(after.rank - 1, first), last) if there is None else there + 1


def openings(person: Person, version: int, demands: Iterable[tuple[Demand, Scale]]) -> list[Match]:
    """Return the vacancies of which a person meets every hard condition, the best first."""
    found = []
    for demand, scale in demands:
        if not conditions.unmet(scale, person, is_asking=True):
            place = score.place(scale.fit(person).units, demand.id, person.id)
            found.append((place, demand, scale))
    found.sort(key=lambda each: (each[0], each[1].id), reverse=True)
    return [
        Match(
            id=demand.id, rank=rank, person=person, version=version, scale=scale, fit=scale.fit(person), demand=demand
        )
        for rank, (_, demand, scale) in enumerate(found, 1)
    ]
