"""A match: a person and a vacancy, compared; and rankings of them."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from services.matching.demand.model import Demand
from services.matching.engine.conditions import unmet
from services.matching.engine.parties import Person, Proof, SkillNeed
from services.matching.engine.score import Fit, SkillPart, fit, rank
from services.reference import evidence

ENGINE = "thin-1"
CHUNK = 500  # people or vacancies that are held at a time
LOW = "Has {skill} only at level {level}, asked is {min_level}."
ABSENT = "Has no {skill} yet, asked is level {min_level}."
STRENGTHS = 2  # reasons of a kind that are told
REASONS = 4

Item = TypeVar("Item")
Place: TypeAlias = tuple[float, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A person and a vacancy, compared; `id` is that of the one that is ranked."""

    id: str
    person: Person
    demand: Demand
    fit: Fit

    @property
    def place(self) -> Place:
        """Where it stands: the highest score first, then by id."""
        return -self.fit.score, self.id

    @property
    def needs(self) -> Iterator[tuple[SkillPart, SkillNeed]]:
        return zip(self.fit.parts.skills, self.demand.requirement.skills, strict=True)

    @property
    def proofs(self) -> list[Proof]:
        """The certificates that hold when the work starts, of whatever the vacancy asks for."""
        asked, day = self.demand.skills, self.demand.requirement.starts_on
        held = (proof for proof in self.person.certificates if proof.skill in asked)
        return [proof for proof in held if evidence.holds(proof.valid_from, proof.valid_until, day)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A page of those who meet every hard condition: how many there are, and how many stand before the page."""

    total: int = 0
    ahead: int = 0
    matches: list[Match] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reason:
    """An English sentence with {places}, and what stands there: `skill` is an id, `until` a date."""

    sentence: str
    places: dict[str, Any]


def candidates(
    demand: Demand, people: Iterable[Person], *, named: Callable[[str], str], after: Place | None, limit: int
) -> Ranking:
    """Rank people for a vacancy.

    :param named: gives the id under which whoever asks may know a person. It counts from here on,
        so that neither the order of equals nor a place tells the true one.
    """
    requirement, ranking = demand.requirement, Ranking()
    for chunk in _chunks(person for person in people if not unmet(requirement, person)):
        called = {person.id: person for person in (replace(person, id=named(person.id)) for person in chunk)}
        # Whoever stands before the page is counted, and so must be scored one by one.
        fits = rank(requirement, called.values(), limit if after is None else len(chunk))
        found = [Match(id=each.person, person=called[each.person], demand=demand, fit=each) for each in fits]
        ranking = _joined(ranking, found, len(chunk), after=after, limit=limit)
    return ranking


def openings(person: Person, demands: Iterable[Demand], *, after: Place | None, limit: int) -> Ranking:
    """Rank vacancies for a person."""
    ranking = Ranking()
    for chunk in _chunks(demand for demand in demands if not unmet(demand.requirement, person)):
        found = [
            Match(id=demand.id, person=person, demand=demand, fit=fit(demand.requirement, person)) for demand in chunk
        ]
        ranking = _joined(ranking, found, len(chunk), after=after, limit=limit)
    return ranking


def reasons(match: Match) -> list[Reason]:
    """Say why in two to four sentences: what counts most first, how near last."""
    parts = sorted(match.fit.parts.skills, key=lambda part: -part.weight)
    strong = [part for part in parts if part.level >= part.min_level][:STRENGTHS]
    weak = [part for part in parts if part.level < part.min_level][:1]
    said = [_of_skill("Has {skill} at level {level}, asked is {min_level}.", part) for part in strong]
    said += [_of_skill(LOW if part.level else ABSENT, part) for part in weak]
    said += _of_proof(match)
    return [*(said or [Reason("No particular skill is asked for.", {})])[: REASONS - 1], _of_nearness(match)]


def _of_skill(sentence: str, part: SkillPart) -> Reason:
    return Reason(sentence, {"skill": part.skill, "level": part.level, "min_level": part.min_level})


def _of_proof(match: Match) -> list[Reason]:
    required = [proof for proof in match.proofs if proof.skill in match.demand.requirement.certificates]
    for proof in required[:1]:
        if proof.valid_until is None:
            return [Reason("Holds the certificate for {skill} that is asked for.", {"skill": proof.skill})]
        sentence = "Holds the certificate for {skill} that is asked for, valid until {until}."
        return [Reason(sentence, {"skill": proof.skill, "until": proof.valid_until})]
    return []


def _of_nearness(match: Match) -> Reason:
    if match.person.district == match.demand.requirement.district:
        return Reason("Lives in the district of the workplace.", {})
    return Reason("Lives {km} km from the workplace district.", {"km": round(match.fit.parts.nearness.km)})


def _joined(ranking: Ranking, found: list[Match], meeting: int, *, after: Place | None, limit: int) -> Ranking:
    """Return the ranking with the matches of a chunk, in which so many meet every condition."""
    behind = [match for match in found if after is None or match.place > after]
    return Ranking(
        total=ranking.total + meeting,
        ahead=ranking.ahead + len(found) - len(behind),
        matches=heapq.nsmallest(limit, [*ranking.matches, *behind], key=attrgetter("place")),
    )


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    return iter(lambda: list(islice(rest, CHUNK)), [])
