"""Letters over HTTP."""

from typing import Any

from gateway.database import database
from gateway.letter import store
from gateway.letter.model import Sending
from gateway.letter.schemas import SendingQuery, SendingView
from services.common.access import allow
from services.common.web import lists
from services.common.web.blueprint import Blueprint

letters = Blueprint("letters", __name__, url_prefix="/api/identity/v1/letters")


@letters.get("")
@allow("admin")
@letters.arguments(SendingQuery, location="query")
@letters.response(200, SendingView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Sending], dict[str, str]]:
    """List how it went with letters of the last month, the newest first."""
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))
