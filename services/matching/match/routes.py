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
from services.matching.match import model, schemas
from services.matching.match.model import Ranking
from services.matching.match.schemas import CandidatesView, MatchQuery, OpeningsView
from services.matching.profile import store as profiles
from services.matching.skill import store as skills
from services.reference import clock

matches = Blueprint("matches", __name__, url_prefix="/v1")


@matches.get("/vacancies/<vacancy_id>/candidates")
@allow("officer", "admin", "employer:own", "partner:candidates.read", owner=demand_routes.employer)
@matches.arguments(MatchQuery, location="query")
@matches.response(200, CandidatesView)
def candidates(asked: dict[str, Any], vacancy_id: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Rank the people who meet every hard condition of a vacancy, and say why."""
    tx = database.reader()
    demand = demands.get(tx, vacancy_id)
    people = profiles.who_may(tx, demand.requirement)
    ranking, link = _page(asked, partial(model.candidates, demand, people, named=_named(demand.employer_id)))
    return schemas.candidates(demand, ranking, skills.of_ids(tx, demand.skills)), link


@matches.get("/workers/<worker_id>/vacancies")
@allow("officer", "worker:self")
@matches.arguments(MatchQuery, location="query")
@matches.response(200, OpeningsView)
def openings(asked: dict[str, Any], worker_id: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Rank the open vacancies of which a person meets every hard condition, and say why."""
    tx = database.reader()
    person = profiles.get(tx, worker_id).person
    ranking, link = _page(asked, partial(model.openings, person, demands.open_on(tx, clock.today())))
    asked_for = {skill for match in ranking.matches for skill in match.demand.skills}
    return schemas.openings(worker_id, ranking, skills.of_ids(tx, asked_for)), link


def _page(asked: dict[str, Any], rank: Callable[..., Ranking]) -> tuple[Ranking, dict[str, str]]:
    """Return the page of a ranking that is asked for, and the Link to the next."""
    ranking = Ranking()

    def find(**query: Any) -> list[model.Match]:
        nonlocal ranking
        ranking = rank(**query)
        return ranking.matches

    found, link = lists.page(asked, find, key=lambda match: match.place)
    return replace(ranking, matches=found), link


def _named(employer_id: str) -> Callable[[str], str]:
    """Return what calls people as whoever asks may know them: employers by pseudonyms that no two of them share."""
    if actor().role in {"officer", "admin"}:
        return str
    return lambda worker_id: seal.fingerprint("candidate", f"{employer_id} {worker_id}")[:32]
