"""Vacancies for everybody, and the shortlist for those who fill them."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from gateway import upstream
from gateway.account.model import ADMIN, EMPLOYER, OFFICER
from gateway.portal import visit
from services.common.access import NOBODY, PUBLIC, allow

VACANCIES, CANDIDATES = 20, 10  # a page; more would be heavy for a weak network

vacancies = Blueprint("vacancies", __name__)


@vacancies.get("/")
@allow(PUBLIC)
def published() -> str:
    """List the published vacancies."""
    asked = {"limit": VACANCIES, "cursor": request.args.get("cursor")}
    page = upstream.read("vacancies", "/v1/vacancies", actor=NOBODY, language=visit.language(), **asked)
    return render_template("vacancies.html", vacancies=page.body, cursor=page.cursor)


@vacancies.get("/lowongan/<uuid:vacancy_id>/kandidat")
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
