"""Programmes and batches in MongoDB: matching's own copy of what the registry tells of trainings."""

from collections.abc import Collection
from datetime import date

from pymongo import IndexModel

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.matching.training.model import Training

INDEXES: Indexes = {
    "programmes": [IndexModel([("skills.skill", 1)], name="skill")],
    "batches": [IndexModel([("programme_id", 1), ("starts_on", 1)], name="programme")],
}
MOST = 200  # batches that are looked at


def keep_programmes(tx: Tx, programmes: list[Row]) -> None:
    """Keep what programmes teach, unless something newer is known."""
    mongo.keep_newest(tx, "programmes", [{"_id": each["id"]} | each for each in programmes])


def keep_batches(tx: Tx, batches: list[Row]) -> None:
    """Keep how batches stand, unless something newer is known."""
    mongo.keep_newest(tx, "batches", [_batch(each) for each in batches])


def to_join(tx: Tx, skills: Collection[str], on: date) -> list[Training]:
    """Return the trainings that teach one of the skills, begin on a day or later, and have a place left."""
    teaching = tx.db.programmes.find({"skills.skill": {"$in": list(skills)}, "gone": False}, session=tx.session)
    programmes = {row["_id"]: row for row in teaching}
    wanted = {"programme_id": {"$in": list(programmes)}, "starts_on": {"$gte": on.isoformat()}}
    here = {"gone": False, "open": True}
    found = tx.db.batches.find(wanted | here, session=tx.session).sort("starts_on", 1).limit(MOST)
    return [_training(row, programmes[row["programme_id"]]) for row in found]


def _batch(batch: Row) -> Row:
    days = {name: batch[name].isoformat() if batch.get(name) else None for name in ("starts_on", "ends_on")}
    return {"_id": batch["id"]} | batch | ({} if batch["gone"] else days)


def _training(batch: Row, programme: Row) -> Training:
    return Training(
        batch=batch["_id"],
        programme=programme["programme_name"],
        institution=batch["institution_name"],
        district=batch["district"],
        starts_on=date.fromisoformat(batch["starts_on"]) if batch["starts_on"] else None,
        places_left=batch["places_left"],
        skills={held["skill"]: held["level"] for held in programme["skills"]},
    )
