"""Ways to a new password: with a code that came by e-mail, with one of the desk, with the password from before."""

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect
from flask.typing import ResponseReturnValue

from gateway.account import commands as accounts
from gateway.account.model import PasswordWrong
from gateway.database import database
from gateway.portal import forms, visit
from gateway.portal.forms import Refusal, Unfit
from gateway.recovery import commands
from gateway.recovery.schemas import NewPassword, RecoveryRequest
from gateway.session.model import DEVICE
from services.common.access import PUBLIC, allow
from services.common.errors import Refused
from services.common.mongo import new_id
from services.common.web import limits
from services.reference import clock

LABELS = {
    "login": "Login",
    "code": "Code",
    "old": "Present password",
    "password": "New password",
    "again": "New password once more",
}
ASKED = (
    "If this login has an account with a confirmed e-mail address, a code is on its way there. It is good for 30"
    " minutes."
)
DIFFERENT = "The two are not the same: type the new password twice."
DONE = {"asked": ASKED}

door = Blueprint("door", __name__)
door.after_request(visit.keep_nowhere)
passwords = visit.inside("passwords")


@door.get("/lupa")
@allow(PUBLIC)
def ask_whose() -> ResponseReturnValue:
    """Ask whose password was forgotten."""
    return _whose()


@door.post("/lupa")
@allow(PUBLIC)
@limits.at_most("20/minute", "200/day", per=limits.ADDRESS)
@limits.at_most("6/hour", per=limits.said("login"))
def send_code() -> ResponseReturnValue:
    """Let a code go out by e-mail; the answer is the same for every login."""
    try:
        asked = forms.read(RecoveryRequest(), forms.filled("login"))
    except Refused as refused:
        return _whose(forms.refusal(refused))
    database.transact(commands.ask, id=new_id(), **asked)
    return redirect("/lupa/kode?done=asked", 303)


@door.get("/lupa/kode")
@allow(PUBLIC)
def ask_for_letters_code() -> ResponseReturnValue:
    """Ask for the code that came by e-mail, and a new password."""
    return _new("recovery.html")


@door.post("/lupa/kode")
@allow(PUBLIC)
@limits.at_most("20/minute", "200/day", per=limits.ADDRESS)
def recover() -> ResponseReturnValue:
    """Set a new password with a code that came by e-mail."""
    return _set(commands.recover, "recovery.html")


@door.get("/aktivasi")
@allow(PUBLIC)
def ask_for_desks_code() -> ResponseReturnValue:
    """Ask for a code of the desk, and a new password."""
    return _new("activation.html")


@door.post("/aktivasi")
@allow(PUBLIC)
@limits.at_most("20/minute", "500/day", per=limits.ADDRESS)  # an office has one
def activate() -> ResponseReturnValue:
    """Set a new password with a code of the desk."""
    return _set(commands.activate, "activation.html")


@passwords.get("/akun/sandi")
@allow(PUBLIC)
def ask_for_password() -> ResponseReturnValue:
    """Ask for the present password and a new one."""
    return _new("password.html")


@passwords.post("/akun/sandi")
@allow(PUBLIC)
@limits.at_most("10/minute", per=visit.counted)
def change_password() -> ResponseReturnValue:
    """Set a new password; all sessions end, this one too."""
    old, mine = forms.secret("old").get("old", ""), visit.visitor().id
    try:
        new = forms.read(NewPassword(only=("password",)), _password())["password"]
        database.transact(accounts.change_password, account_id=mine, old=old, new=new, now=clock.now())
    except PasswordWrong as wrong:
        return _new("password.html", forms.refusal(PasswordWrong(fields={"/old": wrong.sentence()})))
    except Refused as refused:
        return _new("password.html", forms.refusal(refused))
    return visit.sign_out(make_response(redirect("/masuk?done=password", 303)))


def _whose(refused: Refusal | None = None) -> ResponseReturnValue:
    return forms.page("forgotten.html", refused, labels=LABELS)


def _new(template: str, refused: Refusal | None = None) -> ResponseReturnValue:
    return forms.page(template, refused, labels=LABELS, done=DONE)


def _set(command: Callable[..., str], template: str) -> ResponseReturnValue:
    try:
        asked = forms.read(NewPassword(), forms.filled("login", "code") | _password())
        device = database.transact(command, now=clock.now(), **asked)
    except Refused as refused:
        return _new(template, forms.refusal(refused))
    return _known(make_response(redirect("/masuk?done=password", 303)), device)


def _password() -> dict[str, str]:
    """Return the new password.

    :raises Unfit: it was typed otherwise the second time.
    """
    said = forms.secret("password")
    if forms.secret("again").get("again") != said.get("password"):
        raise Unfit(fields={"/again": DIFFERENT})
    return said


def _known(answer: Response, device: str) -> Response:
    """Let the browser be known, so that it has tries of its own to sign in."""
    answer.set_cookie(visit.DEVICE_COOKIE, device, max_age=DEVICE, httponly=True, samesite="Strict", secure=True)
    return answer
