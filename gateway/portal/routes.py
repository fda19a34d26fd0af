"""The portal: all its pages, what their templates may say, and what a visitor reads when something fails."""

import logging
from functools import partial
from pathlib import Path
from typing import Any

import flask
from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from gateway.portal import terms, visit, wording
from gateway.portal.intakes import intakes
from gateway.portal.queue import queue
from gateway.portal.releases import releases
from gateway.portal.sessions import sessions
from gateway.portal.skills import skills
from gateway.portal.vacancies import vacancies
from gateway.upstream import Declined, ServiceAway, Unanswered
from services.common import mongo, telemetry
from services.common.access import PUBLIC, allow
from services.common.web import problems
from services.common.web.words import say

LOG = logging.getLogger(__name__)
LOOK = Path(__file__).parent / "look"
DOCUMENTS = ("registry", "vacancies", "matching", "identity")
SPOKEN = ("day", "moment", "percent", "wage", "place", "number", "size")
SENTENCES = problems.SENTENCES | {413: terms.TOO_LARGE}

portal = Blueprint("portal", __name__, template_folder="templates")
portal.before_request(visit.begin)
portal.before_request(visit.refuse_foreign_forms)
portal.after_request(visit.end)
for pages in (vacancies, sessions, intakes, queue, skills, releases):
    portal.register_blueprint(pages)


@portal.context_processor
def speak() -> dict[str, Any]:
    """Give the templates the reader's language."""
    language = visit.language()
    spoken = {name: partial(getattr(wording, name), language=language) for name in SPOKEN}
    said = {"say": partial(say, to=language), "language": language, "visitor": visit.visitor()}
    return said | spoken | {"wording": wording, "terms": terms, "path": request.path}


@portal.get("/api")
@allow(PUBLIC)
def documents() -> str:
    """List the OpenAPI documents."""
    return render_template("documents.html", services=DOCUMENTS)


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
    return _problem(status, SENTENCES.get(status, error.name))


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
    return render_template("problem.html", **said), status, headers or {}
