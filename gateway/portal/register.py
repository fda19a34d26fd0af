"""`/daftar`: somebody registers as a worker, or gets into the record that the office has of them already."""

import re
from typing import Any

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from gateway.account import model as account_model
from gateway.claim import commands as claims
from gateway.claim.model import ASKED
from gateway.claim.schemas import ClaimRequest, WishRequest
from gateway.database import database
from gateway.portal import forms, visit, wording
from gateway.portal.forms import Refusal, Unfit
from gateway.registration import commands
from gateway.registration.schemas import RegistrationRequest
from services.common.access import PUBLIC, allow
from services.common.errors import Refused
from services.common.mongo import new_id
from services.common.web import limits
from services.reference import clock, education, regions

NEEDED = ("name", "birth_date", "sex", "village", "education")
SHAPES = {"nik": re.compile(r"(\d{16})?"), "phone": re.compile(r"(\+[1-9]\d{6,14})?")}
MISSING = "Missing data for required field."
CONSENT = "Tick this to register: without it, the office may not keep what you entered."
WORDED = {
    "nik": "A NIK has 16 digits.",
    "phone": "Write the number as 0812 3456 7890, or with + and the country.",
    "village": "Choose a village.",
    "education": "Choose the highest education that you completed.",
}
LABELS = {
    "name": "Name",
    "nik": "NIK",
    "birth_date": "Birth date",
    "sex": "Sex",
    "village": "Village",
    "education": "Highest education completed",
    "phone": "Phone",
    **forms.GUARDIAN,
    "certificate_number": "Certificate number",
    "code": "Code of the office",
    "login": "Login",
    "password": "Password",
    "language": "Language of letters",
    "email": "E-mail",
    "consents": "Consent",
}
SEXES = (("P", "Woman"), ("L", "Man"))
DONE = {"letter": ASKED}

register = Blueprint("register", __name__)
register.after_request(visit.keep_nowhere)


@register.get("/daftar")
@allow(PUBLIC)
def ask_to_register() -> ResponseReturnValue:
    """Show the form with which somebody registers."""
    return _registering()


@register.post("/daftar")
@allow(PUBLIC)
@limits.at_most("30/minute", "300/day", per=limits.ADDRESS)
def enrol() -> ResponseReturnValue:
    """Register somebody, whose account then waits behind the door."""
    try:
        asked = _registration()
        account_model.check_password(asked["password"], asked["login"])
        begun = database.transact(commands.begin, id=new_id(), now=clock.now(), **asked)
        commands.finish(begun, reader=visit.language())
    except Refused as refused:
        return _registering(forms.refusal(refused, WORDED))
    return redirect("/masuk?done=registered", 303)


@register.get("/daftar/klaim")
@allow(PUBLIC)
def ask_to_claim() -> ResponseReturnValue:
    """Show the form with which somebody gets into their record."""
    return _claiming()


@register.post("/daftar/klaim")
@allow(PUBLIC)
@limits.at_most("20/minute", "200/day", per=limits.ADDRESS)
def claim() -> ResponseReturnValue:
    """Let somebody into their record; whatever is wrong with the proof gets one answer."""
    try:
        asked = forms.read(ClaimRequest(), _claim())
        account_model.check_password(asked["password"], asked["login"])
        nik, proof, now = asked.pop("nik"), asked.pop("proof"), clock.now()
        proven = claims.prove(database.reader(), nik=nik, proof=proof, reader=visit.language(), now=now)
        database.transact(claims.claim, id=new_id(), proof=proven, now=now, **asked)
    except Refused as refused:
        return _claiming(forms.refusal(refused, WORDED))
    return redirect("/masuk?done=registered", 303)


@register.get("/daftar/klaim/surat")
@allow(PUBLIC)
def ask_for_letter() -> ResponseReturnValue:
    """Show the form with which somebody asks for a code by e-mail."""
    return forms.page("claim-letter.html", labels=LABELS)


@register.post("/daftar/klaim/surat")
@allow(PUBLIC)
@limits.at_most("10/minute", "100/day", per=limits.ADDRESS)
def wish_for_letter() -> ResponseReturnValue:
    """Note the wish for a code by e-mail; the answer is the same for every NIK."""
    try:
        asked = forms.read(WishRequest(), _nik())
    except Refused as refused:
        return forms.page("claim-letter.html", forms.refusal(refused, WORDED), labels=LABELS)
    database.transact(claims.wish, id=new_id(), reader=visit.language(), now=clock.now(), **asked)
    return redirect("/daftar/klaim?done=letter", 303)


def _registering(refused: Refusal | None = None) -> ResponseReturnValue:
    levels = [(each.code, wording.EDUCATION.get(each.code, each.code)) for each in education.LEVELS]
    homes = {each.name: regions.villages_of(each.code) for each in regions.districts_of()}
    return forms.page("register.html", refused, labels=LABELS, levels=levels, sexes=SEXES, homes=homes)


def _claiming(refused: Refusal | None = None) -> ResponseReturnValue:
    return forms.page("claim.html", refused, labels=LABELS, done=DONE)


def _registration() -> dict[str, Any]:
    """Return what the form says, as a command takes it.

    :raises Unfit: something is wrong; whatever can be told before the registry is asked is told at once.
    """
    person = forms.filled(*NEEDED) | _nik() | _phone()
    wrong = {f"/{name}": MISSING for name in NEEDED if name not in person}
    wrong |= {f"/{name}": WORDED[name] for name, form in SHAPES.items() if not form.fullmatch(person.get(name, ""))}
    wrong |= {} if forms.filled("consents") else {"/consents": CONSENT}
    try:
        asked = forms.read(RegistrationRequest(), {**_entry(), **forms.filled("email"), "person": person})
    except Unfit as unfit:
        raise Unfit(fields={**wrong, **unfit.fields}) from unfit
    if wrong:
        raise Unfit(fields=wrong)
    return asked


def _claim() -> dict[str, Any]:
    return {**_entry(), **_nik(), "proof": forms.filled("certificate_number", "code")}


def _entry() -> dict[str, Any]:
    return {**forms.filled("login", "language"), **forms.secret("password"), "guardian": forms.guardian()}


def _nik() -> dict[str, str]:
    """Return the NIK without what people write between its digits."""
    return {name: re.sub(r"[\s.-]", "", said) for name, said in forms.filled("nik").items()}


def _phone() -> dict[str, str]:
    """Return the phone number as it is dialled from anywhere; the country is ours where none is said."""
    said = {name: re.sub(r"[\s().-]", "", each) for name, each in forms.filled("phone").items()}
    return {name: re.sub(r"^(0|(?=62))", "+62" if each[0] == "0" else "+", each) for name, each in said.items()}
