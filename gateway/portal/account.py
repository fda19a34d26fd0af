"""`/akun`: somebody's own account: who they are here, where letters go, and where they are signed in."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from gateway.account import commands as accounts
from gateway.account import store
from gateway.account.model import Account
from gateway.account.schemas import LanguageRequest
from gateway.code import store as codes
from gateway.code.model import EMAIL
from gateway.database import database
from gateway.portal import forms, visit
from gateway.portal.forms import Refusal
from gateway.recovery import commands as recoveries
from gateway.recovery.schemas import AddressConfirmation, AddressRequest
from gateway.session import commands as sessions
from services.common.access import PUBLIC, allow
from services.common.errors import Refused
from services.common.web import limits
from services.reference import clock

LABELS = {"language": "Language", "email": "E-mail", "password": "Password", "code": "Code"}
ROLES = {
    "worker": "job seeker",
    "employer": "employer",
    "institution": "training institution",
    "officer": "officer",
    "executive": "executive",
    "admin": "administrator",
}
TEAM = {"manager": "manager", "member": "member", "viewer": "viewer"}
DONE = {
    "language": "Remembered: pages, letters and notices come in this language.",
    "email": "The address is confirmed: letters go there from now on.",
    "removed": "The address is removed.",
    "sent": "A code is on its way to the address.",
    "session": "Ended: whoever was signed in there is out.",
}
# What a browser says of itself, the telling word first: many also name those that they resemble.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
SHOWN = 40  # characters of what anything else says of itself

account = visit.inside("account")


@account.get("/akun")
@allow(PUBLIC)
def show() -> ResponseReturnValue:
    """Show the visitor's account, and where they are signed in."""
    return _account()


@account.post("/akun")
@allow(PUBLIC)
def speak() -> ResponseReturnValue:
    """Choose the language of pages, letters and notices."""
    try:
        asked = forms.read(LanguageRequest(), forms.filled("language"))
    except Refused as refused:
        return _account(forms.refusal(refused))
    database.transact(accounts.set_language, account_id=visit.visitor().id, **asked)
    return redirect(f"/akun?done=language&lang={asked['language']}", 303)


@account.post("/akun/sesi")
@allow(PUBLIC)
def end_sessions() -> ResponseReturnValue:
    """End one session, or all but this one."""
    mine, one = _mine(), request.form.get("session")
    try:
        if one:
            database.transact(sessions.end, account=mine, session_id=one, now=clock.now())
        else:
            database.transact(sessions.end_others, account=mine, but=visit.visitor().session, now=clock.now())
    except Refused as refused:
        return _account(forms.refusal(refused))
    return redirect("/akun?done=session", 303)


@account.get("/akun/surel")
@allow(PUBLIC)
def ask_for_email() -> ResponseReturnValue:
    """Ask for an e-mail address."""
    return _email()


@account.post("/akun/surel")
@allow(PUBLIC)
@limits.at_most("6/hour", "20/day", per=visit.counted)
def enter_email() -> ResponseReturnValue:
    """Send a code to an address that is to be the account's."""
    try:
        asked = forms.read(AddressRequest(), forms.filled("email") | forms.secret("password"))
        database.transact(recoveries.enter_email, account_id=visit.visitor().id, now=clock.now(), **asked)
    except Refused as refused:
        return _email(forms.refusal(refused))
    return redirect("/akun/surel/kode?done=sent", 303)


@account.get("/akun/surel/kode")
@allow(PUBLIC)
def ask_for_code() -> ResponseReturnValue:
    """Ask for the code that went to an address."""
    return _code()


@account.post("/akun/surel/kode")
@allow(PUBLIC)
@limits.at_most("10/minute", per=visit.counted)
def confirm_email() -> ResponseReturnValue:
    """Make the address to which a code went the account's."""
    try:
        asked = forms.read(AddressConfirmation(), forms.filled("code"))
        database.transact(recoveries.confirm_email, account_id=visit.visitor().id, now=clock.now(), **asked)
    except Refused as refused:
        return _code(forms.refusal(refused))
    return redirect("/akun?done=email", 303)


@account.get("/akun/surel/hapus")
@allow(PUBLIC)
def ask_to_remove_email() -> ResponseReturnValue:
    """Ask whether the address is really to be removed."""
    return forms.page("remove-email.html", account=_mine())


@account.post("/akun/surel/hapus")
@allow(PUBLIC)
def remove_email() -> ResponseReturnValue:
    """Remove the address."""
    database.transact(recoveries.remove_email, account_id=visit.visitor().id, now=clock.now())
    return redirect("/akun?done=removed", 303)


def client(said: str) -> str:
    """Return what a browser or app is, as its owner would call it."""
    known = [next((name for sign, name in names.items() if sign in said), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, known)) or said[:SHOWN]


def _mine() -> Account:
    return store.get(database.reader(), visit.visitor().id)


def _account(refused: Refusal | None = None) -> ResponseReturnValue:
    mine = _mine()
    there = sessions.of_account(database.reader(), mine, now=clock.now())
    since = mine.created_at.astimezone(clock.WITA).date().isoformat()
    said = {"since": since, "roles": ROLES, "team": TEAM, "client": client, "done": DONE, "labels": LABELS}
    return forms.page("account.html", refused, account=mine, sessions=there, here=visit.visitor().session, **said)


def _email(refused: Refusal | None = None) -> ResponseReturnValue:
    return forms.page("email.html", refused, account=_mine(), pending=_pending(), labels=LABELS)


def _code(refused: Refusal | None = None) -> ResponseReturnValue:
    return forms.page("email-code.html", refused, pending=_pending(), labels=LABELS, done=DONE)


def _pending() -> str | None:
    """Return the address that waits for its code, if there is one."""
    code = codes.of_subject(database.reader(), EMAIL, visit.visitor().id, now=clock.now())
    return None if code is None else (code.payload or {})["email"]
