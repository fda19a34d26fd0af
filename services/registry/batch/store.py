"""Batches in MongoDB."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from pymongo import IndexModel, ReplaceOne

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.registry.batch.model import Batch, BatchUnknown

PLAIN = ("version", "institution_id", "programme_id", "name", "capacity")
DATES = ("starts_on", "ends_on")
INDEXES: Indexes = {
    "batches": [
        # Two that make one batch at once are in each other's way; the second runs again and finds it.
        IndexModel([("key", 1)], name="key", unique=True),
        IndexModel([("institution_id", 1), ("_id", 1)], name="institution"),
        IndexModel([("programme_id", 1), ("_id", 1)], name="programme"),
    ]
}


def claim(tx: Tx, batch_id: str, *, expected: int | None = None) -> int:
    """Keep others from changing the batch, or who is in it, until the end, and return its new version.

    :raises BatchUnknown: there is no such batch.
    :raises Outdated: whoever asks expected another version.
    """
    version = mongo.claim(tx, "batches", batch_id, expected=expected)
    if version is None:
        raise BatchUnknown(batch_id)
    return version


def claim_counted(tx: Tx, ids: Collection[str]) -> dict[str, int]:
    """Claim as `claim` does those of the batches whose places are counted, and return their new versions by id."""
    wanted = {"_id": {"$in": list(ids)}, "capacity": {"$ne": None}}
    tx.db.batches.update_many(wanted, {"$inc": {"version": 1}}, session=tx.session)
    return {row["_id"]: row["version"] for row in tx.db.batches.find(wanted, {"version": 1}, session=tx.session)}


def insert_many(tx: Tx, batches: Collection[Batch]) -> None:
    if batches:
        tx.db.batches.insert_many([_row(each) for each in batches], ordered=False, session=tx.session)


def replace_many(tx: Tx, batches: Iterable[Batch]) -> None:
    writes = [ReplaceOne({"_id": each.id}, _row(each)) for each in batches]
    if writes:
        tx.db.batches.bulk_write(writes, ordered=False, session=tx.session)


def get(tx: Tx, batch_id: str) -> Batch:
    """:raises BatchUnknown: there is no such batch."""
    found = of_ids(tx, [batch_id])
    if not found:
        raise BatchUnknown(batch_id)
    return found[batch_id]


def of_ids(tx: Tx, ids: Collection[str]) -> dict[str, Batch]:
    """Return batches by id, without those that are not there."""
    found = tx.db.batches.find({"_id": {"$in": list(ids)}}, session=tx.session)
    return {row["_id"]: _batch(row) for row in found}


def of_keys(tx: Tx, keys: Collection[str]) -> dict[str, Batch]:
    """Return batches by key, without those that are not there."""
    found = tx.db.batches.find({"key": {"$in": list(keys)}}, session=tx.session)
    return {row["key"]: _batch(row) for row in found}


def page(
    tx: Tx, *, after: str | None, limit: int, institution_id: str | None = None, programme_id: str | None = None
) -> list[Batch]:
    """Return batches by id, of an institution, of a programme."""
    wanted: Row = {"_id": {"$gt": after or ""}}
    wanted |= {"institution_id": {"$eq": institution_id}} if institution_id else {}
    wanted |= {"programme_id": {"$eq": programme_id}} if programme_id else {}
    return [_batch(row) for row in tx.db.batches.find(wanted, session=tx.session).sort("_id").limit(limit)]


def _row(batch: Batch) -> Row:
    row = asdict(batch) | {"key": batch.key}
    row["_id"] = row.pop("id")
    return row | {name: row[name].isoformat() for name in DATES if row[name] is not None}


def _batch(row: Row) -> Batch:
    dates: dict[str, Any] = {name: date.fromisoformat(row[name]) if row[name] else None for name in DATES}
    return Batch(id=row["_id"], **dates, **{name: row[name] for name in PLAIN})
