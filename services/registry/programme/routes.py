"""Programmes over HTTP."""

from typing import Any

from services.common.access import allow
from services.common.web import conditional, idempotency, lists
from services.common.web.blueprint import Blueprint
from services.common.web.lists import PageQuery
from services.registry.database import database
from services.registry.programme import commands, store
from services.registry.programme.model import Programme
from services.registry.programme.schemas import ProgrammeRequest, ProgrammeView

programmes = Blueprint("programmes", __name__, url_prefix="/v1/programmes")


@programmes.post("")
@allow("officer")
@programmes.arguments(ProgrammeRequest)
@programmes.response(201, ProgrammeView)
def create(asked: dict[str, Any]) -> tuple[Programme, int, dict[str, str]]:
    """Create a programme."""
    return idempotency.create(database, commands.create, store.get, "/v1/programmes/{}", **asked)


@programmes.get("")
@allow("public")
@programmes.arguments(PageQuery, location="query")
@programmes.response(200, ProgrammeView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Programme], dict[str, str]]:
    """List programmes."""
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@programmes.get("/<programme_id>")
@allow("public")
@programmes.response(200, ProgrammeView)
def show(programme_id: str) -> tuple[Programme, dict[str, str]]:
    """Show a programme."""
    return conditional.shown(store.get(database.reader(), programme_id))
