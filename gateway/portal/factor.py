"""`/akun/kode`: the second factor: set up, shown, taken off; officers and administrators cannot go on without it."""

import segno
from flask import make_response, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from gateway.account import commands, store
from gateway.account.model import GUARDED, UNENROLLED, Account, OtpMandatory, OtpSetUp
from gateway.account.schemas import TotpConfirmation, TotpRemoval
from gateway.database import database
from gateway.portal import forms, visit
from gateway.portal.forms import Refusal
from services.common.access import PUBLIC, allow
from services.common.errors import Refused
from services.common.web import limits
from services.reference import clock

AT = "/akun/kode"
WITHOUT = ("/keluar", "/masuk", "/begawi.css", "/begawi.svg")  # may be had before it is set up
LABELS = {"code": "First code of the app", "password": "Password"}
QR = {"svgclass": "qr", "lineclass": None, "omitsize": True}
HALF, GROUP = 5, 4  # signs

factor = visit.inside("factor")


def lead() -> ResponseReturnValue | None:
    """Lead whoever needs a second factor and has none to where it is set up. Before each request."""
    is_on_the_way = request.path.startswith(AT) or request.path in WITHOUT
    return redirect(AT, 303) if visit.visitor().role == UNENROLLED and not is_on_the_way else None


@factor.get("/akun/kode")
@allow(PUBLIC)
def show() -> ResponseReturnValue:
    """Say what the second factor is for, and whether it is on."""
    return _factor()


@factor.post("/akun/kode")
@allow(PUBLIC)
def begin() -> ResponseReturnValue:
    """Make the secret that an app takes."""
    try:
        database.transact(commands.begin_totp, account_id=visit.visitor().id)
    except OtpSetUp as refused:
        return _factor(forms.refusal(refused))
    return redirect("/akun/kode/pasang", 303)


@factor.get("/akun/kode/pasang")
@allow(PUBLIC)
def show_secret() -> ResponseReturnValue:
    """Show the secret until a code of it comes back."""
    return _secret() if _mine().totp_begun else redirect(AT, 303)


@factor.post("/akun/kode/pasang")
@allow(PUBLIC)
@limits.at_most("10/minute", per=visit.counted)
def confirm() -> ResponseReturnValue:
    """Let the second factor count, and show the spare codes; with this answer, as they are kept nowhere."""
    try:
        code = forms.read(TotpConfirmation(), forms.filled("code"))["code"].replace(" ", "")
        spares = database.transact(commands.confirm_totp, account_id=visit.visitor().id, code=code, now=clock.now())
    except Refused as refused:
        again = forms.refusal(_at_code(refused))
        return _secret(again) if _mine().totp_begun else _factor(again)
    return forms.page("spares.html", login=_mine().login, spares=[f"{each[:HALF]}-{each[HALF:]}" for each in spares])


@factor.get("/akun/kode/lepas")
@allow(PUBLIC)
def ask_to_remove() -> ResponseReturnValue:
    """Ask for the password before the second factor is taken off."""
    return _removing()


@factor.post("/akun/kode/lepas")
@allow(PUBLIC)
@limits.at_most("10/minute", per=visit.counted)
def remove() -> ResponseReturnValue:
    """Take the second factor off; all sessions end, this one too."""
    mine = _mine()
    try:
        commands.check_password(mine, forms.read(TotpRemoval(), forms.secret("password"))["password"])
        database.transact(commands.remove_totp, account_id=mine.id, now=clock.now())
    except OtpMandatory as refused:
        return _factor(forms.refusal(refused))
    except Refused as refused:
        return _removing(forms.refusal(refused))
    return visit.sign_out(make_response(redirect("/masuk?done=factor", 303)))


def _mine() -> Account:
    return store.get(database.reader(), visit.visitor().id)


def _factor(refused: Refusal | None = None) -> ResponseReturnValue:
    mine = _mine()
    return forms.page("factor.html", refused, account=mine, is_guarded=mine.role in GUARDED, labels=LABELS)


def _removing(refused: Refusal | None = None) -> ResponseReturnValue:
    return forms.page("remove-factor.html", refused, account=_mine(), labels=LABELS)


def _secret(refused: Refusal | None = None) -> ResponseReturnValue:
    mine = _mine()
    secret = mine.totp_begun or ""
    uri = commands.totp_uri(mine.login, secret)
    groups = [secret[at : at + GROUP] for at in range(0, len(secret), GROUP)]
    said = {"uri": uri, "groups": groups, "login": mine.login, "labels": LABELS}
    return forms.page("secret-of-factor.html", refused, qr=_drawn(uri), **said)


def _drawn(uri: str) -> Markup:
    """Return the QR code of an address, drawn without a style of its own: the page may have none."""
    return Markup(segno.make(uri, error="m").svg_inline(**QR))  # noqa: S704 (it is lines alone)


def _at_code(refused: Refused) -> Refused:
    """Say at the input what is wrong with a code."""
    refused.fields = {at.replace("/otp", "/code"): sentence for at, sentence in refused.fields.items()}
    return refused
