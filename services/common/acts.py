"""Who does what, and for whom: one row in the transaction that does it, ids alone, nothing personal."""

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import uuid_utils
from pymongo import IndexModel
from pymongo.client_session import ClientSession
from pymongo.database import Database

KEPT_S = 5 * 365 * 24 * 3600
INDEXES = {
    "acts": [
        IndexModel([("at", 1)], name="expiry", expireAfterSeconds=KEPT_S),
        IndexModel([("actor", 1), ("_id", -1)], name="actor"),
        IndexModel([("for.worker", 1), ("_id", -1)], name="worker", sparse=True),
    ]
}

_doing: ContextVar[Mapping[str, Any] | None] = ContextVar("doing", default=None)


def bind(said: Mapping[str, Any] | None) -> None:
    """Say what this request does; None: nobody does anything.

    :param said: actor, role, session, act as `PATCH /v1/workers/<worker_id>`, subject (the ids in the path), and
        `for`, where somebody acts for another: worker, employer or institution by kind.
    """
    _doing.set(said)


def record(db: Database[dict[str, Any]], transaction: ClientSession | None = None, /, **said: Any) -> None:
    """Record what this request does, in the caller's transaction; outside of a request, only what is said."""
    doing = _doing.get()
    if doing is None and not said:
        return
    row = {"_id": str(uuid_utils.uuid7()), "at": datetime.now(UTC), **(doing or {}), **said}
    db.acts.insert_one({name: value for name, value in row.items() if value}, session=transaction)
