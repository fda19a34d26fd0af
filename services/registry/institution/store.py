"""Institutions in MongoDB."""

from collections.abc import Collection
from dataclasses import asdict

from pymongo import IndexModel

from services.common.mongo import Indexes, Row, Tx
from services.registry.institution.model import Institution, InstitutionUnknown

INDEXES: Indexes = {"institutions": [IndexModel([("name_key", 1)], name="name", unique=True)]}


def insert(tx: Tx, institution: Institution) -> None:
    row = asdict(institution) | {"name_key": _key(institution.name)}
    row["_id"] = row.pop("id")
    tx.db.institutions.insert_one(row, session=tx.session)


def get(tx: Tx, institution_id: str) -> Institution:
    """:raises InstitutionUnknown: there is no such institution."""
    row = tx.db.institutions.find_one({"_id": {"$eq": institution_id}}, session=tx.session)
    if row is None:
        raise InstitutionUnknown(institution_id)
    return _institution(row)


def of_ids(tx: Tx, ids: Collection[str]) -> dict[str, Institution]:
    """Return institutions by id, without those that are not there."""
    found = tx.db.institutions.find({"_id": {"$in": list(ids)}}, session=tx.session)
    return {row["_id"]: _institution(row) for row in found}


def with_name(tx: Tx, name: str) -> str | None:
    """Return the id of the institution of this name, capitals and spaces apart."""
    row = tx.db.institutions.find_one({"name_key": {"$eq": _key(name)}}, {"_id": 1}, session=tx.session)
    return row["_id"] if row else None


def page(tx: Tx, *, after: str | None, limit: int) -> list[Institution]:
    found = tx.db.institutions.find({"_id": {"$gt": after or ""}}, session=tx.session)
    return [_institution(row) for row in found.sort("_id").limit(limit)]


def _institution(row: Row) -> Institution:
    return Institution(id=row["_id"], **{name: row[name] for name in ("version", "name", "kind", "village")})


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
