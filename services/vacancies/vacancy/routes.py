"""Vacancies over HTTP."""

from typing import Any

from services.common import access
from services.common.access import PUBLIC, allow
from services.common.web import conditional, idempotency, lists
from services.common.web.blueprint import Blueprint
from services.reference import clock
from services.vacancies.database import database
from services.vacancies.vacancy import commands, store
from services.vacancies.vacancy.model import STATUSES, Vacancy, VacancyUnknown
from services.vacancies.vacancy.schemas import VacancyChange, VacancyQuery, VacancyRequest, VacancyView

vacancies = Blueprint("vacancies", __name__, url_prefix="/v1/vacancies")


def offerer(vacancy_id: str) -> str | None:
    return store.employer_of(database.reader(), vacancy_id)


@vacancies.post("")
@allow("officer", "employer:own", "partner:vacancies.write", owner=access.in_body("employer_id"))
@vacancies.arguments(VacancyRequest)
@vacancies.response(201, VacancyView)
def draft(asked: dict[str, Any]) -> tuple[Vacancy, int, dict[str, str]]:
    """Write a vacancy; it is a draft until it is published."""
    asked["today"] = clock.today()
    return idempotency.create(database, commands.draft, store.get, "/v1/vacancies/{}", **asked)


@vacancies.get("")
@allow(PUBLIC)
@vacancies.arguments(VacancyQuery, location="query")
@vacancies.response(200, VacancyView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Vacancy], dict[str, str]]:
    """List vacancies, the newest first: the published ones; all of them to officers, and an employer's own to it."""
    seen = STATUSES if _sees_all_of(asked["employer_id"]) else ("published",)
    status = asked.pop("status")
    asked["statuses"] = [each for each in seen if status in {None, each}]
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@vacancies.get("/<vacancy_id>")
@allow(PUBLIC)
@vacancies.response(200, VacancyView)
def show(vacancy_id: str) -> tuple[Vacancy, dict[str, str]]:
    """Show a vacancy, from its publication on; a draft to officers and its employer alone."""
    vacancy = store.get(database.reader(), vacancy_id)
    if not (vacancy.is_told or _sees_all_of(vacancy.employer.id)):
        raise VacancyUnknown(vacancy_id)
    return conditional.shown(vacancy)


@vacancies.patch("/<vacancy_id>")
@allow("officer", "employer:own", "partner:vacancies.write", owner=offerer)
@vacancies.arguments(VacancyChange)
@vacancies.response(200, VacancyView)
def change(asked: dict[str, Any], vacancy_id: str) -> tuple[Vacancy, dict[str, str]]:
    """Change some fields of a vacancy that is not closed; If-Match says which version was seen."""
    asked |= {"vacancy_id": vacancy_id, "expected": conditional.expected(), "today": clock.today()}
    return conditional.shown(database.transact(commands.change, **asked))


@vacancies.post("/<vacancy_id>/publication")
@allow("officer", "employer:own", "partner:vacancies.write", owner=offerer)
@vacancies.response(200, VacancyView)
def publish(vacancy_id: str) -> tuple[Vacancy, dict[str, str]]:
    """Publish a draft of a verified employer."""
    asked = {"vacancy_id": vacancy_id, "today": clock.today()}
    return idempotency.change(database, commands.publish, store.get, vacancy_id, **asked)


@vacancies.post("/<vacancy_id>/closing")
@allow("officer", "employer:own", "partner:vacancies.write", owner=offerer)
@vacancies.response(200, VacancyView)
def close(vacancy_id: str) -> tuple[Vacancy, dict[str, str]]:
    """Close a published vacancy."""
    asked = {"vacancy_id": vacancy_id, "today": clock.today()}
    return idempotency.change(database, commands.close, store.get, vacancy_id, **asked)


def _sees_all_of(employer_id: str | None) -> bool:
    asker = access.actor()
    may_look = asker.role == "employer" or "vacancies.read" in asker.scopes
    return asker.role == "officer" or (may_look and asker.own is not None and asker.own == employer_id)
