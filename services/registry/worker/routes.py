"""Workers over HTTP."""

from typing import Any

from services.common.access import actor, allow
from services.common.web import conditional, idempotency, lists
from services.common.web.blueprint import Blueprint
from services.reference import clock
from services.registry.database import database
from services.registry.worker import commands, model, store
from services.registry.worker.model import Worker
from services.registry.worker.schemas import (
    RegistrationRequest,
    RegistrationView,
    VisibilityRequest,
    WishesRequest,
    WorkerChange,
    WorkerQuery,
    WorkerRequest,
    WorkerView,
)

workers = Blueprint("workers", __name__, url_prefix="/v1/workers")
registrations = Blueprint("registrations", __name__, url_prefix="/v1/registrations")


@registrations.post("")
@allow("gateway")
@registrations.arguments(RegistrationRequest)
@registrations.response(201, RegistrationView)
def register_itself(asked: dict[str, Any]) -> tuple[Worker, int, dict[str, str]]:
    """Register somebody who does it alone. A NIK that is somebody's already changes nothing in the answer.

    Nobody is found by a NIK that was said so, until an officer confirms it.
    """
    asked |= {"today": clock.today(), "now": clock.now()}
    return idempotency.create(database, commands.register_itself, store.get, "/v1/workers/{}", **asked)


@workers.post("")
@allow("officer")
@workers.arguments(WorkerRequest)
@workers.response(201, WorkerView)
def register(asked: dict[str, Any]) -> tuple[Worker, int, dict[str, str]]:
    """Register a worker."""
    asked |= {"today": clock.today(), "now": clock.now()}
    return idempotency.create(database, commands.register, store.get, "/v1/workers/{}", **asked)


@workers.get("")
@allow("officer")
@workers.arguments(WorkerQuery, location="query")
@workers.response(200, WorkerView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Worker], dict[str, str]]:
    """List workers."""
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@workers.get("/<worker_id>")
@allow("officer", "worker:self")
@workers.response(200, WorkerView)
def show(worker_id: str) -> tuple[Worker, dict[str, str]]:
    """Show a worker."""
    return _shown(store.get(database.reader(), worker_id))


@workers.patch("/<worker_id>")
@allow("officer", "worker:self")
@workers.arguments(WorkerChange)
@workers.response(200, WorkerView)
def change(asked: dict[str, Any], worker_id: str) -> tuple[Worker, dict[str, str]]:
    """Change some fields of a worker; If-Match says which version was seen.

    A NIK that a worker says of themselves is unproven; an officer who says it, the same or another, confirms it.
    """
    asked |= {"worker_id": worker_id, "expected": conditional.expected(), "today": clock.today()}
    return _shown(database.transact(commands.change, is_itself=_is_itself(), **asked))


@workers.put("/<worker_id>/wishes")
@allow("officer", "worker:self")
@workers.arguments(WishesRequest)
@workers.response(200, WorkerView)
def wish(asked: dict[str, Any], worker_id: str) -> tuple[Worker, dict[str, str]]:
    """Say what work a worker wishes for; what is left out may be anything. If-Match says which version was seen."""
    asked |= {"worker_id": worker_id, "expected": conditional.expected()}
    return _shown(database.transact(commands.wish, **asked))


@workers.put("/<worker_id>/visibility")
@allow("officer", "worker:self")
@workers.arguments(VisibilityRequest)
@workers.response(200, WorkerView)
def show_to_employers(asked: dict[str, Any], worker_id: str) -> tuple[Worker, dict[str, str]]:
    """Say how visible a worker is to employers, and from which they are hidden; If-Match says which version was seen.

    It is the worker's consent: who said it, and when, is kept in `consents`.
    """
    asked |= {"worker_id": worker_id, "expected": conditional.expected(), "now": clock.now()}
    return _shown(database.transact(commands.show, by=actor().id, role=actor().role, **asked))


def _shown(worker: Worker) -> tuple[Worker, dict[str, str]]:
    return conditional.shown(model.for_itself(worker) if _is_itself() else worker)


def _is_itself() -> bool:
    return actor().role == "worker"
