"""Batches over HTTP."""

from typing import Any

from flask import request

from services.common import access
from services.common.access import allow
from services.common.web import conditional, idempotency, lists
from services.common.web.blueprint import Blueprint
from services.registry.batch import commands, store
from services.registry.batch.model import Batch
from services.registry.batch.schemas import BatchChange, BatchQuery, BatchRequest, BatchView
from services.registry.database import database

batches = Blueprint("batches", __name__, url_prefix="/v1/batches")


def giver(batch_id: str) -> str:
    return store.get(database.reader(), batch_id).institution_id


def asked_of() -> str | None:
    return request.args.get("institution_id")


@batches.post("")
@allow("officer", "institution:own", "partner:batches.write", owner=access.in_body("institution_id"))
@batches.arguments(BatchRequest)
@batches.response(201, BatchView)
def create(asked: dict[str, Any]) -> tuple[Batch, int, dict[str, str]]:
    """Create a batch."""
    return idempotency.create(database, commands.create, store.get, "/v1/batches/{}", **asked)


@batches.get("")
@allow("officer", "institution:own", "partner:batches.read", owner=asked_of)
@batches.arguments(BatchQuery, location="query")
@batches.response(200, BatchView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Batch], dict[str, str]]:
    """List batches, of an institution, of a programme; an institution lists its own."""
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@batches.get("/<batch_id>")
@allow("officer", "institution:own", "partner:batches.read", owner=giver)
@batches.response(200, BatchView)
def show(batch_id: str) -> tuple[Batch, dict[str, str]]:
    """Show a batch."""
    return conditional.shown(store.get(database.reader(), batch_id))


@batches.patch("/<batch_id>")
@allow("officer", "institution:own", "partner:batches.write", owner=giver)
@batches.arguments(BatchChange)
@batches.response(200, BatchView)
def change(asked: dict[str, Any], batch_id: str) -> tuple[Batch, dict[str, str]]:
    """Change the days or the capacity of a batch; If-Match says which version was seen."""
    asked |= {"batch_id": batch_id, "expected": conditional.expected()}
    return conditional.shown(database.transact(commands.change, **asked))
