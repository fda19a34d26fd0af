"""Enrolments over HTTP."""

from typing import Any

from flask import request

from services.common import access
from services.common.access import allow
from services.common.web import conditional, idempotency, lists
from services.common.web.blueprint import Blueprint
from services.reference import clock
from services.registry.batch import store as batches
from services.registry.database import database
from services.registry.enrolment import commands, store
from services.registry.enrolment.model import Enrolment
from services.registry.enrolment.schemas import EnrolmentMove, EnrolmentQuery, EnrolmentRequest, EnrolmentView

enrolments = Blueprint("enrolments", __name__, url_prefix="/v1/enrolments")


def giver() -> str | None:
    """Return the institution of the batch that the body names."""
    body = request.get_json(silent=True)
    batch_id = body.get("batch_id") if isinstance(body, dict) else None
    return batches.get(database.reader(), batch_id).institution_id if isinstance(batch_id, str) else None


def party(enrolment_id: str) -> str | None:
    """Return the worker's id or the institution's, as the role of whoever asks."""
    found = store.get(database.reader(), enrolment_id)
    return found.worker_id if access.actor().kind == "worker" else found.institution_id


def asked_of() -> str | None:
    return request.args.get(f"{access.actor().kind}_id")


@enrolments.post("")
@allow("officer", "institution:own", "partner:enrolments.write", owner=giver)
@enrolments.arguments(EnrolmentRequest)
@enrolments.response(201, EnrolmentView)
def enrol(asked: dict[str, Any]) -> tuple[Enrolment, int, dict[str, str]]:
    """Enrol a worker in a batch."""
    asked |= {"now": clock.now(), "today": clock.today()}
    return idempotency.create(database, commands.enrol, store.get, "/v1/enrolments/{}", **asked)


@enrolments.get("")
@allow("officer", "institution:own", "partner:enrolments.read", "worker:self", owner=asked_of)
@enrolments.arguments(EnrolmentQuery, location="query")
@enrolments.response(200, EnrolmentView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Enrolment], dict[str, str]]:
    """List enrolments; an institution lists its own, a worker theirs."""
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@enrolments.get("/<enrolment_id>")
@allow("officer", "institution:own", "partner:enrolments.read", "worker:self", owner=party)
@enrolments.response(200, EnrolmentView)
def show(enrolment_id: str) -> tuple[Enrolment, dict[str, str]]:
    """Show an enrolment."""
    return conditional.shown(store.get(database.reader(), enrolment_id))


@enrolments.post("/<enrolment_id>/state")
@allow("officer", "institution:own", "partner:enrolments.write", owner=party)
@enrolments.arguments(EnrolmentMove)
@enrolments.response(200, EnrolmentView)
def move(asked: dict[str, Any], enrolment_id: str) -> tuple[Enrolment, dict[str, str]]:
    """Move an enrolment on: from applied to accepted, attending, completed or failed; or before that to withdrawn."""
    asked |= {"enrolment_id": enrolment_id, "today": clock.today()}
    return idempotency.change(database, commands.move, store.get, enrolment_id, **asked)
