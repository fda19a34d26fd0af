"""Sessions over HTTP."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint as Pages
from flask import Response, jsonify, request

from gateway import keys
from gateway.account import store as accounts
from gateway.account.routes import AT, EVERYBODY, NOT_KEPT
from gateway.database import database
from gateway.session import commands
from gateway.session.model import Pair, Try
from gateway.session.schemas import Credentials, PairView, RefreshRequest, SessionView
from services.common.access import actor, allow
from services.common.tokens import PUBLIC
from services.common.web import limits
from services.common.web.blueprint import Blueprint
from services.reference import clock

sessions = Blueprint("sessions", __name__, url_prefix=f"{AT}/v1/sessions")
well_known = Pages("well_known", __name__, url_prefix="/.well-known")


def at_the_door(**said: Any) -> Try:
    """Return what somebody says who wants to come in, and from where."""
    return Try(**said, address=request.remote_addr or "", agent=request.headers.get("User-Agent", ""))


@sessions.post("")
@allow(PUBLIC)
@limits.at_most("120/minute", per=limits.ADDRESS)
@sessions.arguments(Credentials)
@sessions.response(201, PairView)
def sign_in(asked: dict[str, Any]) -> tuple[Pair, dict[str, str]]:
    """Sign in. A wrong login and a wrong password get the same answer."""
    return commands.sign_in(database.reader(), said=at_the_door(**asked), now=clock.now()), NOT_KEPT


@sessions.post("/refresh")
@allow(PUBLIC)
@limits.at_most("600/minute", per=limits.ADDRESS)
@sessions.arguments(RefreshRequest)
@sessions.response(200, PairView)
def refresh(asked: dict[str, Any]) -> tuple[Pair, dict[str, str]]:
    """Get a new pair of tokens. The refresh token is dead then; using it again ends the session."""
    return commands.refresh(database.reader(), now=clock.now(), **asked), NOT_KEPT


@sessions.get("")
@allow(*EVERYBODY)
@sessions.response(200, SessionView(many=True))
def list_mine() -> list[dict[str, Any]]:
    """List the sessions of whoever asks, the newest first, up to 100."""
    account = accounts.get(database.reader(), actor().id)
    found = commands.of_account(database.reader(), account, now=clock.now())
    return [asdict(each) | {"kind": each.kind, "is_current": each.id == actor().session} for each in found]


@sessions.delete("")
@allow(*EVERYBODY)
@sessions.response(204)
def end_others() -> None:
    """End all sessions of whoever asks, but this one."""
    account = accounts.get(database.reader(), actor().id)
    database.transact(commands.end_others, account=account, but=actor().session, now=clock.now())


@sessions.delete("/current")
@allow(*EVERYBODY)
@sessions.response(204)
def sign_out() -> None:
    """End the session. Its tokens are dead within a second."""
    database.transact(commands.leave, session_id=actor().session or "", now=clock.now())


@sessions.delete("/<session_id>")
@allow(*EVERYBODY)
@sessions.response(204)
def end(session_id: str) -> None:
    """End a session of whoever asks: of a phone that was lost, for example."""
    account = accounts.get(database.reader(), actor().id)
    database.transact(commands.end, account=account, session_id=session_id, now=clock.now())


@well_known.get("/jwks.json")
@allow(PUBLIC)
def show_keys() -> Response:
    """Show the public keys against which the services check tokens."""
    answer = jsonify(keys.published())
    answer.cache_control.public, answer.cache_control.max_age = True, 300
    return answer
