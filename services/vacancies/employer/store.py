"""Employers in MongoDB."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.vacancies.employer.model import Employer, EmployerUnknown, NibTaken

INDEXES: Indexes = {
    "employers": [
        IndexModel([("nib", 1)], name="nib", unique=True),
        IndexModel([("status", 1), ("_id", 1)], name="status"),
    ]
}


def claim(tx: Tx, employer_id: str, *, expected: int | None = None) -> int:
    """Keep others from changing what is the employer's until the end, and return the new version.

    :raises EmployerUnknown: there is no such employer.
    :raises Outdated: whoever asks expected another version.
    """
    version = mongo.claim(tx, "employers", employer_id, expected=expected)
    if version is None:
        raise EmployerUnknown(employer_id)
    return version


def insert(tx: Tx, employer: Employer) -> None:
    """:raises NibTaken: another one has its NIB."""
    try:
        tx.db.employers.insert_one(_row(employer), session=tx.session)
    except DuplicateKeyError as error:
        # Read outside: the failed insert ended the transaction.
        there = tx.db.employers.find_one({"nib": {"$eq": employer.nib}}, {"_id": 1}) or {"_id": None}
        raise NibTaken(there["_id"]) from error


def replace(tx: Tx, employer: Employer) -> None:
    tx.db.employers.replace_one({"_id": employer.id}, _row(employer), session=tx.session)


def get(tx: Tx, employer_id: str) -> Employer:
    """:raises EmployerUnknown: there is no such employer."""
    row = tx.db.employers.find_one({"_id": {"$eq": employer_id}}, session=tx.session)
    if row is None:
        raise EmployerUnknown(employer_id)
    return _employer(row)


def of_ids(tx: Tx, ids: Iterable[str]) -> dict[str, Employer]:
    rows = tx.db.employers.find({"_id": {"$in": list(ids)}}, session=tx.session)
    return {row["_id"]: _employer(row) for row in rows}


def page(tx: Tx, *, after: str | None, limit: int, status: str | None = None) -> list[Employer]:
    """Return employers, the oldest first, of a status."""
    wanted: Row = {"_id": {"$gt": after or ""}}
    wanted |= {"status": {"$eq": status}} if status else {}
    return [_employer(row) for row in tx.db.employers.find(wanted, session=tx.session).sort("_id").limit(limit)]


def _row(employer: Employer) -> Row:
    row = asdict(employer) | {"created_on": employer.created_on.isoformat()}
    row["_id"] = row.pop("id")
    return row


def _employer(row: Row) -> Employer:
    plain = {name: row[name] for name in ("version", "name", "nib", "sector", "village", "status")}
    return Employer(id=row["_id"], created_on=date.fromisoformat(row["created_on"]), **plain)
