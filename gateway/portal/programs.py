"""`/program`: the programs of an employer or an institution that ask for tokens themselves."""

from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from gateway.account.model import MANAGER, PARTIES
from gateway.account.model import secret as new_secret
from gateway.client import commands, store
from gateway.client.model import Client, ClientUnknown
from gateway.client.schemas import ClientChange, ClientRequest
from gateway.database import database
from gateway.grant.routes import AT
from gateway.portal import forms, visit
from gateway.portal.forms import Refusal
from services.common import settings
from services.common.access import PUBLIC, allow
from services.common.errors import Refused
from services.common.mongo import new_id
from services.reference import clock, scopes

AT_MOST = 200  # programs shown
LABELS = {"name": "Name of the program", "scopes": "What it may do"}
WORDED = {"scopes": "Choose at least one thing that the program may do."}
DONE = {
    "changed": "The program is changed.",
    "dropped": "The secret is dropped: nobody comes in with it any more.",
    "ended": "The program has ended: its tokens are over.",
}

programs = visit.inside("programs")


@programs.before_request
def only_for_managers() -> None:
    """Refuse everybody else."""
    visitor = visit.visitor()
    if visitor.role not in PARTIES or visitor.own is None or visitor.team != MANAGER:
        raise Forbidden


@programs.get("/program")
@allow(PUBLIC)
def list_all() -> ResponseReturnValue:
    """List the party's programs, and ask for a new one."""
    return _programs()


@programs.post("/program")
@allow(PUBLIC)
def register() -> ResponseReturnValue:
    """Register a program, and show its secret."""
    visitor, secret = visit.visitor(), new_secret()
    said = {**_form(), "party": visitor.role, "own": visitor.own}
    made: dict[str, Any] = {"id": new_id(), "secret": secret, "secret_id": new_id(), "now": clock.now()}
    try:
        asked = forms.read(ClientRequest(), said)
        client = database.transact(commands.register, by=visitor.id, role=visitor.role, **made, **asked)
    except Refused as refused:
        return _programs(forms.refusal(refused, WORDED))
    return _secret(client, secret)


@programs.get("/program/<client_id>")
@allow(PUBLIC)
def show(client_id: str) -> ResponseReturnValue:
    """Show a program, and what can be done with it."""
    return _program(_own(client_id))


@programs.post("/program/<client_id>")
@allow(PUBLIC)
def change(client_id: str) -> ResponseReturnValue:
    """Change a program's name or what it may do."""
    client = _own(client_id)
    said: dict[str, Any] = {
        "client_id": client.id,
        "expected": forms.version(),
        "role": visit.visitor().role,
        "now": clock.now(),
    }
    try:
        database.transact(commands.change, **said, **forms.read(ClientChange(), _form()))
    except Refused as refused:
        return _program(client, forms.refusal(refused, WORDED))
    return redirect(f"/program/{client.id}?done=changed", 303)


@programs.post("/program/<client_id>/rahasia")
@allow(PUBLIC)
def add_secret(client_id: str) -> ResponseReturnValue:
    """Make a second secret, and show it."""
    client, secret = _own(client_id), new_secret()
    said: dict[str, Any] = {"client_id": client.id, "secret": secret, "secret_id": new_id(), "now": clock.now()}
    try:
        client = database.transact(commands.add_secret, **said)
    except Refused as refused:
        return _program(client, forms.refusal(refused))
    return _secret(client, secret)


@programs.post("/program/<client_id>/rahasia/<secret_id>/buang")
@allow(PUBLIC)
def drop_secret(client_id: str, secret_id: str) -> ResponseReturnValue:
    """Drop a secret."""
    return _settle(commands.drop_secret, client_id, "dropped", secret_id=secret_id)


@programs.post("/program/<client_id>/akhiri")
@allow(PUBLIC)
def end(client_id: str) -> ResponseReturnValue:
    """End a program, for good."""
    return _settle(commands.end, client_id, "ended")


@programs.get("/program/<client_id>/<any(rahasia, akhiri):act>")
@programs.get("/program/<client_id>/rahasia/<act>/buang")
@allow(PUBLIC)
def back(client_id: str, act: str) -> ResponseReturnValue:  # noqa: ARG001 (it names what was done)
    """Lead back from what is shown once: reading on in the other language asks for it again."""
    return redirect(f"/program/{_own(client_id).id}", 303)


def _settle(command: Any, client_id: str, done: str, **said: str) -> ResponseReturnValue:
    client = _own(client_id)
    try:
        database.transact(command, client_id=client.id, now=clock.now(), **said)
    except Refused as refused:
        return _program(client, forms.refusal(refused))
    return redirect(f"/program/{client.id}?done={done}", 303)


def _programs(refused: Refusal | None = None) -> ResponseReturnValue:
    visitor = visit.visitor()
    found = store.page(database.reader(), after=None, limit=AT_MOST, party=visitor.role, own=visitor.own)
    return forms.page("programs.html", refused, programs=found, done=DONE, **_scopes(()))


def _program(client: Client, refused: Refusal | None = None) -> ResponseReturnValue:
    return forms.page("program.html", refused, program=client, done=DONE, **_scopes(client.scopes))


def _secret(client: Client, secret: str) -> ResponseReturnValue:
    address = f"{settings.PUBLIC_URL}{AT}/token"
    return forms.page("secret.html", program=client, secret=secret, address=address)


def _scopes(held: tuple[str, ...]) -> dict[str, Any]:
    """Return what a program of the party may be let do, in sentences, and what is ticked of it."""
    fitting = {name: scopes.SCOPES[name].sentence for name in scopes.of_party(visit.visitor().role)}
    return {"fitting": fitting, "picked": forms.ticked("scopes") or held, "labels": LABELS}


def _form() -> dict[str, Any]:
    return {**forms.filled("name"), "scopes": forms.ticked("scopes")}


def _own(client_id: str) -> Client:
    """:raises ClientUnknown: there is no such program, or it is another party's."""
    client, visitor = store.get(database.reader(), client_id), visit.visitor()
    if (client.party, client.own) != (visitor.role, visitor.own):
        raise ClientUnknown(client_id)
    return client
