"""Notices in MongoDB."""

from dataclasses import asdict

from pymongo import IndexModel

from gateway.notice.model import Notice
from services.common.mongo import Indexes, Row, Tx

INDEXES: Indexes = {"notices": [IndexModel([("worker_id", 1), ("_id", -1)], name="worker")]}


def insert(tx: Tx, notice: Notice) -> None:
    row = asdict(notice)
    row["_id"] = row.pop("id")
    tx.db.notices.insert_one(row, session=tx.session)


def page(tx: Tx, *, worker_id: str, after: str | None, limit: int) -> list[Notice]:
    """Return a worker's notices, the newest first."""
    older = {"_id": {"$lt": after}} if after else {}
    found = tx.db.notices.find({"worker_id": {"$eq": worker_id}, **older}, session=tx.session)
    return [_notice(row) for row in found.sort("_id", -1).limit(limit)]


def _notice(row: Row) -> Notice:
    names = Notice.__dataclass_fields__
    return Notice(id=row["_id"], **{name: row[name] for name in names if name != "id"})
