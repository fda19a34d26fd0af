"""ESCO's skills over HTTP."""

from functools import partial
from typing import Any

from services.common.access import allow
from services.common.web import lists
from services.common.web.blueprint import Blueprint
from services.registry.database import database
from services.registry.esco import store
from services.registry.esco.model import EscoSkill
from services.registry.esco.schemas import EscoSkillView
from services.registry.skill.schemas import SearchQuery
from services.registry.taxonomy.model import Taxonomy
from services.registry.taxonomy.schemas import TaxonomyView

esco_skills = Blueprint("esco-skills", __name__, url_prefix="/v1")


@esco_skills.get("/esco-skills")
@allow("public")
@esco_skills.arguments(SearchQuery, location="query")
@esco_skills.response(200, EscoSkillView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[EscoSkill], dict[str, str]]:
    """List ESCO's skills or, with English words, those that they name, the best first."""
    words = (asked.pop("q") or "").strip()
    if not words:
        return lists.page(asked, partial(store.page, database.reader()))
    return store.search(database.reader(), q=words, limit=asked["limit"]), {}


@esco_skills.get("/esco-skills/<esco_id>")
@allow("public")
@esco_skills.response(200, EscoSkillView)
def show(esco_id: str) -> tuple[EscoSkill, dict[str, str]]:
    """Show a skill of ESCO's, and which of ours are the same."""
    found = store.get(database.reader(), esco_id)
    # Which of ours are the same lies with ours, and changes without a new version here.
    return found, {"ETag": f'"{"+".join([str(found.version), *found.skills])}"'}


@esco_skills.get("/esco")
@allow("public")
@esco_skills.response(200, TaxonomyView)
def show_taxonomy() -> Taxonomy:
    """Show which version of ESCO was imported, and how much is in it."""
    return store.taxonomy(database.reader())
