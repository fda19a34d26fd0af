"""The portal's pages: vacancies for everybody, the shortlist for those who fill them."""

import logging
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, HTTPException

from gateway import upstream
from gateway.database import database
from gateway.identity import commands
from gateway.identity.model import ADMIN, EMPLOYER, OFFICER, LoginWrong
from gateway.portal import visit, wording
from gateway.upstream import ServiceAway, Unanswered
from services.common import mongo, telemetry
from services.common.access import NOBODY, PUBLIC, allow
from services.common.web import problems
from services.common.web.words import say
from services.reference import clock

LOG = logging.getLogger(__name__)
LOOK = Path(__file__).parent / "look"
DOCUMENTS = ("registry", "vacancies", "matching", "identity")
VACANCIES, CANDIDATES = 20, 10  # a page; more would be heavy for a weak network

portal = Blueprint("portal", __name__, template_folder="templates")
portal.before_request(visit.begin)
portal.before_request(visit.refuse_foreign_forms)
portal.after_request(visit.end)


@portal.context_processor
def speak() -> dict[str, Any]:
    """Give the templates the reader's language."""
    language = visit.language()
    spoken = {name: partial(getattr(wording, name), language=language) for name in ("day", "percent", "wage", "place")}
    said = {"say": partial(say, to=language), "language": language, "visitor": visit.visitor(), "wording": wording}
    return said | spoken | {"path": request.path}


@portal.get("/")
@allow(PUBLIC)
def vacancies() -> str:
    """List the published vacancies."""
    asked = {"limit": VACANCIES, "cursor": request.args.get("cursor")}
    page = upstream.read("vacancies", "/v1/vacancies", actor=NOBODY, language=visit.language(), **asked)
    return render_template("vacancies.html", vacancies=page.body, cursor=page.cursor)


@portal.get("/lowongan/<uuid:vacancy_id>/kandidat")
@allow(PUBLIC)
def candidates(vacancy_id: UUID) -> ResponseReturnValue:
    """Show the ranked shortlist to officers and to the vacancy's employer; matching decides who that is."""
    if visit.visitor() is NOBODY:
        return redirect(f"/masuk?to={request.path}", 303)
    if visit.visitor().role not in {OFFICER, ADMIN, EMPLOYER}:
        raise Forbidden
    path = f"/v1/vacancies/{vacancy_id}/candidates"
    asked = {"limit": CANDIDATES, "cursor": request.args.get("cursor")}
    page = upstream.read("matching", path, actor=visit.visitor(), language=visit.language(), **asked)
    return render_template("candidates.html", **page.body, cursor=page.cursor), {"Cache-Control": "no-store"}


@portal.get("/masuk")
@allow(PUBLIC)
def ask_to_sign_in() -> str:
    """Ask for login and password."""
    return render_template("sign-in.html", to=visit.our_page(request.args.get("to")))


@portal.post("/masuk")
@allow(PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Begin a session, and go on to where the visitor wanted to go."""
    login, password = request.form.get("login", "")[:200], request.form.get("password", "")[:200]
    to = visit.our_page(request.form.get("to"))
    try:
        cookie = commands.enter(database.reader(), login=login, password=password, now=clock.now())
    except LoginWrong as error:
        return render_template("sign-in.html", to=to, login=login, refused=error.sentence()), 401
    return visit.sign_in(make_response(redirect(to, 303)), cookie)


@portal.post("/keluar")
@allow(PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    return visit.sign_out(make_response(redirect("/", 303)))


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
    return _problem(status, problems.SENTENCES.get(status, error.name))


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
    return _problem(500, problems.SENTENCES[500])


def _problem(status: int, sentence: str, headers: dict[str, str] | None = None) -> ResponseReturnValue:
    said = {"status": status, "sentence": sentence, "request_id": telemetry.trace().get("request_id", "")}
    return render_template("problem.html", **said), status, headers or {}
