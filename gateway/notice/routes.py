"""Notices over HTTP: each account reads those of its party, and chooses which come by e-mail."""

from typing import Any

from gateway.account.model import ROLES
from gateway.database import database
from gateway.notice import commands, store
from gateway.notice.model import Notice, Preferences
from gateway.notice.schemas import (
    NoticeQuery,
    NoticeView,
    PreferencesRequest,
    PreferencesView,
    StopView,
    UnreadView,
)
from services.common.access import actor, allow
from services.common.tokens import PUBLIC
from services.common.web import conditional, lists
from services.common.web.blueprint import Blueprint
from services.reference import clock

notices = Blueprint("notices", __name__, url_prefix="/api/identity/v1/notices")


def reader() -> dict[str, Any]:
    """Return who reads: an account, and whose notices those are."""
    return {"own": actor().own or "", "account_id": actor().id}


@notices.get("")
@allow(*ROLES)
@notices.arguments(NoticeQuery, location="query")
@notices.response(200, NoticeView(many=True))
def list_mine(asked: dict[str, Any]) -> tuple[list[Notice], dict[str, str]]:
    """List your notices, the newest first."""
    return lists.page(asked, lambda **query: store.page(database.reader(), **reader(), **query))


@notices.get("/unread")
@allow(*ROLES)
@notices.response(200, UnreadView)
def count_unread() -> dict[str, int]:
    """Count the notices that you have not read."""
    return {"unread": store.count_unread(database.reader(), **reader())}


@notices.post("/reading")
@allow(*ROLES)
@notices.response(200, UnreadView)
def read_all() -> dict[str, int]:
    """Mark all your notices as read."""
    database.transact(store.mark_read, now=clock.now(), **reader())
    return {"unread": store.count_unread(database.reader(), **reader())}


@notices.get("/<notice_id>")
@allow(*ROLES)
@notices.response(200, NoticeView)
def show(notice_id: str) -> Notice:
    """Show one of your notices."""
    return store.get(database.reader(), notice_id, **reader())


@notices.post("/<notice_id>/reading")
@allow(*ROLES)
@notices.response(200, NoticeView)
def read(notice_id: str) -> Notice:
    """Mark a notice as read."""
    return database.transact(commands.read, notice_id=notice_id, now=clock.now(), **reader())


@notices.get("/preferences")
@allow(*ROLES)
@notices.response(200, PreferencesView)
def show_preferences() -> tuple[Preferences, dict[str, str]]:
    """Show how you get notices by e-mail."""
    return conditional.shown(store.preferences(database.reader(), actor().id))


@notices.put("/preferences")
@allow(*ROLES)
@notices.arguments(PreferencesRequest)
@notices.response(200, PreferencesView)
def prefer(asked: dict[str, Any]) -> tuple[Preferences, dict[str, str]]:
    """Choose how you get notices by e-mail; If-Match says which version was seen."""
    asked |= {"account_id": actor().id, "expected": conditional.expected()}
    return conditional.shown(database.transact(commands.prefer, **asked))


@notices.get("/stop/<token>")
@allow(PUBLIC)
@notices.response(200, StopView)
def show_stop(token: str) -> dict[str, bool]:
    """Tell whether e-mail about notices was stopped with the address from a letter; this changes nothing."""
    return {"stopped": store.of_stop(database.reader(), token).is_stopped}


@notices.post("/stop/<token>")
@allow(PUBLIC)
@notices.response(200, StopView)
def stop(token: str) -> dict[str, bool]:
    """Stop e-mail about notices with the address from a letter (RFC 8058); your inbox goes on."""
    return {"stopped": database.transact(commands.stop, token=token).is_stopped}
