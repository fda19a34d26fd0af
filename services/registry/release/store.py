"""Releases in MongoDB: what was asked and how much came of it; beside it its parts, each a chunk of the job."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pymongo import IndexModel

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.registry.release.model import CHUNK, Left, Part, Release, ReleaseUnknown

PLAIN = ("version", "to", "job", "undo_job", "total", "moved", "refused", "undone", "kept", "created_at")
INDEXES: Indexes = {
    "releases": [],
    "release_parts": [IndexModel([("release", 1), ("number", 1)], name="number", unique=True)],
}


def insert(tx: Tx, release: Release, enrolments: Sequence[str]) -> None:
    row = asdict(release)
    row["_id"] = row.pop("id")
    tx.db.releases.insert_one(row, session=tx.session)
    parts = [enrolments[start : start + CHUNK] for start in range(0, len(enrolments), CHUNK)]
    common: Row = {"release": release.id, "state": "waiting", "before": {}}
    rows = [common | {"number": number, "enrolments": list(part)} for number, part in enumerate(parts)]
    tx.db.release_parts.insert_many(rows, session=tx.session)


def get(tx: Tx, release_id: str) -> Release:
    """:raises ReleaseUnknown: there is no such release."""
    row = tx.db.releases.find_one({"_id": {"$eq": release_id}}, session=tx.session)
    if row is None:
        raise ReleaseUnknown(release_id)
    return _release(row)


def page(tx: Tx, *, after: str | None, limit: int) -> list[Release]:
    """Return releases, the newest first, without what each left."""
    wanted = {"_id": {"$lt": after}} if after else {}
    found = tx.db.releases.find(wanted, {"left": 0}, session=tx.session)
    return [_release(row) for row in found.sort("_id", -1).limit(limit)]


def claim(tx: Tx, release_id: str) -> Release:
    """Keep others from changing the release until the end, and return it at its new version.

    :raises ReleaseUnknown: there is no such release.
    """
    mongo.claim(tx, "releases", release_id)
    return get(tx, release_id)


def undo(tx: Tx, release_id: str, job: str) -> None:
    """Note the job that undoes a release that was claimed."""
    tx.db.releases.update_one({"_id": release_id}, {"$set": {"undo_job": job}}, session=tx.session)


def next_part(tx: Tx, release_id: str, state: str) -> Part | None:
    """Return the first part in a state, `waiting` or `carried`."""
    wanted = {"release": release_id, "state": state}
    row = tx.db.release_parts.find_one(wanted, sort=[("number", 1)], session=tx.session)
    return Part(number=row["number"], enrolments=tuple(row["enrolments"]), before=row["before"]) if row else None


def carried(tx: Tx, release_id: str, part: Part, before: dict[str, str], left: Sequence[Left]) -> None:
    """Note what came of a part; the release was claimed.

    :param before: the state before, of those that were moved.
    """
    _end(tx, release_id, part, {"state": "carried", "before": before})
    _count(tx, release_id, {"moved": len(before), "refused": len(left)}, left)


def undone(tx: Tx, release_id: str, part: Part, count: int, left: Sequence[Left]) -> None:
    """Note how many of a part were put back; the release was claimed."""
    _end(tx, release_id, part, {"state": "undone"})
    _count(tx, release_id, {"undone": count, "kept": len(left)}, left)


def _end(tx: Tx, release_id: str, part: Part, state: Row) -> None:
    tx.db.release_parts.update_one({"release": release_id, "number": part.number}, {"$set": state}, session=tx.session)


def _count(tx: Tx, release_id: str, counts: dict[str, int], left: Sequence[Left]) -> None:
    change: Row = {"$inc": counts, "$push": {"left": {"$each": [asdict(each) for each in left]}}}
    tx.db.releases.update_one({"_id": release_id}, change, session=tx.session)


def _release(row: Row) -> Release:
    left = tuple(Left(**each) for each in row.get("left", ()))
    plain: dict[str, Any] = {name: row[name] for name in PLAIN}
    return Release(id=row["_id"], left=left, **plain)
