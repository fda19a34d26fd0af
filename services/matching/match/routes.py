"""Matches over HTTP."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from services.common import seal
from services.common.access import actor, allow
from services.common.web import lists
from services.common.web.blueprint import Blueprint
from services.matching.database import database
from services.matching.demand import routes as demand_routes
from services.matching.demand import store as demands
from services.matching.match import commands, schemas
from services.matching.match.model import DEEPEST, Match, Named, Ranking
from services.matching.match.schemas import CandidatesView, MatchQuery, OpeningsView
from services.matching.profile import store as profiles
from services.matching.reason.schemas import Words
from services.matching.skill import store as skills
from services.matching.training import store as trainings
from services.reference import clock

matches = Blueprint("matches", __name__, url_prefix="/v1")


@matches.get("/vacancies/<vacancy_id>/candidates")
@allow("officer", "admin", "employer:own", "partner:candidates.read", owner=demand_routes.employer)
@matches.arguments(MatchQuery, location="query")
@matches.response(200, CandidatesView)
def candidates(asked: dict[str, Any], vacancy_id: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Rank the people who meet every hard condition of a vacancy, and say why; the list is kept as it was shown."""
    tx = database.reader()
    demand = demands.get(tx, vacancy_id)
    subject = {"kind": "vacancy", "id": demand.id, "version": demand.version}
    asking: dict[str, Any] = {"by": actor().id, "role": actor().role, "named": named(demand.employer_id)}
    ranking, link = page(
        asked, partial(commands.people, tx, demand.requirement, subject=subject, demand=demand, **asking)
    )
    return schemas.candidates(demand, ranking, words(ranking)), link


@matches.get("/workers/<worker_id>/vacancies")
@allow("officer", "worker:self")
@matches.arguments(MatchQuery, location="query")
@matches.response(200, OpeningsView)
def openings(asked: dict[str, Any], worker_id: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Rank the open vacancies of which a person meets every hard condition, and say why."""
    tx = database.reader()
    profile = profiles.get(tx, worker_id)
    ranking, link = page(asked, partial(commands.openings, tx, profile))
    return schemas.openings(worker_id, ranking, words(ranking)), link


def page(asked: dict[str, Any], rank: Callable[..., Ranking]) -> tuple[Ranking, dict[str, str]]:
    """Return the page of a ranking that is asked for, and the Link to the next.

    :param rank: gets `after`, the place where the last page ended, and `limit`.
    """
    ranking = Ranking()

    def find(**query: Any) -> list[Match]:
        nonlocal ranking
        ranking = rank(**query)
        return ranking.matches

    found, link = lists.page(asked, find, key=lambda match: match.place)
    return replace(ranking, matches=found), link if found and found[-1].rank < DEEPEST else {}


def words(ranking: Ranking) -> Words:
    """Return what is needed to tell of a ranking."""
    tx = database.reader()
    lacking = {part.need.skill for match in ranking.matches for part in match.fit.parts}
    open_trainings = trainings.to_join(tx, lacking, clock.today()) if lacking else []
    return Words(skills=skills.current(tx).by_id, trainings=open_trainings)


def named(employer_id: str) -> Named:
    """Return what calls people as whoever asks may know them: employers by pseudonyms that no two of them share."""
    if actor().role in {"officer", "admin"}:
        return str
    return lambda worker_id: seal.fingerprint("candidate", f"{employer_id} {worker_id}")[:32]
