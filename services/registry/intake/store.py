"""Intakes in MongoDB, and their files in sealed pieces."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta

from pymongo import IndexModel

from services.common.mongo import Indexes, Row, Tx
from services.registry.database import seal
from services.registry.intake.model import Intake, IntakeUnknown
from services.registry.reading.reader import Layout

KEPT = timedelta(days=30)
INDEXES: Indexes = {
    "intakes": [IndexModel([("institution_id", 1), ("_id", -1)], name="institution")],
    "uploads": [
        IndexModel([("upload", 1), ("number", 1)], name="number", unique=True),
        IndexModel([("expires_at", 1)], name="expiry", expireAfterSeconds=0),
    ],
    "intake_columns": [],
}


def keep_file(tx: Tx, upload: str, pieces: Iterable[bytes], *, now: datetime) -> None:
    """Keep a file sealed until its time is over; outside a transaction, which could not hold it.

    :param pieces: of 1 MiB or so each: a document holds 16 MiB at most.
    """
    for number, piece in enumerate(pieces):
        row = {"upload": upload, "number": number, "sealed": seal.close(piece), "expires_at": now + KEPT}
        tx.db.uploads.insert_one(row, session=tx.session)


def forget_file(tx: Tx, upload: str) -> None:
    tx.db.uploads.delete_many({"upload": upload}, session=tx.session)


def file_of(tx: Tx, upload: str) -> bytes:
    """Return a file; nothing of it, when its time is over."""
    pieces = tx.db.uploads.find({"upload": {"$eq": upload}}, session=tx.session).sort("number")
    return b"".join(seal.open(piece["sealed"]) for piece in pieces)


def remembered(tx: Tx, institution_id: str) -> dict[str, str | None]:
    """Return the field by heading, as the institution's files have it."""
    row = tx.db.intake_columns.find_one({"_id": {"$eq": institution_id}}, session=tx.session)
    return {pair["heading"]: pair["field"] for pair in row["columns"]} if row else {}


def remember(tx: Tx, institution_id: str, columns: Mapping[str, str | None]) -> None:
    """Remember the field by heading, beside those that are known."""
    known = remembered(tx, institution_id) | dict(columns)
    pairs = [{"heading": heading, "field": said} for heading, said in known.items()]
    tx.db.intake_columns.replace_one({"_id": institution_id}, {"columns": pairs}, upsert=True, session=tx.session)


def insert(tx: Tx, intake: Intake) -> None:
    row = asdict(intake) | {"as_of": intake.as_of.isoformat()}
    row["_id"] = row.pop("id")
    tx.db.intakes.insert_one(row, session=tx.session)


def get(tx: Tx, intake_id: str) -> Intake:
    """:raises IntakeUnknown: there is no such intake."""
    row = tx.db.intakes.find_one({"_id": {"$eq": intake_id}}, session=tx.session)
    if row is None:
        raise IntakeUnknown(intake_id)
    return _intake(row)


def page(tx: Tx, *, after: str | None, limit: int, institution_id: str | None = None) -> list[Intake]:
    """Return intakes, the newest first."""
    wanted: Row = {"_id": {"$lt": after}} if after else {}
    wanted |= {"institution_id": {"$eq": institution_id}} if institution_id else {}
    return [_intake(row) for row in tx.db.intakes.find(wanted, session=tx.session).sort("_id", -1).limit(limit)]


def change(tx: Tx, intake_id: str, said: Row | None = None, counted: Mapping[str, int] | None = None) -> None:
    """Set some fields of an intake, and count others up, the latter by their dotted names."""
    counts: Row = {"version": 1} | {name: count for name, count in (counted or {}).items() if count}
    update = {"$inc": counts} | ({"$set": said} if said else {})
    tx.db.intakes.update_one({"_id": intake_id}, update, session=tx.session)


def _intake(row: Row) -> Intake:
    said = {name: row[name] for name in Intake.__dataclass_fields__ if name != "id"}
    said |= {"known": tuple((heading, field) for heading, field in row["known"])}
    return Intake(**said | {"id": row["_id"], "as_of": date.fromisoformat(row["as_of"]), "layouts": _layouts(row)})


def _layouts(row: Row) -> tuple[Layout, ...]:
    tuples = ("headings", "fields", "unsure")
    return tuple(Layout(**each | {name: tuple(each[name]) for name in tuples}) for each in row["layouts"])
