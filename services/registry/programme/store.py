"""Programmes in MongoDB."""

from dataclasses import asdict

from pymongo import IndexModel

from services.common.mongo import Indexes, Row, Tx
from services.registry.programme.model import Programme, ProgrammeUnknown, TaughtSkill

INDEXES: Indexes = {"programmes": [IndexModel([("name_key", 1)], name="name", unique=True)]}


def insert(tx: Tx, programme: Programme) -> None:
    row = asdict(programme) | {"name_key": _key(programme.name)}
    row["_id"] = row.pop("id")
    tx.db.programmes.insert_one(row, session=tx.session)


def get(tx: Tx, programme_id: str) -> Programme:
    """:raises ProgrammeUnknown: there is no such programme."""
    row = tx.db.programmes.find_one({"_id": {"$eq": programme_id}}, session=tx.session)
    if row is None:
        raise ProgrammeUnknown(programme_id)
    return _programme(row)


def with_name(tx: Tx, name: str) -> str | None:
    """Return the id of the programme of this name, capitals and spaces apart."""
    row = tx.db.programmes.find_one({"name_key": {"$eq": _key(name)}}, {"_id": 1}, session=tx.session)
    return row["_id"] if row else None


def page(tx: Tx, *, after: str | None, limit: int) -> list[Programme]:
    found = tx.db.programmes.find({"_id": {"$gt": after or ""}}, session=tx.session)
    return [_programme(row) for row in found.sort("_id").limit(limit)]


def _programme(row: Row) -> Programme:
    taught = tuple(TaughtSkill(**skill) for skill in row["skills"])
    return Programme(id=row["_id"], version=row["version"], name=row["name"], hours=row["hours"], skills=taught)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
