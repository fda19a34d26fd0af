"""What somebody filled in on a page: read as the API reads it, and shown again with what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import render_template, request
from marshmallow import Schema, ValidationError

from gateway.portal import visit
from gateway.upstream import Unanswered
from services.common import settings
from services.common.errors import Refused
from services.common.web import problems
from services.common.web.words import say

VERSION = re.compile(r"[1-9][0-9]{0,8}")
LONGEST = 200  # characters of a field
INNER = re.compile(r"^/(person|proof)(?=/)")  # what stands on a page as if it were no part of something


GUARDIAN = {
    "guardian": "Parent or guardian",
    "guardian_name": "Name of the parent or guardian",
    "guardian_relation": "What they are to you",
    "guardian_consents": "Consent of the parent or guardian",
}


class Unfit(Refused):
    """Some fields are wrong; each is named with what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a form is not taken, in the reader's language; fields: what is wrong, by the name of the input."""

    status: int
    sentence: str
    fields: Mapping[str, str]


def filled(*names: str) -> dict[str, str]:
    """Return what was filled in, without blanks around it and without what was left empty."""
    said = {name: " ".join(request.form.get(name, "").split())[:LONGEST] for name in names}
    return {name: value for name, value in said.items() if value}


def secret(name: str) -> dict[str, str]:
    """Return what was filled in as it is, blanks and all; it is not shown again."""
    said = request.form.get(name, "")[: LONGEST + 1]
    return {name: said} if said else {}


def ticked(name: str) -> list[str]:
    """Return which boxes of a name were ticked."""
    return [said[:LONGEST] for said in request.form.getlist(name)]


def guardian() -> dict[str, Any] | None:
    """Return what was filled in of a parent or guardian, as the API takes it."""
    names = ("guardian_name", "guardian_relation", "guardian_consents")
    said: dict[str, Any] = {name.removeprefix("guardian_"): each for name, each in filled(*names).items()}
    return said | {"consents": "consents" in said} if said else None


def version() -> int | None:
    """Return which version was seen when the form was shown."""
    said = request.form.get("version", "")
    return int(said) if VERSION.fullmatch(said) else None


def read(schema: Schema, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said as a command takes it.

    :raises Unfit: the schema does not fit; it says where.
    """
    try:
        found: dict[str, Any] = schema.load(said)
    except ValidationError as error:
        wrong = problems.pointed({"json": error.messages})
        raise Unfit(fields={at: " ".join(map(_say, each)) for at, each in wrong.items()}) from error
    return found


def refusal(error: Refused, worded: Mapping[str, str] | None = None) -> Refusal:
    """Return how a page says why it takes no form.

    :param worded: what to say of a field instead, where the API words it for programs.
    """
    status = error.status if isinstance(error, Unanswered) else problems.status_of(type(error))
    wrong = {_input(at): sentence for at, sentence in error.fields.items()}
    fields = {name: _say((worded or {}).get(name, sentence)) for name, sentence in wrong.items()}
    return Refusal(status=status, sentence=_say(error.sentence()), fields=fields)


def page(template: str, refused: Refusal | None = None, **said: Any) -> tuple[str, int]:
    """Return a page with its form as it was filled in, and with what is wrong with it."""
    status = refused.status if refused else 200
    return render_template(template, refused=refused, said=request.form, **said), status


def code_page(kind: str, code: Any, back: str) -> str:
    """Return the page that shows a code once, to be printed, with what to do with it.

    :param kind: claim, activation or invitation.
    :param code: what was made: it has code, expires_at and, for an activation, login.
    """
    host = urlsplit(settings.PUBLIC_URL).netloc
    return render_template("code.html", kind=kind, code=code, back=back, host=host)


def _input(pointer: str) -> str:
    """Return the name of the input that a JSON pointer is about: `/person/village` is `village`."""
    return INNER.sub("", pointer).strip("/").replace("/", "_")


def _say(sentence: str) -> str:
    return say(sentence, to=visit.language())
