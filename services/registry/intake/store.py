"""Intakes in MongoDB: their lines sealed, a chunk a document, until they are taken."""

from dataclasses import asdict
from typing import Any

from pymongo import IndexModel

from services.common.mongo import Indexes, Row, Tx
from services.registry.database import seal
from services.registry.intake.model import Intake, IntakeUnknown, LineError

MONTH_S = 30 * 24 * 3600
INDEXES: Indexes = {
    "intakes": [],
    "intake_chunks": [
        IndexModel([("intake", 1), ("number", 1)], name="number", unique=True),
        IndexModel([("created_at", 1)], name="expiry", expireAfterSeconds=MONTH_S),
    ],
}


def insert(tx: Tx, intake: Intake, chunks: list[list[dict[str, Any]]]) -> None:
    """Store an intake with its lines in chunks; each line a JSON object."""
    row = asdict(intake)
    row["_id"] = row.pop("id")
    tx.db.intakes.insert_one(row, session=tx.session)
    sealed = [
        {"intake": intake.id, "number": n, "lines": seal.close(lines), "created_at": intake.created_at}
        for n, lines in enumerate(chunks)
    ]
    if sealed:  # none, when no line can be read
        tx.db.intake_chunks.insert_many(sealed, session=tx.session)


def get(tx: Tx, intake_id: str) -> Intake:
    """:raises IntakeUnknown: there is no such intake."""
    row = tx.db.intakes.find_one({"_id": {"$eq": intake_id}}, session=tx.session)
    if row is None:
        raise IntakeUnknown(intake_id)
    return _intake(row)


def take_chunk(tx: Tx, intake_id: str) -> list[dict[str, Any]]:
    """Remove the next chunk and return its lines; none when all are taken."""
    row = tx.db.intake_chunks.find_one_and_delete({"intake": intake_id}, sort=[("number", 1)], session=tx.session)
    lines: list[dict[str, Any]] = seal.open(row["lines"]) if row else []
    return lines


def add_errors(tx: Tx, intake_id: str, errors: list[LineError]) -> None:
    pushed = {"errors": {"$each": [asdict(error) for error in errors]}}
    tx.db.intakes.update_one({"_id": intake_id}, {"$push": pushed, "$inc": {"version": 1}}, session=tx.session)


def _intake(row: Row) -> Intake:
    errors = tuple(LineError(**error | {"fields": tuple(error["fields"])}) for error in row["errors"])
    names = ("version", "institution_id", "job", "total", "created_at")
    return Intake(id=row["_id"], errors=errors, **{name: row[name] for name in names})
