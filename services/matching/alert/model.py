"""Alerts: who is told of which vacancy. Bounded, once, and fair: whoever was told of enough lately makes room."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from services.matching.engine import score
from services.matching.match.model import Match
from services.matching.pool.model import Ranked

LEAST = score.WHOLE // 2  # units: below, a vacancy fits too little to tell anybody of it
A_WEEK = 3  # vacancies that somebody is told of
A_POSITION, AT_MOST = 5, 50  # people who are told of a vacancy: so many a position, and in all
LOOKED_AT = 4  # times as many are looked at, since some were told of enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody or a vacancy that came or changed, and of which nobody was told yet."""

    id: str
    version: int


def room(positions: int, told: int) -> int:
    """Return how many more are told of a vacancy."""
    return max(0, min(A_POSITION * positions, AT_MOST) - told)


def to_tell(ranked: Iterable[Ranked], *, room: int, told: Collection[str], lately: Mapping[str, int]) -> list[str]:
    """Return whom to tell of a vacancy, the best first.

    :param told: who was told of it. lately: of how many vacancies each was told this week.
    """
    fitting = (each.id for each in ranked if each.units >= LEAST)
    return [id_ for id_ in fitting if id_ not in told and lately.get(id_, 0) < A_WEEK][:room]


def of_interest(matches: Iterable[Match], *, told: Collection[str], lately: int) -> list[Match]:
    """Return of which vacancies to tell somebody, the best first.

    :param told: of which they were told. lately: of how many this week.
    """
    fitting = [match for match in matches if match.fit.units >= LEAST and match.id not in told]
    return fitting[: max(0, A_WEEK - lately)]
