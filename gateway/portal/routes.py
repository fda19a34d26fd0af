"""The portal: all its pages, what their templates may say, and what a visitor reads when something fails."""

import logging
from functools import partial
from pathlib import Path
from typing import Any

import flask
from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from gateway.documents.routes import documents
from gateway.portal import factor, inbox, terms, visit, wording
from gateway.portal.account import account
from gateway.portal.desk import desk
from gateway.portal.door import door, passwords
from gateway.portal.intakes import intakes
from gateway.portal.programs import programs
from gateway.portal.queue import queue
from gateway.portal.register import register
from gateway.portal.releases import releases
from gateway.portal.sessions import sessions
from gateway.portal.skills import skills
from gateway.portal.team import invitations, teams
from gateway.portal.vacancies import vacancies
from gateway.upstream import Declined, ServiceAway, Unanswered
from services.common import mongo, telemetry
from services.common.access import PUBLIC, allow
from services.common.errors import Refused
from services.common.web import problems
from services.common.web.words import say

LOG = logging.getLogger(__name__)
LOOK = Path(__file__).parent / "look"
SPOKEN = ("day", "moment", "percent", "wage", "place", "number", "size")
TOO_MANY = "There were too many tries: wait a few minutes, then try again."
SENTENCES = problems.SENTENCES | {413: terms.TOO_LARGE, 429: TOO_MANY}

portal = Blueprint("portal", __name__, template_folder="templates")
portal.before_request(visit.begin)
portal.before_request(visit.refuse_foreign_forms)
portal.before_request(factor.lead)
portal.after_request(visit.end)
for pages in (vacancies, sessions, intakes, queue, skills, releases, documents):
    portal.register_blueprint(pages)
for pages in (account, factor.factor, door, passwords, inbox.inbox, inbox.stopping):
    portal.register_blueprint(pages)
for pages in (register, desk, teams, invitations, programs):
    portal.register_blueprint(pages)


@portal.context_processor
def speak() -> dict[str, Any]:
    """Give the templates the reader's language."""
    language = visit.language()
    spoken = {name: partial(getattr(wording, name), language=language) for name in SPOKEN}
    said = {"say": partial(say, to=language), "language": language, "visitor": visit.visitor()}
    asked = {"path": request.path, "unread": inbox.unread}
    return said | spoken | asked | {"wording": wording, "terms": terms}


@portal.get("/begawi.<any(css, svg):kind>")
@allow(PUBLIC)
def look(kind: str) -> Response:
    """Send the style sheet or the sign."""
    return flask.send_from_directory(LOOK, f"begawi.{kind}", max_age=3600)


@portal.errorhandler(HTTPException)
def refused(error: HTTPException) -> ResponseReturnValue:
    """Say on a page what an error of HTTP means."""
    status = error.code or 500
    if status < 400:  # noqa: PLR2004 (a redirect)
        return error.get_response()
    kept = {name: said for name, said in error.get_headers() if name in problems.KEPT_HEADERS}
    return _problem(status, SENTENCES.get(status, error.name), kept)


@portal.errorhandler(Refused)
def broken_rule(error: Refused) -> ResponseReturnValue:
    """Say on a page why a command refused, where the page itself has no place for it."""
    return _problem(problems.status_of(type(error)), error.sentence())


@portal.errorhandler(Declined)
def declined(error: Declined) -> ResponseReturnValue:
    """Say on a page why a service refused, in its words."""
    status = error.code or 500
    said = terms.REFUSALS.get(error.kind or "") or error.sentence
    return _problem(status, said or SENTENCES.get(status, error.name))


@portal.errorhandler(Unanswered)
def unanswered(error: Unanswered) -> ResponseReturnValue:
    """Say on a page that a part of the platform is away."""
    return _problem(error.status, error.sentence(), {"Retry-After": "2"})


@portal.errorhandler(Exception)
def broken(error: Exception) -> ResponseReturnValue:
    """Say on a page that something went wrong on our side, or that MongoDB is away."""
    if mongo.is_away(error):
        return unanswered(ServiceAway())
    LOG.error("unhandled", exc_info=error)
    return _problem(500, SENTENCES[500])


def _problem(status: int, sentence: str, headers: dict[str, str] | None = None) -> ResponseReturnValue:
    said = {"status": status, "sentence": sentence, "request_id": telemetry.trace().get("request_id", "")}
    # Nothing is counted for it: what failed may be the very database.
    return render_template("problem.html", **said, unread=str), status, headers or {}
