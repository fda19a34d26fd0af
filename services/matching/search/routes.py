"""Free searches over HTTP."""

from functools import partial
from typing import Any

from services.common.access import actor, allow, in_body
from services.common.web.blueprint import Blueprint
from services.common.web.words import language
from services.matching.database import database
from services.matching.match import commands
from services.matching.match import routes as matches
from services.matching.match import schemas as lists
from services.matching.match.schemas import MatchQuery
from services.matching.search import model
from services.matching.search.model import Search
from services.matching.search.schemas import FoundView, SearchRequest
from services.matching.skill import store as skills

searches = Blueprint("searches", __name__, url_prefix="/v1/searches")


@searches.post("")
@allow("officer", "admin", "employer:own", "partner:candidates.read", owner=in_body("employer_id"))
@searches.arguments(SearchRequest)
@searches.arguments(MatchQuery, location="query")
@searches.response(200, FoundView)
def search(wanted: Search, asked: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Find people by skills or in words: how many there are, then cards without names, the best first.

    What is looked for stands in the body and not in the address: nobody's words are to lie in logs.
    """
    tx = database.reader()
    known = skills.current(tx)
    model.check(_pointers(wanted), known.by_id, known.naming)
    readings = model.read(wanted.text, known.naming)
    requirement = model.requirement(wanted, readings)
    subject = {"kind": "search", "id": model.name_of(requirement), "version": 1}
    named = matches.named(wanted.employer_id or actor().id)
    who: dict[str, Any] = {"by": actor().id, "role": actor().role, "named": named}
    ranking, link = matches.page(asked, partial(commands.people, tx, requirement, subject=subject, demand=None, **who))
    read = [
        {"text": each.text, "skill": each.concept, "label": known.by_id[each.concept].label(language())}
        if each.concept
        else {"text": each.text, "skill": None, "label": None}
        for each in readings
    ]
    return {"read": read} | lists.people(ranking, matches.words(ranking)), link


def _pointers(wanted: Search) -> dict[str, str]:
    needs = {f"/skills/{at}/skill": need.skill for at, need in enumerate(wanted.skills)}
    return needs | {f"/certificates/{at}": skill for at, skill in enumerate(wanted.certificates)}
