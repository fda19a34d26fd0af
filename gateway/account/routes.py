"""Accounts over HTTP."""

from typing import Any

from gateway.account import commands, model, store
from gateway.account.model import ADMIN, OFFICER, ROLES, UNENROLLED, Account
from gateway.account.schemas import (
    AccountQuery,
    AccountRequest,
    AccountView,
    LanguageRequest,
    PasswordRequest,
    SparesView,
    TotpConfirmation,
    TotpRemoval,
    TotpView,
)
from gateway.database import database
from services.common.access import actor, allow
from services.common.web import conditional, idempotency, limits, lists
from services.common.web.blueprint import Blueprint
from services.reference import clock

AT = "/api/identity"
NOT_KEPT = {"Cache-Control": "no-store"}
EVERYBODY = (*ROLES, UNENROLLED)

accounts = Blueprint("accounts", __name__, url_prefix=f"{AT}/v1/accounts")


@accounts.post("")
@allow(OFFICER, ADMIN)
@accounts.arguments(AccountRequest)
@accounts.response(201, AccountView)
def create(asked: dict[str, Any]) -> tuple[Account, int, dict[str, str]]:
    """Create an account; those of officers, executives and administrators by an administrator alone."""
    asked |= {"by": actor().role, "now": clock.now(), "guardian": model.consenting(asked["guardian"], clock.now())}
    return idempotency.create(database, commands.create, store.get, f"{AT}/v1/accounts/{{}}", **asked)


@accounts.get("")
@allow(OFFICER, ADMIN)
@accounts.arguments(AccountQuery, location="query")
@accounts.response(200, AccountView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Account], dict[str, str]]:
    """List accounts: all, those that act for a worker, employer or institution, or the one of a login."""
    asked["login"] = asked["login"] and model.fold(asked["login"])
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@accounts.get("/me")
@allow(*EVERYBODY)
@accounts.response(200, AccountView)
def show_mine() -> tuple[Account, dict[str, str]]:
    """Show the account of whoever asks."""
    return conditional.shown(store.get(database.reader(), actor().id))


@accounts.patch("/me")
@allow(*EVERYBODY)
@accounts.arguments(LanguageRequest)
@accounts.response(200, AccountView)
def speak(asked: dict[str, Any]) -> tuple[Account, dict[str, str]]:
    """Choose the language of letters and notices."""
    return conditional.shown(database.transact(commands.set_language, account_id=actor().id, **asked))


@accounts.post("/me/password")
@allow(*EVERYBODY)
@limits.at_most("10/minute", per=limits.ACTOR)
@accounts.arguments(PasswordRequest)
@accounts.response(204)
def change_password(asked: dict[str, Any]) -> None:
    """Set a new password. All sessions end, this one too."""
    database.transact(commands.change_password, account_id=actor().id, now=clock.now(), **asked)


@accounts.post("/me/totp")
@allow(*EVERYBODY)
@accounts.response(200, TotpView)
def begin_totp() -> tuple[dict[str, str], dict[str, str]]:
    """Begin to set up a second factor: an authenticator app takes the secret, and a code of it confirms it."""
    secret, uri = database.transact(commands.begin_totp, account_id=actor().id)
    return {"secret": secret, "uri": uri}, NOT_KEPT


@accounts.post("/me/totp/confirmation")
@allow(*EVERYBODY)
@limits.at_most("10/minute", per=limits.ACTOR)
@accounts.arguments(TotpConfirmation)
@accounts.response(200, SparesView)
def confirm_totp(asked: dict[str, Any]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Let the second factor count. Whoever needs it to work refreshes their session then."""
    spares = database.transact(commands.confirm_totp, account_id=actor().id, now=clock.now(), **asked)
    return {"spares": spares}, NOT_KEPT


@accounts.post("/me/totp/removal")
@allow(*ROLES)
@limits.at_most("10/minute", per=limits.ACTOR)
@accounts.arguments(TotpRemoval)
@accounts.response(204)
def remove_totp(asked: dict[str, Any]) -> None:
    """Take one's own second factor off; officers and administrators keep theirs. All sessions end."""
    commands.check_password(store.get(database.reader(), actor().id), asked["password"])
    database.transact(commands.remove_totp, account_id=actor().id, now=clock.now())


@accounts.get("/<account_id>")
@allow(OFFICER, ADMIN)
@accounts.response(200, AccountView)
def show(account_id: str) -> tuple[Account, dict[str, str]]:
    """Show an account."""
    return conditional.shown(store.get(database.reader(), account_id))


@accounts.post("/<account_id>/disablement")
@allow(OFFICER, ADMIN)
@accounts.response(200, AccountView)
def disable(account_id: str) -> tuple[Account, dict[str, str]]:
    """Let nobody in with an account; what it began ends within a second."""
    return _settle(commands.disable, account_id)


@accounts.post("/<account_id>/enablement")
@allow(OFFICER, ADMIN)
@accounts.response(200, AccountView)
def enable(account_id: str) -> tuple[Account, dict[str, str]]:
    """Let somebody in again."""
    return _settle(commands.enable, account_id)


def _settle(command: Any, account_id: str) -> tuple[Account, dict[str, str]]:
    model.check_keeper(store.get(database.reader(), account_id).role, actor().role)
    return idempotency.change(database, command, store.get, account_id, account_id=account_id, now=clock.now())
