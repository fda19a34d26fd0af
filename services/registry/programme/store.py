"""Programmes in MongoDB, seeded from programmes.csv."""

import csv
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pymongo import IndexModel

from services.common.mongo import Indexes, Row, Tx
from services.registry.programme.model import Naming, Programme, ProgrammeUnknown, TaughtSkill, key

INDEXES: Indexes = {"programmes": [IndexModel([("name_key", 1)], name="name", unique=True)]}

_named: tuple[frozenset[tuple[str, int]], Naming] = frozenset(), Naming(())  # of which programmes, at which versions


def insert(tx: Tx, programme: Programme) -> None:
    tx.db.programmes.insert_one(_row(programme), session=tx.session)


def get(tx: Tx, programme_id: str) -> Programme:
    """:raises ProgrammeUnknown: there is no such programme."""
    row = tx.db.programmes.find_one({"_id": {"$eq": programme_id}}, session=tx.session)
    if row is None:
        raise ProgrammeUnknown(programme_id)
    return _programme(row)


def of_ids(tx: Tx, ids: Collection[str]) -> dict[str, Programme]:
    """Return programmes by id, without those that are not there."""
    found = tx.db.programmes.find({"_id": {"$in": list(ids)}}, session=tx.session)
    return {row["_id"]: _programme(row) for row in found}


def with_name(tx: Tx, name: str) -> str | None:
    """Return the id of the programme of this name, capitals and spaces apart."""
    row = tx.db.programmes.find_one({"name_key": {"$eq": key(name)}}, {"_id": 1}, session=tx.session)
    return row["_id"] if row else None


def page(tx: Tx, *, after: str | None, limit: int) -> list[Programme]:
    found = tx.db.programmes.find({"_id": {"$gt": after or ""}}, session=tx.session)
    return [_programme(row) for row in found.sort("_id").limit(limit)]


def naming(tx: Tx) -> Naming:
    """Return what tells which programme a text names; kept in the process until a programme is added or changed."""
    global _named  # noqa: PLW0603 (any thread may renew it, all of them to the same)
    versions = {"_id": 1, "version": 1}
    there = frozenset((row["_id"], row["version"]) for row in tx.db.programmes.find({}, versions, session=tx.session))
    known, found = _named
    if known != there:
        found = Naming([_programme(row) for row in tx.db.programmes.find({}, session=tx.session)])
        _named = there, found
    return found


def seed(tx: Tx) -> dict[str, int]:
    """Write the programmes of programmes.csv that differ from those there, and return their new versions.

    One that was made by hand under a name keeps it.
    """
    there = {row["_id"]: row for row in tx.db.programmes.find({}, session=tx.session)}
    taken = {row["name_key"]: row["_id"] for row in there.values()}
    versions: dict[str, int] = {}
    for line in _lines():
        before = there.get(line["id"], {"version": 0})
        row = _row(_seeded(line, before["version"]))
        if before != row and taken.get(row["name_key"], line["id"]) == line["id"]:
            versions[line["id"]] = before["version"] + 1
            whole = row | {"version": versions[line["id"]]}
            tx.db.programmes.replace_one({"_id": line["id"]}, whole, upsert=True, session=tx.session)
    return versions


def _lines() -> list[dict[str, str]]:
    with (Path(__file__).parent / "programmes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _seeded(line: dict[str, str], version: int) -> Programme:
    taught = (said.split(":") for said in _several(line["skills"]))
    return Programme(
        id=line["id"],
        version=version,
        name=line["name"],
        hours=int(line["hours"]),
        skills=tuple(TaughtSkill(skill=skill.strip(), level=int(level)) for skill, level in taught),
        aliases=_several(line["aliases"]),
        schemes=_several(line["schemes"]),
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(said.strip() for said in cell.split(";") if said.strip())


def _row(programme: Programme) -> Row:
    row = asdict(programme) | {"name_key": key(programme.name)}
    row |= {name: list(row[name]) for name in ("skills", "aliases", "schemes")}
    row["_id"] = row.pop("id")
    return row


def _programme(row: Row) -> Programme:
    taught = tuple(TaughtSkill(**skill) for skill in row["skills"])
    more: dict[str, Any] = {name: tuple(row.get(name, ())) for name in ("aliases", "schemes")}
    named = {name: row[name] for name in ("version", "name", "hours")}
    return Programme(id=row["_id"], skills=taught, **named, **more)
