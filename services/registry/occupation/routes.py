"""Occupations over HTTP."""

from typing import Any

from services.common.access import allow
from services.common.web.blueprint import Blueprint
from services.reference.occupations import EDITION
from services.registry.occupation import model
from services.registry.occupation.model import Placed
from services.registry.occupation.schemas import OccupationQuery, OccupationView

occupations = Blueprint("occupations", __name__, url_prefix="/v1/occupations")


@occupations.get("")
@allow("public")
@occupations.arguments(OccupationQuery, location="query")
@occupations.response(200, OccupationView(many=True))
def search(asked: dict[str, Any]) -> list[Placed]:
    """Search the occupations and groups of KBJI 2014 by words of their titles; the best come first."""
    return model.search(**asked)


@occupations.get("/<code>")
@allow("public")
@occupations.response(200, OccupationView)
def show(code: str) -> tuple[Placed, dict[str, str]]:
    """Show an occupation or a group of KBJI 2014."""
    return model.get(code), {"ETag": f'"{EDITION}"'}
