"""Accounts and sessions over HTTP."""

from typing import Any

from flask import Blueprint as Pages
from flask import Response, jsonify

from gateway import keys
from gateway.database import database
from gateway.identity import commands, store
from gateway.identity.model import ADMIN, OFFICER, ROLES, Account, Pair
from gateway.identity.schemas import AccountRequest, AccountView, Credentials, PairView, RefreshRequest
from services.common.access import PUBLIC, actor, allow
from services.common.web import conditional, idempotency
from services.common.web.blueprint import Blueprint
from services.reference import clock

AT = "/api/identity"
NOT_KEPT = {"Cache-Control": "no-store"}  # RFC 6749, section 5.1: no cache holds a token

sessions = Blueprint("sessions", __name__, url_prefix=f"{AT}/v1/sessions")
accounts = Blueprint("accounts", __name__, url_prefix=f"{AT}/v1/accounts")
well_known = Pages("well_known", __name__, url_prefix="/.well-known")


@sessions.post("")
@allow(PUBLIC)
@sessions.arguments(Credentials)
@sessions.response(201, PairView)
def sign_in(asked: dict[str, Any]) -> tuple[Pair, dict[str, str]]:
    """Sign in. A wrong login and a wrong password get the same answer."""
    return commands.sign_in(database.reader(), now=clock.now(), **asked), NOT_KEPT


@sessions.post("/refresh")
@allow(PUBLIC)
@sessions.arguments(RefreshRequest)
@sessions.response(200, PairView)
def refresh(asked: dict[str, Any]) -> tuple[Pair, dict[str, str]]:
    """Get a new pair of tokens. The refresh token is dead then; using it again ends the session."""
    return commands.refresh(database.reader(), now=clock.now(), **asked), NOT_KEPT


@sessions.delete("/current")
@allow(*ROLES)
@sessions.response(204)
def sign_out() -> None:
    """End the session. Its refresh token is dead at once, its access token within 15 minutes."""
    commands.leave(database.reader(), session_id=actor().session or "")


@accounts.post("")
@allow(OFFICER, ADMIN)
@accounts.arguments(AccountRequest)
@accounts.response(201, AccountView)
def create(asked: dict[str, Any]) -> tuple[Account, int, dict[str, str]]:
    """Create an account; those of officers, executives and administrators by an administrator alone."""
    asked |= {"by": actor().role, "now": clock.now()}
    return idempotency.create(database, commands.create, store.get, f"{AT}/v1/accounts/{{}}", **asked)


@accounts.get("/me")
@allow(*ROLES)
@accounts.response(200, AccountView)
def show_mine() -> tuple[Account, dict[str, str]]:
    """Show the account of whoever asks."""
    return conditional.shown(store.get(database.reader(), actor().id))


@accounts.get("/<account_id>")
@allow(OFFICER, ADMIN)
@accounts.response(200, AccountView)
def show(account_id: str) -> tuple[Account, dict[str, str]]:
    """Show an account."""
    return conditional.shown(store.get(database.reader(), account_id))


@well_known.get("/jwks.json")
@allow(PUBLIC)
def show_keys() -> Response:
    """Show the public keys against which the services check tokens."""
    answer = jsonify(keys.published())
    answer.cache_control.public, answer.cache_control.max_age = True, 300
    return answer
