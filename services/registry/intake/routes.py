"""Intakes over HTTP."""

from typing import Any

from flask import request
from marshmallow import ValidationError

from services.common import access
from services.common.access import allow
from services.common.web import conditional, idempotency, problems
from services.common.web.blueprint import Blueprint
from services.reference import clock
from services.registry.database import database
from services.registry.intake import commands, store
from services.registry.intake.model import Intake, LineError
from services.registry.intake.schemas import IntakeRequest, IntakeView, Line

intakes = Blueprint("intakes", __name__, url_prefix="/v1/intakes")


def sender(intake_id: str) -> str:
    return store.get(database.reader(), intake_id).institution_id


@intakes.post("")
@allow("officer", "institution:own", owner=access.in_body("institution_id"))
@intakes.arguments(IntakeRequest)
@intakes.response(202, IntakeView)
def take(asked: dict[str, Any]) -> tuple[Intake, int, dict[str, str]]:
    """Send many people at once. Location is the job that takes them; the intake tells which lines were not taken."""
    lines, errors = _read(asked["lines"])
    asked |= {"lines": lines, "errors": errors, "owner": access.actor().id, "now": clock.now()}
    intake, status, headers = idempotency.create(
        database, commands.take, store.get, "/v1/intakes/{}", status=202, **asked
    )
    return intake, status, headers | {"Location": f"{request.script_root}/v1/jobs/{intake.job}"}


@intakes.get("/<intake_id>")
@allow("officer", "institution:own", owner=sender)
@intakes.response(200, IntakeView)
def show(intake_id: str) -> tuple[Intake, dict[str, str]]:
    """Show an intake, with the lines that were not taken."""
    return conditional.shown(store.get(database.reader(), intake_id))


def _read(said: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[LineError]]:
    """Return the lines that can be read, as JSON with their numbers, and why the others cannot."""
    schema, lines, errors = Line(), [], []
    for number, line in enumerate(said, start=1):
        try:
            read = schema.load(line)
        except ValidationError as error:
            wrong = problems.pointed({"json": error.messages})
            errors.append(LineError(line=number, code="Unreadable", fields=tuple(sorted(wrong))))
        else:
            lines.append(schema.dump(read) | {"line": number})
    return lines, errors
