"""Institutions over HTTP."""

from typing import Any

from services.common.access import allow
from services.common.web import conditional, idempotency, lists
from services.common.web.blueprint import Blueprint
from services.common.web.lists import PageQuery
from services.registry.database import database
from services.registry.institution import commands, store
from services.registry.institution.model import Institution
from services.registry.institution.schemas import InstitutionRequest, InstitutionView

institutions = Blueprint("institutions", __name__, url_prefix="/v1/institutions")


@institutions.post("")
@allow("officer")
@institutions.arguments(InstitutionRequest)
@institutions.response(201, InstitutionView)
def register(asked: dict[str, Any]) -> tuple[Institution, int, dict[str, str]]:
    """Register an institution."""
    return idempotency.create(database, commands.register, store.get, "/v1/institutions/{}", **asked)


@institutions.get("")
@allow("public")
@institutions.arguments(PageQuery, location="query")
@institutions.response(200, InstitutionView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Institution], dict[str, str]]:
    """List institutions."""
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@institutions.get("/<institution_id>")
@allow("public")
@institutions.response(200, InstitutionView)
def show(institution_id: str) -> tuple[Institution, dict[str, str]]:
    """Show an institution."""
    return conditional.shown(store.get(database.reader(), institution_id))
