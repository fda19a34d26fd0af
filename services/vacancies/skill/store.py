"""The registry's skills, kept as they were last told."""

import difflib
from collections.abc import Iterable

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.vacancies.skill.model import Skill

INDEXES: Indexes = {"skills": []}
SUGGESTIONS = 3
LIKENESS = 0.5  # of 1, as difflib counts it
LONGEST = 64  # characters looked at: likeness costs the square of them
THERE: Row = {"gone": {"$ne": True}}


def keep(tx: Tx, states: list[Row]) -> None:
    """Keep each skill unless a newer version of it is there."""
    mongo.keep_newest(tx, "skills", ({"_id": state["id"]} | state for state in states))


def known(tx: Tx, ids: Iterable[str]) -> dict[str, Skill]:
    """Return those of the ids that are skills."""
    rows = tx.db.skills.find({"_id": {"$in": list(ids)}} | THERE, session=tx.session)
    return {row["_id"]: Skill(id=row["_id"], label_id=row["label_id"], label_en=row["label_en"]) for row in rows}


def suggest(tx: Tx, text: str) -> list[str]:
    """Return up to 3 ids of skills whose id or label is most like the text, the likest first."""
    by_name: dict[str, str] = {}
    for row in tx.db.skills.find(THERE, session=tx.session):
        by_name |= {row[name].casefold(): row["_id"] for name in ("_id", "label_id", "label_en")}
    near = difflib.get_close_matches(text[:LONGEST].casefold(), by_name, n=3 * SUGGESTIONS, cutoff=LIKENESS)
    return list(dict.fromkeys(by_name[name] for name in near))[:SUGGESTIONS]
