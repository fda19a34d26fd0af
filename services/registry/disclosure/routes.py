"""Looks over HTTP."""

from typing import Any

from services.common.access import actor, allow
from services.common.web import lists
from services.common.web.blueprint import Blueprint
from services.common.web.lists import PageQuery
from services.reference import clock
from services.registry.database import database
from services.registry.disclosure import commands, store
from services.registry.disclosure.model import Look
from services.registry.disclosure.schemas import LookRequest, LookView, NameView
from services.registry.worker.model import Named

looks = Blueprint("looks", __name__, url_prefix="/v1/workers/<worker_id>/looks")
disclosures = Blueprint("disclosures", __name__, url_prefix="/v1/disclosures")


@disclosures.post("/looks")
@allow("officer", "admin")
@disclosures.arguments(LookRequest)
@disclosures.response(200, NameView(many=True))
def look(asked: dict[str, Any]) -> list[Named]:
    """Look up names of workers, which each of them can read of; whoever is not there is left out."""
    return database.transact(commands.look, by=actor().id, role=actor().role, now=clock.now(), **asked)


@looks.get("")
@allow("officer", "worker:self")
@looks.arguments(PageQuery, location="query")
@looks.response(200, LookView(many=True))
def list_all(asked: dict[str, Any], worker_id: str) -> tuple[list[Look], dict[str, str]]:
    """List who looked at a worker's personal data and why, the newest first."""
    return lists.page(asked, lambda **query: store.page(database.reader(), worker_id=worker_id, **query))
