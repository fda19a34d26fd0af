"""How rare skills are, counted now and then: so all processes weigh alike, and a list stays as it was meanwhile."""

import threading
from datetime import UTC, datetime

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.matching.demand import store as demands
from services.matching.engine.weights import Rarity
from services.matching.profile import store as profiles
from services.matching.rarity import model

INDEXES: Indexes = {"rarity": []}
CURRENT = "current"


def current(tx: Tx) -> Rarity:
    """Return how rare skills are, as it was counted last."""
    return _CACHE.get(tx)


def revision(tx: Tx) -> str | None:
    """Return what tells one count from another."""
    row = tx.db.rarity.find_one({"_id": CURRENT}, {"revision": 1}, session=tx.session)
    return row["revision"] if row else None


def sweep(tx: Tx) -> int:
    """Count anew if it is due; return 0, since nothing is left to do then."""
    if is_due(tx):
        count(tx)
    return 0


def is_due(tx: Tx) -> bool:
    """Tell whether so much changed since, or it is so long ago, that it has to be counted anew."""
    row = tx.db.rarity.find_one({"_id": CURRENT}, session=tx.session)
    return row is None or model.is_due(row["rows"], row["at"], rows=_rows(tx), now=datetime.now(UTC))


def count(tx: Tx) -> None:
    """Count how many people hold and how many vacancies ask for each skill. Not for use in a transaction."""
    rows = _rows(tx)
    people, held = profiles.counts(tx)
    vacancies, asked = demands.counts(tx)
    skills = [{"skill": skill, "held": held.get(skill, 0), "asked": asked.get(skill, 0)} for skill in {*held, *asked}]
    counted = {"people": people, "vacancies": vacancies, "skills": skills, "rows": rows}
    stamped = counted | {"revision": mongo.new_id(), "at": datetime.now(UTC)}
    tx.db.rarity.replace_one({"_id": CURRENT}, stamped, upsert=True)


def _rows(tx: Tx) -> dict[str, int]:
    return {name: tx.db[name].estimated_document_count() for name in ("profiles", "demands")}


class _Cache:
    """The last count, read once a process; threads share it."""

    def __init__(self) -> None:
        self._reading = threading.Lock()
        self._read: tuple[str | None, Rarity] = None, Rarity()

    def get(self, tx: Tx) -> Rarity:
        now = revision(tx)
        with self._reading:
            if self._read[0] != now:
                row = tx.db.rarity.find_one({"_id": CURRENT}, session=tx.session)
                self._read = (row["revision"], _rarity(row)) if row else (None, Rarity())
            return self._read[1]


_CACHE = _Cache()


def _rarity(row: Row) -> Rarity:
    return Rarity(
        people=row["people"],
        vacancies=row["vacancies"],
        held={each["skill"]: each["held"] for each in row["skills"]},
        asked={each["skill"]: each["asked"] for each in row["skills"]},
    )
