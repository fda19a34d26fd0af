"""Skills over HTTP."""

from typing import Any

from services.common.access import allow
from services.common.web import conditional, lists
from services.common.web.blueprint import Blueprint
from services.registry.database import database
from services.registry.skill import store
from services.registry.skill.model import Skill
from services.registry.skill.schemas import SkillQuery, SkillView

skills = Blueprint("skills", __name__, url_prefix="/v1/skills")


@skills.get("")
@allow("public")
@skills.arguments(SkillQuery, location="query")
@skills.response(200, SkillView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Skill], dict[str, str]]:
    """List the skills of the taxonomy, or search them by words."""
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@skills.get("/<skill_id>")
@allow("public")
@skills.response(200, SkillView)
def show(skill_id: str) -> tuple[Skill, dict[str, str]]:
    """Show a skill."""
    return conditional.shown(store.get(database.reader(), skill_id))
