"""Skills in MongoDB: matching's own copy of their labels."""

from collections.abc import Iterable

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.matching.skill.model import Skill

INDEXES: Indexes = {"skills": []}


def keep(tx: Tx, skills: list[Row]) -> None:
    """Keep what the skills are called, unless something newer is known."""
    mongo.keep_newest(tx, "skills", [{"_id": skill["id"]} | skill for skill in skills])


def of_ids(tx: Tx, ids: Iterable[str]) -> dict[str, Skill]:
    """Return the skills by id; one of which matching has not heard goes by its id."""
    asked = set(ids)
    rows = tx.db.skills.find({"_id": {"$in": list(asked)}, "gone": False}, session=tx.session)
    called = {row["_id"]: Skill(id=row["_id"], label_id=row["label_id"], label_en=row["label_en"]) for row in rows}
    return {id_: Skill(id=id_, label_id=id_, label_en=id_) for id_ in asked} | called
