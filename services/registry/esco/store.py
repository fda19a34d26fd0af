"""ESCO's skills in MongoDB, as a file of theirs was imported, and the index of their names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from pymongo import IndexModel, ReplaceOne

from services.common.mongo import Indexes, Row, Tx
from services.reference.naming import Index, Term
from services.registry.esco import model
from services.registry.esco.model import Difference, EscoSkill, EscoSkillUnknown
from services.registry.skill import store as skills
from services.registry.taxonomy import store as taxonomies
from services.registry.taxonomy.model import Taxonomy
from services.registry.taxonomy.store import Naming

ESCO = "esco"
HERE: Row = {"retired": False}
LOOSE = 0.9  # what an alternative label weighs: some name what is only near
INDEXES: Indexes = {"esco_skills": [IndexModel([("retired", 1), ("_id", 1)], name="retired")]}


def get(tx: Tx, esco_id: str) -> EscoSkill:
    """:raises EscoSkillUnknown: there is no such skill."""
    row = tx.db.esco_skills.find_one({"_id": {"$eq": esco_id}}, session=tx.session)
    if row is None:
        raise EscoSkillUnknown(esco_id)
    return _linked(tx, [row])[0]


def page(tx: Tx, *, after: str | None, limit: int) -> list[EscoSkill]:
    """Return skills by id; the retired ones are left out."""
    found = tx.db.esco_skills.find(HERE | {"_id": {"$gt": after or ""}}, session=tx.session)
    return _linked(tx, list(found.sort("_id").limit(limit)))


def search(tx: Tx, *, q: str, limit: int) -> list[EscoSkill]:
    """Return the skills that English words name, the best first; the first search of a process takes seconds."""
    return _linked(tx, skills.ranked(tx, "esco_skills", naming(tx).search(q, limit=limit), HERE))


def naming(tx: Tx) -> Index:
    """Return the index of ESCO's labels and alternative labels."""
    return _NAMING.index(tx)


def taxonomy(tx: Tx) -> Taxonomy:
    """:raises TaxonomyUnknown: it was never imported."""
    ours = skills.esco_ids(tx)
    wanted = {"skills": HERE, "retired": {"retired": True}, "same_as_ours": HERE | {"_id": {"$in": ours}}}
    counts = {name: tx.db.esco_skills.count_documents(rows, session=tx.session) for name, rows in wanted.items()}
    return taxonomies.get(tx, ESCO, counts=counts, attribution=model.ATTRIBUTION)


def keep(tx: Tx, said: Sequence[EscoSkill], *, with_broader: bool) -> Difference:
    """Write the skills that are not there in this form, and tell how many of them there were.

    :param with_broader: they say what is broader; else what is known of it stays.
    """
    rows = tx.db.esco_skills.find({"_id": {"$in": [skill.id for skill in said]}}, session=tx.session)
    there = {row["_id"]: _skill(row) for row in rows}
    wanted = [skill if with_broader else replace(skill, broader=_broader(there.get(skill.id))) for skill in said]
    found = [model.renewed(there.get(skill.id), skill) for skill in wanted]
    changed = [skill for skill in found if skill is not None]
    if changed:
        writes = [ReplaceOne({"_id": skill.id}, _row(skill), upsert=True) for skill in changed]
        tx.db.esco_skills.bulk_write(writes, ordered=False, session=tx.session)
    added = sum(skill.id not in there for skill in changed)
    return Difference(added=added, changed=len(changed) - added, unchanged=len(said) - len(changed))


def ids(tx: Tx) -> set[str]:
    """Return the ids of all that are not retired."""
    return {row["_id"] for row in tx.db.esco_skills.find(HERE, {"_id": 1}, session=tx.session)}


def retire(tx: Tx, gone: Sequence[str]) -> Difference:
    change = {"$set": {"retired": True}, "$inc": {"version": 1}}
    tx.db.esco_skills.update_many(HERE | {"_id": {"$in": list(gone)}}, change, session=tx.session)
    return Difference(retired=len(gone))


def set_version(tx: Tx, version: str) -> None:
    """Say which content stands now; the index is built anew."""
    taxonomies.set_version(tx, ESCO, version)


def _terms(tx: Tx) -> Iterator[Term]:
    shown = {"label": 1, "alternatives": 1}
    for row in tx.db.esco_skills.find(HERE, shown, session=tx.session):
        yield Term(row["_id"], row["label"])
        for text in row["alternatives"]:
            yield Term(row["_id"], text, LOOSE)


_NAMING = Naming(ESCO, _terms)


def _linked(tx: Tx, rows: Iterable[Row]) -> list[EscoSkill]:
    found = [_skill(row) for row in rows]
    ours = skills.same_as(tx, [skill.id for skill in found])
    return [replace(skill, skills=tuple(ours.get(skill.id, ()))) for skill in found]


def _broader(before: EscoSkill | None) -> tuple[str, ...]:
    return before.broader if before else ()


def _row(skill: EscoSkill) -> Row:
    row = asdict(skill)
    del row["skills"]  # that lies with ours
    return {"_id": row.pop("id"), **row}


def _skill(row: Row) -> EscoSkill:
    plain: dict[str, Any] = {name: row[name] for name in ("version", "label", "type", "reuse", "retired")}
    lists: dict[str, Any] = {name: tuple(row[name]) for name in ("alternatives", "broader")}
    return EscoSkill(id=row["_id"], **plain, **lists)
