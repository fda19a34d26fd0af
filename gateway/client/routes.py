"""Clients over HTTP."""

from typing import Any

from flask import request

from gateway.account.model import MANAGER
from gateway.account.model import secret as new_secret
from gateway.client import commands, store
from gateway.client.model import Client, OnlyForManagers
from gateway.client.schemas import ClientChange, ClientQuery, ClientRequest, ClientShownView, ClientView
from gateway.database import database
from services.common import access
from services.common.access import actor, allow
from services.common.mongo import new_id
from services.common.web import conditional, idempotency, lists
from services.common.web.blueprint import Blueprint
from services.reference import clock
from services.reference.scopes import PARTIES

AT = "/api/identity/v1/clients"
WHO = ("officer", "admin", "employer:own", "institution:own")
NOT_KEPT = {"Cache-Control": "no-store"}  # no cache holds a secret
Shown = dict[str, Any]

clients = Blueprint("clients", __name__, url_prefix=AT)


def of_client(client_id: str, **_: str) -> str | None:
    """Return whose program it is; to change it, one must be a manager there."""
    _only_for_managers()
    found = store.get(database.reader(), client_id)
    return found.own if found.party == actor().kind else None


def of_body(**_: str) -> str | None:
    """Return whose program is registered."""
    _only_for_managers()
    return access.in_body("own")()


def of_query(**_: str) -> str | None:
    """Return whose programs are listed."""
    return request.args.get("own") or actor().own


@clients.post("")
@allow(*WHO, owner=of_body)
@clients.arguments(ClientRequest)
@clients.response(201, ClientShownView)
def register(asked: dict[str, Any]) -> tuple[Shown, int, dict[str, str]]:
    """Register a partner's program; its secret is shown this once."""
    secret = new_secret()
    asked |= {"by": actor().id, "role": actor().role, "now": clock.now(), "secret": secret, "secret_id": new_id()}
    made = idempotency.create(database, commands.register, store.registered, f"{AT}/{{}}", **asked)
    client, status, headers = made
    return _shown(client, secret), status, headers | NOT_KEPT


@clients.get("")
@allow(*WHO, owner=of_query)
@clients.arguments(ClientQuery, location="query")
@clients.response(200, ClientView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Client], dict[str, str]]:
    """List programs, the oldest first: the office those of all, a party its own."""
    if actor().kind in PARTIES:
        asked |= {"party": actor().kind, "own": actor().own}
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@clients.get("/<client_id>")
@allow(*WHO, owner=of_client)
@clients.response(200, ClientView)
def show(client_id: str) -> tuple[Client, dict[str, str]]:
    """Show a program; its secrets are not shown."""
    return conditional.shown(store.get(database.reader(), client_id))


@clients.patch("/<client_id>")
@allow(*WHO, owner=of_client)
@clients.arguments(ClientChange)
@clients.response(200, ClientView)
def change(asked: dict[str, Any], client_id: str) -> tuple[Client, dict[str, str]]:
    """Change a program's name or scopes; where it loses a scope, the tokens that it has are over."""
    asked |= {"client_id": client_id, "expected": conditional.expected(), "role": actor().role, "now": clock.now()}
    return conditional.shown(database.transact(commands.change, **asked))


@clients.post("/<client_id>/secrets")
@allow(*WHO, owner=of_client)
@clients.response(201, ClientShownView)
def add_secret(client_id: str) -> tuple[Shown, dict[str, str]]:
    """Make a second secret, shown this once; the first one stays good until it is dropped."""
    secret = new_secret()
    asked = {"client_id": client_id, "now": clock.now(), "secret": secret, "secret_id": new_id()}
    client, headers = idempotency.change(database, commands.add_secret, store.get, client_id, **asked)
    return _shown(client, secret), headers | NOT_KEPT


@clients.delete("/<client_id>/secrets/<secret_id>")
@allow(*WHO, owner=of_client)
@clients.response(204)
def drop_secret(client_id: str, secret_id: str) -> None:
    """Drop a secret; it and the tokens that were asked for with it are over, those of the other one are not."""
    database.transact(commands.drop_secret, client_id=client_id, secret_id=secret_id, now=clock.now())


@clients.post("/<client_id>/revocation")
@allow(*WHO, owner=of_client)
@clients.response(200, ClientView)
def end(client_id: str) -> tuple[Client, dict[str, str]]:
    """End a program for good; its tokens are over at once here, and within a second everywhere."""
    asked = {"client_id": client_id, "now": clock.now()}
    return idempotency.change(database, commands.end, store.get, client_id, **asked)


def _only_for_managers() -> None:
    if request.method not in access.SAFE and actor().team != MANAGER:
        raise OnlyForManagers


def _shown(client: Client, secret: str) -> Shown:
    """Return a client with its new secret, unless that is not the one it was given: then it was shown before."""
    return {**vars(client), "secret": secret if client.matching(secret) else None}
