"""Looks in MongoDB."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta

from pymongo import IndexModel

from services.common.mongo import Indexes, Row, Tx
from services.registry.disclosure.model import Look

NOBODYS = timedelta(days=30)  # so long it is kept that somebody was looked for who is not here
INDEXES: Indexes = {
    "looks": [
        IndexModel([("worker_id", 1), ("_id", -1)], name="worker"),
        IndexModel([("expires_at", 1)], name="expiry", expireAfterSeconds=0),
    ]
}


def insert_many(tx: Tx, looks: Collection[Look]) -> None:
    if looks:
        tx.db.looks.insert_many([_row(each) for each in looks], ordered=False, session=tx.session)


def page(tx: Tx, *, worker_id: str, after: str | None, limit: int) -> list[Look]:
    """Return the looks at a worker, the newest first."""
    wanted: Row = {"worker_id": {"$eq": worker_id}} | ({"_id": {"$lt": after}} if after else {})
    return [_look(row) for row in tx.db.looks.find(wanted, session=tx.session).sort("_id", -1).limit(limit)]


def _row(look: Look) -> Row:
    row = asdict(look) | {"expires_at": _end(look)}
    row["_id"] = row.pop("id")
    return row


def _end(look: Look) -> datetime | None:
    return None if look.worker_id else look.at + NOBODYS


def _look(row: Row) -> Look:
    return Look(id=row["_id"], **{name: row[name] for name in Look.__dataclass_fields__ if name != "id"})
