"""Skills in MongoDB, seeded from taxonomy.csv; the index of their names; and texts that an officer has to assign."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from pymongo import IndexModel, ReplaceOne, UpdateOne

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.reference.naming import Hit, Index, Reading, Term, levels
from services.registry.skill import model
from services.registry.skill.model import Decision, Review, Skill, Unsure
from services.registry.taxonomy import store as taxonomies
from services.registry.taxonomy.model import Taxonomy
from services.registry.taxonomy.store import Naming

TABLE = Path(__file__).parent / "taxonomy.csv"
OURS = "begawi"
NEAR, NEAREST = 3, 0.4  # how many may have been meant, and how alike they must be, of 1
MOST = 200  # of a ranking
HERE: Row = {"retired": {"$ne": True}}
LISTS = ("synonyms", "narrower", "related", "skkni")
INDEXES: Indexes = {
    "skills": [IndexModel([("esco", 1)], name="esco"), IndexModel([("broader", 1)], name="broader")],
    "skill_synonyms": [],
    "skill_reviews": [IndexModel([("state", 1), ("count", -1), ("_id", 1)], name="frequent")],
}


def get(tx: Tx, skill_id: str) -> Skill:
    """:raises SkillUnknown: there is no such skill."""
    row = tx.db.skills.find_one({"_id": {"$eq": skill_id}}, session=tx.session)
    if row is None:
        raise model.SkillUnknown(skill_id)
    return _skill(row)


def page(tx: Tx, *, after: str | None, limit: int, group: str | None, broader: str | None) -> list[Skill]:
    """Return skills by id, of a group, kinds of another; the retired ones are left out."""
    wanted = _within(group, broader) | {"_id": {"$gt": after or ""}}
    return [_skill(row) for row in tx.db.skills.find(wanted, session=tx.session).sort("_id").limit(limit)]


def search(tx: Tx, *, q: str, limit: int, group: str | None, broader: str | None) -> list[Skill]:
    """Return the skills that words name, the best first."""
    hits = naming(tx).search(q, limit=MOST if group or broader else limit)
    return [_skill(row) for row in ranked(tx, "skills", hits, _within(group, broader))][:limit]


def ranked(tx: Tx, collection: str, hits: Sequence[Hit], wanted: Row) -> list[Row]:
    """Return rows by the hits on their ids, in the same order, as far as they are wanted."""
    found = tx.db[collection].find(wanted | {"_id": {"$in": [hit.concept for hit in hits]}}, session=tx.session)
    rows = {row["_id"]: row for row in found}
    return [rows[hit.concept] for hit in hits if hit.concept in rows]


def of_ids(tx: Tx, ids: list[str]) -> list[Skill]:
    return [_skill(row) for row in tx.db.skills.find({"_id": {"$in": ids}}, session=tx.session)]


def same_as(tx: Tx, esco_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return ids of our skills by that skill of ESCO's which is the same."""
    wanted = HERE | {"esco": {"$in": list(esco_ids)}}
    found: dict[str, list[str]] = {}
    for row in tx.db.skills.find(wanted, {"esco": 1}, session=tx.session).sort("_id"):
        found.setdefault(row["esco"], []).append(row["_id"])
    return found


def esco_ids(tx: Tx) -> list[str]:
    """Return ids of those skills of ESCO's that are the same as one of ours."""
    found: list[str] = tx.db.skills.distinct("esco", HERE | {"esco": {"$ne": None}}, session=tx.session)
    return found


def check(tx: Tx, asked: Mapping[str, str], *, also_retired: bool = True) -> None:
    """Refuse skills that are not in the taxonomy.

    :param asked: skill by the JSON pointer where it stands.
    :param also_retired: let those pass that were in it once: whoever holds one keeps it.
    :raises SkillsUnknown: some are not; each pointer with suggestions.
    """
    wanted = {"_id": {"$in": list(asked.values())}} | ({} if also_retired else HERE)
    known = {row["_id"] for row in tx.db.skills.find(wanted, {"_id": 1}, session=tx.session)}
    missing = {pointer: skill for pointer, skill in asked.items() if skill not in known}
    if missing:
        raise model.unknown({pointer: _near(tx, skill) for pointer, skill in missing.items()})


def seed(tx: Tx, table: Path = TABLE) -> dict[str, int]:
    """Bring the skills to what the table says, and return the new versions of those that changed.

    Compared with what is there each time: it costs some milliseconds, and a table that changed
    reaches an installation of any age. No skill is deleted; one that left the table retires.
    """
    content = table.read_bytes()
    version = sha256(content).hexdigest()[:12]
    wanted = model.read(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    there = {row["_id"]: _skill(row) for row in tx.db.skills.find({}, session=tx.session)}
    changed = model.renewed(there, wanted, version)
    if changed:
        writes = [ReplaceOne({"_id": skill.id}, _row(skill), upsert=True) for skill in changed]
        tx.db.skills.bulk_write(writes, ordered=False, session=tx.session)
    if changed or not taxonomies.stands_at(tx, OURS, version):
        taxonomies.set_version(tx, OURS, version)
    return {skill.id: skill.version for skill in changed}


def naming(tx: Tx) -> Index:
    """Return the index of labels, synonyms and what officers said that texts mean; once it is built it costs a read."""
    return _NAMING.index(tx)


def taxonomy(tx: Tx) -> Taxonomy:
    """:raises TaxonomyUnknown: it was not seeded yet."""
    count = tx.db.skills.count_documents
    wanted = {"skills": HERE, "retired": {"retired": True}, "with_skkni": HERE | {"skkni": {"$ne": []}}}
    wanted["with_esco"] = HERE | {"esco": {"$ne": None}}
    counts = {name: count(rows, session=tx.session) for name, rows in wanted.items()}
    counts["remembered_synonyms"] = tx.db.skill_synonyms.count_documents({"skill": {"$ne": None}}, session=tx.session)
    return taxonomies.get(tx, OURS, counts=counts, attribution=model.ATTRIBUTION)


def note_unsure(tx: Tx, readings: Iterable[Reading]) -> None:
    """Keep the texts that were not sure for an officer to decide, each with how often it was seen."""
    writes = [_noted(unsure) for unsure in model.unsure(readings)]
    if writes:
        tx.db.skill_reviews.bulk_write(writes, ordered=False, session=tx.session)


def dismissed(tx: Tx, keys: Iterable[str]) -> set[str]:
    """Return those of the texts, each by its `text_key`, of which an officer said that they mean no skill."""
    wanted = {"_id": {"$in": list(keys)}, "skill": None}
    return {row["_id"] for row in tx.db.skill_synonyms.find(wanted, {"_id": 1}, session=tx.session)}


def review(tx: Tx, review_id: str) -> Review:
    """:raises ReviewUnknown: there is no such text."""
    row = tx.db.skill_reviews.find_one({"_id": {"$eq": review_id}}, session=tx.session)
    if row is None:
        raise model.ReviewUnknown(review_id)
    return _review(row)


def reviews(tx: Tx, *, after: tuple[int, str] | None, limit: int, state: str) -> list[Review]:
    """Return texts under review, the most frequent first.

    :param after: the count and the id with which the last page ended.
    """
    wanted: Row = {"state": {"$eq": state}}
    if after is not None:
        wanted["$or"] = [{"count": {"$lt": after[0]}}, {"count": after[0], "_id": {"$gt": after[1]}}]
    found = tx.db.skill_reviews.find(wanted, session=tx.session).sort([("count", -1), ("_id", 1)])
    return [_review(row) for row in found.limit(limit)]


def decide(tx: Tx, review_id: str, decision: Decision, *, job: str) -> Review:
    """Remember what a text means, here and in the index, and return its review.

    :raises ReviewUnknown: there is no such text.
    """
    if mongo.claim(tx, "skill_reviews", review_id) is None:
        raise model.ReviewUnknown(review_id)
    said = {"state": "decided", "skill": decision.skill, "job": job}
    change = {"$set": said, "$push": {"history": asdict(decision)}}
    tx.db.skill_reviews.update_one({"_id": review_id}, change, session=tx.session)
    decided = review(tx, review_id)
    synonym = {"text": decided.text, "skill": decision.skill}
    tx.db.skill_synonyms.replace_one({"_id": decided.key}, synonym, upsert=True, session=tx.session)
    taxonomies.renew(tx, OURS)
    return decided


def _terms(tx: Tx) -> Iterator[Term]:
    here = {row["_id"]: row for row in tx.db.skills.find(HERE, session=tx.session)}
    remembered = tx.db.skill_synonyms.find({"skill": {"$in": list(here)}}, session=tx.session)
    said = {row["_id"]: Term(row["skill"], levels.without_number(row["text"])[0]) for row in remembered}
    yield from said.values()
    for id_, row in here.items():
        for text in (row["label_id"], row["label_en"], *row["synonyms"]):
            # What an officer said comes before what a later taxonomy says of the same text.
            if not said or model.text_key(text) not in said:
                yield Term(id_, text)


_NAMING = Naming(OURS, _terms)


def _within(group: str | None, broader: str | None) -> Row:
    asked = {"group": group, "broader": broader}
    return HERE | {name: {"$eq": value} for name, value in asked.items() if value is not None}


def _near(tx: Tx, skill: str) -> list[str]:
    hits = naming(tx).search(skill.replace("-", " "), limit=NEAR)
    return [hit.concept for hit in hits if hit.score >= NEAREST]


def _noted(unsure: Unsure) -> UpdateOne:
    """Return the write for a text that was seen; its first sight and what was decided of it stay."""
    first: Row = {"key": unsure.key, "text": unsure.text, "state": "open", "skill": None, "job": None, "history": []}
    kept = {name: {"$ifNull": [f"${name}", {"$literal": value}]} for name, value in first.items()}
    more = {"count": unsure.count, "version": 1}
    counted = {name: {"$add": [{"$ifNull": [f"${name}", 0]}, number]} for name, number in more.items()}
    best = {"$literal": [asdict(hit) for hit in unsure.best]}
    seen = {"first_seen": {"$ifNull": ["$first_seen", "$$NOW"]}, "last_seen": "$$NOW", "best": best}
    return UpdateOne({"_id": model.review_id(unsure.key)}, [{"$set": kept | counted | seen}], upsert=True)


def _row(skill: Skill) -> Row:
    row = asdict(skill)
    return {"_id": row.pop("id"), **row}


def _skill(row: Row) -> Skill:
    plain: dict[str, Any] = {name: row.get(name) for name in Skill.__dataclass_fields__ if name != "id"}
    lists = {name: tuple(row.get(name, ())) for name in LISTS}
    return Skill(**plain | lists | {"id": row["_id"], "retired": row.get("retired", False)})


def _review(row: Row) -> Review:
    plain: dict[str, Any] = {name: row[name] for name in Review.__dataclass_fields__ if name != "id"}
    best = tuple(Hit(**hit) for hit in row["best"])
    history = tuple(Decision(**decision) for decision in row["history"])
    return Review(**plain | {"id": row["_id"], "best": best, "history": history})
