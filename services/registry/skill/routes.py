"""Skills, their taxonomy and texts under review over HTTP."""

from functools import partial
from typing import Any

from services.common import access
from services.common.access import allow
from services.common.web import conditional, idempotency, lists
from services.common.web.blueprint import Blueprint
from services.reference import clock
from services.registry.database import database
from services.registry.skill import commands, store
from services.registry.skill.model import Review, Skill
from services.registry.skill.schemas import (
    DecisionRequest,
    ReviewQuery,
    ReviewView,
    SkillQuery,
    SkillView,
)
from services.registry.taxonomy.model import Taxonomy
from services.registry.taxonomy.schemas import TaxonomyView

skills = Blueprint("skills", __name__, url_prefix="/v1")


@skills.get("/skills")
@allow("public")
@skills.arguments(SkillQuery, location="query")
@skills.response(200, SkillView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Skill], dict[str, str]]:
    """List the skills of the taxonomy or, with words, those that they name, the best first."""
    words = (asked.pop("q") or "").strip()
    if not words:
        return lists.page(asked, partial(store.page, database.reader()))
    del asked["cursor"]
    return store.search(database.reader(), q=words, **asked), {}


@skills.get("/skills/<skill_id>")
@allow("public")
@skills.response(200, SkillView)
def show(skill_id: str) -> tuple[Skill, dict[str, str]]:
    """Show a skill."""
    return conditional.shown(store.get(database.reader(), skill_id))


@skills.get("/taxonomy")
@allow("public")
@skills.response(200, TaxonomyView)
def show_taxonomy() -> Taxonomy:
    """Show which version of the taxonomy stands, and how much is in it."""
    return store.taxonomy(database.reader())


@skills.get("/skill-reviews")
@allow("officer")
@skills.arguments(ReviewQuery, location="query")
@skills.response(200, ReviewView(many=True))
def list_reviews(asked: dict[str, Any]) -> tuple[list[Review], dict[str, str]]:
    """List texts of skills that nobody was sure of, the most frequent first."""
    find = partial(store.reviews, database.reader())
    return lists.page(asked, find, lambda review: [review.count, review.id])


@skills.get("/skill-reviews/<review_id>")
@allow("officer")
@skills.response(200, ReviewView)
def show_review(review_id: str) -> tuple[Review, dict[str, str]]:
    """Show such a text with what was decided of it."""
    return conditional.shown(store.review(database.reader(), review_id))


@skills.post("/skill-reviews/<review_id>/decision")
@allow("officer")
@skills.arguments(DecisionRequest)
@skills.response(200, ReviewView)
def decide(asked: dict[str, Any], review_id: str) -> tuple[Review, dict[str, str]]:
    """Say which skill the text means, now and whenever it comes again; said once more, the newest counts."""
    asked |= {"review_id": review_id, "by": access.actor().id, "now": clock.now()}
    return idempotency.change(database, commands.decide, store.review, review_id, **asked)
