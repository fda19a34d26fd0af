"""Notices over HTTP."""

from typing import Any

from gateway.database import database
from gateway.notice import store
from gateway.notice.model import Notice
from gateway.notice.schemas import NoticeView
from services.common.access import actor, allow
from services.common.web import lists
from services.common.web.blueprint import Blueprint
from services.common.web.lists import PageQuery

notices = Blueprint("notices", __name__, url_prefix="/api/identity/v1/notices")


def reader() -> str | None:
    """Return whose notices are read: the asker's own."""
    return actor().own


@notices.get("")
@allow("worker:self", owner=reader)
@notices.arguments(PageQuery, location="query")
@notices.response(200, NoticeView(many=True))
def list_mine(asked: dict[str, Any]) -> tuple[list[Notice], dict[str, str]]:
    """List the notices of whoever asks, the newest first."""
    return lists.page(asked, lambda **query: store.page(database.reader(), worker_id=reader() or "", **query))
