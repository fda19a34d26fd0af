"""Skills in MongoDB: matching's own copy of the taxonomy, and the number of each in packed rows."""

import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.matching.engine.links import Taxonomy
from services.matching.engine.packing import NOBODYS
from services.matching.skill import model
from services.matching.skill.model import Skill
from services.reference.naming import Index, Term

NAMES = ("label_id", "label_en", "group", "broader", "retired")
LISTS = ("synonyms", "related")
INDEXES: Indexes = {
    "skills": [],
    "skill_numbers": [IndexModel([("number", 1)], name="number", unique=True)],
    "revisions": [],
}


@dataclass(frozen=True, kw_only=True)
class Skills:
    """All skills at a moment: how they hang together, and by which names they are found."""

    by_id: dict[str, Skill]
    revision: str | None
    taxonomy: Taxonomy

    @cached_property
    def naming(self) -> Index:
        """Return the index of their names; it takes a moment to build, and only searches need it."""
        known = (skill for skill in self.by_id.values() if not skill.retired)
        return Index(
            Term(skill.id, text) for skill in known for text in (skill.label_id, skill.label_en, *skill.synonyms)
        )


def keep(tx: Tx, skills: list[Row]) -> None:
    """Keep what the skills are, unless something newer is known."""
    mongo.keep_newest(tx, "skills", [{"_id": skill["id"]} | skill for skill in skills])
    tx.db.revisions.update_one({"_id": "skills"}, {"$set": {"revision": mongo.new_id()}}, upsert=True)


def of_ids(tx: Tx, ids: Iterable[str]) -> dict[str, Skill]:
    """Return the skills by id; one of which matching has not heard goes by its id."""
    known = current(tx).by_id
    return {id_: known.get(id_) or Skill(id=id_, label_id=id_, label_en=id_) for id_ in set(ids)}


def current(tx: Tx) -> Skills:
    """Return all skills; they are read anew when some changed."""
    return _CACHE.get(tx)


def numbers(tx: Tx) -> dict[str, int]:
    """Return the number of each skill that anybody has, by its id."""
    return {row["_id"]: row["number"] for row in tx.db.skill_numbers.find({}, session=tx.session)}


def number(tx: Tx, ids: Collection[str]) -> dict[str, int]:
    """Return numbers by skill; one that has none gets the next. Not for use in a transaction."""
    wanted = set(ids)
    found = {row["_id"]: row["number"] for row in tx.db.skill_numbers.find({"_id": {"$in": sorted(wanted)}})}
    for id_ in sorted(wanted - found.keys()):
        _add(tx, id_)
    if wanted - found.keys():
        return number(tx, ids)
    return found


def _add(tx: Tx, id_: str) -> None:
    """Give a skill the next number, unless another process gives it, or takes that one, in the same moment."""
    last = tx.db.skill_numbers.find_one(sort=[("number", -1)])
    try:
        tx.db.skill_numbers.insert_one({"_id": id_, "number": 1 + (last["number"] if last else NOBODYS)})
    except DuplicateKeyError:
        return  # whoever asked looks again


class _Cache:
    """All skills, once a process for each revision; threads share it."""

    def __init__(self) -> None:
        self._reading = threading.Lock()
        self._read: Skills | None = None

    def get(self, tx: Tx) -> Skills:
        row = tx.db.revisions.find_one({"_id": "skills"}, session=tx.session)
        revision = row["revision"] if row else None
        with self._reading:
            if self._read is None or self._read.revision != revision:
                known = [_skill(row) for row in tx.db.skills.find({"gone": False}, session=tx.session)]
                by_id = {skill.id: skill for skill in known}
                self._read = Skills(by_id=by_id, revision=revision, taxonomy=model.taxonomy(known))
            return self._read


_CACHE = _Cache()


def _skill(row: Row) -> Skill:
    plain: Row = {name: row[name] for name in NAMES if name in row}
    return Skill(id=row["_id"], **plain | {name: tuple(row.get(name, ())) for name in LISTS})
