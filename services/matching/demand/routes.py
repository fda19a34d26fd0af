"""Demands over HTTP."""

from services.common.access import allow
from services.common.web import conditional
from services.common.web.blueprint import Blueprint
from services.matching.database import database
from services.matching.demand import store
from services.matching.demand.model import Demand
from services.matching.demand.schemas import DemandView

demands = Blueprint("demands", __name__, url_prefix="/v1/vacancies")


def employer(vacancy_id: str) -> str | None:
    return store.employer_of(database.reader(), vacancy_id)


@demands.get("/<vacancy_id>")
@allow("officer", "admin", "employer:own", "partner:candidates.read", owner=employer)
@demands.response(200, DemandView)
def show(vacancy_id: str) -> tuple[Demand, dict[str, str]]:
    """Show a vacancy as matching knows it; its version tells whether a change has arrived."""
    return conditional.shown(store.get(database.reader(), vacancy_id))
