"""Employers over HTTP."""

from typing import Any

from services.common import access
from services.common.access import allow
from services.common.mongo import new_id
from services.common.web import conditional, idempotency, lists
from services.common.web.blueprint import Blueprint
from services.reference import clock
from services.vacancies.database import database
from services.vacancies.employer import commands, store
from services.vacancies.employer.model import Employer
from services.vacancies.employer.schemas import EmployerChange, EmployerQuery, EmployerRequest, EmployerView

employers = Blueprint("employers", __name__, url_prefix="/v1/employers")


@employers.post("")
@allow("officer")
@employers.arguments(EmployerRequest)
@employers.response(201, EmployerView)
def register(asked: dict[str, Any]) -> tuple[Employer, int, dict[str, str]]:
    """Register an employer; it is pending until it is verified."""
    asked["today"] = clock.today()
    return idempotency.create(database, commands.register, store.get, "/v1/employers/{}", **asked)


@employers.get("")
@allow("officer")
@employers.arguments(EmployerQuery, location="query")
@employers.response(200, EmployerView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Employer], dict[str, str]]:
    """List employers, the oldest first."""
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@employers.get("/<employer_id>")
@allow("officer", "employer:own", "partner:employer.read")
@employers.response(200, EmployerView)
def show(employer_id: str) -> tuple[Employer, dict[str, str]]:
    """Show an employer."""
    return conditional.shown(store.get(database.reader(), employer_id))


@employers.patch("/<employer_id>")
@allow("officer", "employer:own")
@employers.arguments(EmployerChange)
@employers.response(200, EmployerView)
def change(asked: dict[str, Any], employer_id: str) -> tuple[Employer, dict[str, str]]:
    """Change some fields of an employer; If-Match says which version was seen."""
    asked |= {"employer_id": employer_id, "expected": conditional.expected()}
    asked |= {"job_id": new_id(), "asker": access.actor().id}
    return conditional.shown(database.transact(commands.change, **asked))


@employers.post("/<employer_id>/verification")
@allow("officer")
@employers.response(200, EmployerView)
def verify(employer_id: str) -> tuple[Employer, dict[str, str]]:
    """Verify an employer, so that it may publish vacancies."""
    return idempotency.change(database, commands.verify, store.get, employer_id, employer_id=employer_id)


@employers.post("/<employer_id>/suspension")
@allow("officer")
@employers.response(200, EmployerView)
def suspend(employer_id: str) -> tuple[Employer, dict[str, str]]:
    """Suspend an employer, so that it publishes no more vacancies."""
    return idempotency.change(database, commands.suspend, store.get, employer_id, employer_id=employer_id)
