"""Looks over HTTP."""

from typing import Any

from services.common.access import allow
from services.common.web import lists
from services.common.web.blueprint import Blueprint
from services.common.web.lists import PageQuery
from services.registry.database import database
from services.registry.disclosure import store
from services.registry.disclosure.model import Look
from services.registry.disclosure.schemas import LookView

looks = Blueprint("looks", __name__, url_prefix="/v1/workers/<worker_id>/looks")


@looks.get("")
@allow("officer", "worker:self")
@looks.arguments(PageQuery, location="query")
@looks.response(200, LookView(many=True))
def list_all(asked: dict[str, Any], worker_id: str) -> tuple[list[Look], dict[str, str]]:
    """List who looked at a worker's personal data and why, the newest first."""
    return lists.page(asked, lambda **query: store.page(database.reader(), worker_id=worker_id, **query))
