"""`/meja`: the office helps somebody who stands at the desk into their account."""

from typing import Any
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from gateway.account import commands as accounts
from gateway.account import model as account_model
from gateway.account import store as account_store
from gateway.account.model import ADMIN, OFFICER, WORKER, Account
from gateway.account.schemas import AccountRequest
from gateway.claim import commands as claims
from gateway.claim import model as claim_model
from gateway.claim.model import WorkerWithoutNik
from gateway.database import database
from gateway.portal import asking, forms, visit
from gateway.portal.forms import Refusal
from gateway.recovery import commands as recoveries
from gateway.recovery import model as recovery_model
from services.common.access import PUBLIC, allow
from services.common.errors import Missing, Refused
from services.common.mongo import new_id
from services.common.web import limits
from services.reference import clock, regions

OFFICE = (OFFICER, ADMIN)
PEOPLE = 20  # a page
LABELS = {
    "find": "Login, or number of the person",
    "login": "Login",
    "language": "Language of letters",
    **forms.GUARDIAN,
}
DONE = {
    "disabled": "The account is closed: whoever was signed in with it is out.",
    "enabled": "The account is open again.",
}

desk = visit.inside("desk")


class NobodyFound(Missing):
    """Nobody has this login or number."""


@desk.before_request
def only_for_the_office() -> None:
    """Refuse everybody else."""
    if visit.visitor().role not in OFFICE:
        raise Forbidden


@desk.get("/meja")
@allow(PUBLIC)
def show_desk() -> ResponseReturnValue:
    """Ask whom it is about, and list the people of a district."""
    return _desk()


@desk.post("/meja")
@allow(PUBLIC)
def find() -> ResponseReturnValue:
    """Lead to the account of a login, or to a person; what was looked for stands in no address."""
    try:
        return redirect(_found(forms.filled("find").get("find", "")), 303)
    except Missing as refused:
        return _desk(forms.refusal(refused))


@desk.get("/meja/orang/<uuid:worker_id>")
@allow(PUBLIC)
def show_person(worker_id: UUID) -> ResponseReturnValue:
    """Show somebody of the registry, and what can be done for them."""
    return _person(worker_id)


@desk.post("/meja/orang/<uuid:worker_id>/akun")
@allow(PUBLIC)
@limits.at_most("30/minute", per=visit.counted)
def open_account(worker_id: UUID) -> ResponseReturnValue:
    """Open an account for a person, and show the code with which they set its password."""
    worker, said = _worker(worker_id), {**forms.filled("login", "language"), "guardian": forms.guardian()}
    try:
        asked = forms.read(AccountRequest(only=("login", "language", "guardian")), said)
        asked |= {"id": new_id(), "worker": worker, "by": visit.visitor(), "now": clock.now()}
        made = database.transact(claims.open_account, **asked)
    except Refused as refused:
        return _person(worker_id, forms.refusal(refused))
    return forms.code_page("activation", made, f"/meja/orang/{worker_id}")


@desk.post("/meja/orang/<uuid:worker_id>/kode")
@allow(PUBLIC)
@limits.at_most("30/minute", per=visit.counted)
def make_claim_code(worker_id: UUID) -> ResponseReturnValue:
    """Make a code with which a person opens their account at home, and show it."""
    worker, by = _worker(worker_id), visit.visitor().id
    try:
        claim_model.check_nik(worker)
        made = database.transact(claims.make_code, worker_id=worker["id"], by=by, now=clock.now())
    except Refused as refused:
        return _person(worker_id, forms.refusal(refused))
    return forms.code_page("claim", made, f"/meja/orang/{worker_id}")


@desk.get("/meja/akun/<uuid:account_id>")
@allow(PUBLIC)
def show_account(account_id: UUID) -> ResponseReturnValue:
    """Show an account, and what can be done with it."""
    return _account(account_id)


@desk.post("/meja/akun/<uuid:account_id>/kode")
@allow(PUBLIC)
@limits.at_most("30/minute", per=visit.counted)
def make_activation(account_id: UUID) -> ResponseReturnValue:
    """Make a code with which the owner of an account sets a new password, and show it."""
    without_totp, by = bool(forms.filled("without_totp")), visit.visitor()
    asked: dict[str, Any] = {"account_id": str(account_id), "by": by.id, "role": by.role}
    try:
        made = database.transact(
            recoveries.make_activation, without_totp=without_totp, now=clock.now(), **asked
        )  # fmt: skip
    except Refused as refused:
        return _account(account_id, forms.refusal(refused))
    return forms.code_page("activation", made, f"/meja/akun/{account_id}")


@desk.post("/meja/akun/<uuid:account_id>/tutup")
@allow(PUBLIC)
def disable(account_id: UUID) -> ResponseReturnValue:
    """Let nobody in with an account."""
    return _settle(accounts.disable, account_id, "disabled")


@desk.post("/meja/akun/<uuid:account_id>/buka")
@allow(PUBLIC)
def enable(account_id: UUID) -> ResponseReturnValue:
    """Let somebody in again."""
    return _settle(accounts.enable, account_id, "enabled")


@desk.get("/meja/orang/<uuid:worker_id>/<any(kode, akun):act>")
@allow(PUBLIC)
def back_to_person(worker_id: UUID, act: str) -> ResponseReturnValue:  # noqa: ARG001 (it names what was done)
    """Lead back from what is shown once: reading on in the other language asks for it again."""
    return redirect(f"/meja/orang/{worker_id}", 303)


@desk.get("/meja/akun/<uuid:account_id>/<any(kode, tutup, buka):act>")
@allow(PUBLIC)
def back_to_account(account_id: UUID, act: str) -> ResponseReturnValue:  # noqa: ARG001
    """Lead back, likewise."""
    return redirect(f"/meja/akun/{account_id}", 303)


def _desk(refused: Refusal | None = None) -> ResponseReturnValue:
    district = request.args.get("district") if visit.visitor().role == OFFICER else None
    people = district and asking.read(
        "/v1/workers", district=district, limit=PEOPLE, cursor=request.args.get("cursor")
    )  # fmt: skip
    return forms.page(
        "desk.html", refused, labels=LABELS, districts=regions.districts_of(), chosen=district, people=people
    )  # fmt: skip


def _person(worker_id: UUID, refused: Refusal | None = None) -> ResponseReturnValue:
    worker = _worker(worker_id)
    account = account_store.with_own(database.reader(), WORKER, worker["id"])
    said = {"worker": worker, "account": account, "can_claim": _can_claim(worker)}
    return forms.page("person.html", refused, labels=LABELS, **said)


def _account(account_id: UUID, refused: Refusal | None = None) -> ResponseReturnValue:
    account = account_store.get(database.reader(), str(account_id))
    return forms.page("account-at-desk.html", refused, account=account, may=_may(account), done=DONE)


def _settle(command: Any, account_id: UUID, done: str) -> ResponseReturnValue:
    account = account_store.get(database.reader(), str(account_id))
    try:
        account_model.check_keeper(account.role, visit.visitor().role)
        database.transact(command, account_id=account.id, now=clock.now())
    except Refused as refused:
        return _account(account_id, forms.refusal(refused))
    return redirect(f"/meja/akun/{account_id}?done={done}", 303)


def _found(said: str) -> str:
    """Return the page of whom it is about.

    :raises NobodyFound: nobody has the login, and it is no id.
    """
    account = account_store.find(database.reader(), account_model.fold(said))
    if account is not None:
        return f"/meja/akun/{account.id}"
    try:
        return f"/meja/orang/{UUID(said)}"
    except ValueError:
        raise NobodyFound(fields={"/find": NobodyFound.sentence()}) from None


def _worker(worker_id: UUID) -> dict[str, Any]:
    found: dict[str, Any] = asking.read(f"/v1/workers/{worker_id}").body
    return found


def _can_claim(worker: dict[str, Any]) -> bool:
    """Tell whether the registry would find a person by their NIK."""
    try:
        claim_model.check_nik(worker)
    except WorkerWithoutNik:
        return False
    return True


def _may(account: Account) -> bool:
    """Tell whether whoever visits may help with an account."""
    by = visit.visitor()
    try:
        recovery_model.check(account, by=by.id, role=by.role)
    except Refused:
        return False
    return True
