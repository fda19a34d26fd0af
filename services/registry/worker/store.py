"""Workers in MongoDB: NIK, address, phone and e-mail sealed as one, a keyed fingerprint of the NIK beside them."""

from dataclasses import asdict
from datetime import date
from typing import Any

from pymongo import IndexModel

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.common.seal import fingerprint
from services.registry.database import seal
from services.registry.worker.model import HeldSkill, Worker, WorkerUnknown

SEALED = ("nik", "address", "phone", "email")
INDEXES: Indexes = {
    "workers": [
        IndexModel([("nik_mark", 1)], name="nik", unique=True, partialFilterExpression={"nik_mark": {"$exists": True}}),
        IndexModel([("district", 1), ("_id", 1)], name="district"),
        IndexModel([("availability", 1), ("_id", 1)], name="availability"),
    ]
}


def claim(tx: Tx, worker_id: str, *, expected: int | None = None) -> int:
    """Keep others from changing what is the worker's until the end, and return the new version.

    :raises WorkerUnknown: there is no such worker.
    :raises Outdated: whoever asks expected another version.
    """
    version = mongo.claim(tx, "workers", worker_id, expected=expected)
    if version is None:
        raise WorkerUnknown(worker_id)
    return version


def insert(tx: Tx, worker: Worker) -> None:
    tx.db.workers.insert_one(_row(worker), session=tx.session)


def replace(tx: Tx, worker: Worker) -> None:
    tx.db.workers.replace_one({"_id": worker.id}, _row(worker), session=tx.session)


def get(tx: Tx, worker_id: str) -> Worker:
    """:raises WorkerUnknown: there is no such worker."""
    row = tx.db.workers.find_one({"_id": {"$eq": worker_id}}, session=tx.session)
    if row is None:
        raise WorkerUnknown(worker_id)
    return _worker(row)


def with_nik(tx: Tx, nik: str) -> str | None:
    """Return the id of the worker with this NIK."""
    row = tx.db.workers.find_one({"nik_mark": fingerprint("nik", nik)}, {"_id": 1}, session=tx.session)
    return row["_id"] if row else None


def page(
    tx: Tx, *, after: str | None, limit: int, district: str | None = None, availability: str | None = None
) -> list[Worker]:
    """Return workers by id, of a district, with an availability."""
    wanted: Row = {"_id": {"$gt": after or ""}}
    wanted |= {"district": {"$eq": district}} if district else {}
    wanted |= {"availability": {"$eq": availability}} if availability else {}
    return [_worker(row) for row in tx.db.workers.find(wanted, session=tx.session).sort("_id").limit(limit)]


def standing(tx: Tx, ids: list[str]) -> list[Row]:
    """Return what the other services need of the workers that are not gone; nothing personal, nothing unsealed."""
    told = ("version", "district", "education", "availability", "available_from", "skills")
    rows = tx.db.workers.find({"_id": {"$in": ids}}, dict.fromkeys(told, 1), session=tx.session)
    return [
        {"id": row["_id"], **{name: row[name] for name in told}, "available_from": _date(row["available_from"])}
        for row in rows
    ]


def _row(worker: Worker) -> Row:
    row = asdict(worker) | {
        "district": worker.district,
        "birth_date": worker.birth_date.isoformat(),
        "available_from": worker.available_from.isoformat() if worker.available_from else None,
    }
    row["_id"] = row.pop("id")
    row["sealed"] = seal.close({name: row.pop(name) for name in SEALED})
    if worker.nik is not None:
        row["nik_mark"] = fingerprint("nik", worker.nik)
    return row


def _worker(row: Row) -> Worker:
    opened: dict[str, Any] = seal.open(row["sealed"])
    plain = {
        name: row[name] for name in ("version", "name", "sex", "village", "education", "availability", "created_at")
    }
    return Worker(
        id=row["_id"],
        doubts=tuple(row["doubts"]),
        birth_date=date.fromisoformat(row["birth_date"]),
        available_from=_date(row["available_from"]),
        skills=tuple(HeldSkill(**held) for held in row["skills"]),
        **plain,
        **opened,
    )


def _date(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
