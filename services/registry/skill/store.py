"""Skills in MongoDB, seeded from taxonomy.csv."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from pymongo import IndexModel

from services.common.mongo import Indexes, Row, Tx
from services.registry.skill import model
from services.registry.skill.model import Skill, SkillUnknown

INDEXES: Indexes = {"skills": [IndexModel([("words", 1)], name="words")]}


def get(tx: Tx, skill_id: str) -> Skill:
    """:raises SkillUnknown: there is no such skill."""
    row = tx.db.skills.find_one({"_id": {"$eq": skill_id}}, session=tx.session)
    if row is None:
        raise SkillUnknown(skill_id)
    return _skill(row)


def page(tx: Tx, *, after: str | None, limit: int, q: str | None = None) -> list[Skill]:
    """Return skills by id; with `q`, those of which a label, a synonym or the id has all its words, as beginnings."""
    words = _words(q or "")
    wanted: Row = {"_id": {"$gt": after or ""}}
    if words:
        wanted["$and"] = [{"words": {"$regex": f"^{re.escape(word)}"}} for word in words]
    return [_skill(row) for row in tx.db.skills.find(wanted, session=tx.session).sort("_id").limit(limit)]


def of_ids(tx: Tx, ids: list[str]) -> list[Skill]:
    return [_skill(row) for row in tx.db.skills.find({"_id": {"$in": ids}}, session=tx.session)]


def check(tx: Tx, asked: Mapping[str, str]) -> None:
    """Refuse skills that are not in the taxonomy.

    :param asked: skill by the JSON pointer where it stands.
    :raises SkillsUnknown: some are not; each pointer with suggestions.
    """
    found = tx.db.skills.find({"_id": {"$in": list(asked.values())}}, {"_id": 1}, session=tx.session)
    known = {row["_id"] for row in found}
    missing = {pointer: skill for pointer, skill in asked.items() if skill not in known}
    if missing:
        raise model.unknown(missing, tx.db.skills.distinct("_id", session=tx.session))


def seed(tx: Tx) -> dict[str, int]:
    """Write the skills of taxonomy.csv that differ from those there, and return their new versions."""
    there = {row["_id"]: row for row in tx.db.skills.find({}, session=tx.session)}
    changed = {}
    for row in _taxonomy():
        before = there.get(row["_id"], {"version": 0})
        if before != row | {"version": before["version"]}:
            changed[row["_id"]] = before["version"] + 1
            whole = row | {"version": changed[row["_id"]]}
            tx.db.skills.replace_one({"_id": row["_id"]}, whole, upsert=True, session=tx.session)
    return changed


def _taxonomy() -> list[Row]:
    with (Path(__file__).parent / "taxonomy.csv").open(encoding="utf-8", newline="") as file:
        return [_row(line) for line in csv.DictReader(file)]


def _row(line: dict[str, str]) -> Row:
    synonyms = [synonym for synonym in line["synonyms"].split(";") if synonym]
    words = _words(" ".join([line["id"], line["label_id"], line["label_en"], *synonyms]))
    named = {"_id": line["id"], "label_id": line["label_id"], "label_en": line["label_en"], "group": line["group"]}
    return named | {"synonyms": synonyms, "words": words}


def _words(text: str) -> list[str]:
    return sorted(set(re.findall(r"\w+", text.casefold())))


def _skill(row: Row) -> Skill:
    return Skill(
        id=row["_id"],
        version=row["version"],
        label_id=row["label_id"],
        label_en=row["label_en"],
        group=row["group"],
        synonyms=tuple(row["synonyms"]),
    )
