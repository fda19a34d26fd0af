"""Profiles in MongoDB: what each person can do, and proves."""

from collections.abc import Iterator
from datetime import date

from pymongo import IndexModel

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.matching.engine.conditions import FREE, FREE_LATER
from services.matching.engine.parties import Person, Proof, Requirement
from services.matching.profile import model
from services.matching.profile.model import Profile, ProfileUnknown
from services.reference import education
from services.reference.evidence import Kind

INDEXES: Indexes = {
    "profiles": [
        IndexModel([("skills.skill", 1), ("skills.level", 1)], name="skill"),
        IndexModel([("certificates.skill", 1)], name="certificate"),
        IndexModel([("availability", 1), ("available_from", 1)], name="availability"),
    ]
}


def keep(tx: Tx, workers: list[Row]) -> None:
    """Keep how the workers stand, unless something newer is known."""
    mongo.keep_newest(tx, "profiles", [_row(worker) for worker in workers])


def get(tx: Tx, worker_id: str) -> Profile:
    """:raises ProfileUnknown: matching has not heard of the worker, or it is gone."""
    row = tx.db.profiles.find_one({"_id": {"$eq": worker_id}, "gone": False}, session=tx.session)
    if row is None:
        raise ProfileUnknown(worker_id)
    return Profile(id=row["_id"], version=row["version"], person=_person(row))


def who_may(tx: Tx, requirement: Requirement) -> Iterator[Person]:
    """Yield all who may meet the hard conditions, in no order; it is the engine that says who does."""
    for row in tx.db.profiles.find(_may_meet(requirement), session=tx.session):
        yield _person(row)


def _may_meet(requirement: Requirement) -> Row:
    start = requirement.starts_on.isoformat()
    free_later = {"availability": {"$in": sorted(FREE_LATER)}, "available_from": {"$lte": start}}
    wanted: list[Row] = [{"$or": [{"availability": FREE}, free_later]}]
    wanted += [_has(need.skill, need.min_level) for need in requirement.skills if need.must]
    wanted += [{"certificates.skill": {"$eq": skill}} for skill in requirement.certificates]
    if requirement.education is not None:
        enough = [level.code for level in education.LEVELS if education.meets(level.code, requirement.education)]
        wanted.append({"education": {"$in": enough}})
    return {"$and": wanted}


def _has(skill: str, level: int) -> Row:
    return {"skills": {"$elemMatch": {"skill": {"$eq": skill}, "level": {"$gte": level}}}}


def _row(worker: Row) -> Row:
    row: Row = {"_id": worker["id"], "version": worker["version"], "gone": worker["gone"]}
    if worker["gone"]:
        return row
    levels = model.levels([*worker["skills"], *worker["certificates"]])
    return row | {
        "district": worker["district"],
        "village": worker["village"],
        "education": worker["education"],
        "availability": worker["availability"],
        "available_from": _text(worker["available_from"]),
        "skills": [{"skill": skill, "level": level} for skill, level in levels.items()],
        "trained": sorted({held["skill"] for held in worker["skills"] if held["kind"] == Kind.TRAINED}),
        "certificates": [
            {"skill": held["skill"], "from": held["issued_on"].isoformat(), "until": _text(held["valid_until"])}
            for held in worker["certificates"]
        ],
    }


def _person(row: Row) -> Person:
    return Person(
        id=row["_id"],
        district=row["district"],
        education=row["education"],
        availability=row["availability"],
        available_from=_day(row["available_from"]),
        skills={held["skill"]: held["level"] for held in row["skills"]},
        trained=frozenset(row.get("trained", ())),
        village=row.get("village"),
        certificates=tuple(
            Proof(skill=held["skill"], valid_from=date.fromisoformat(held["from"]), valid_until=_day(held["until"]))
            for held in row["certificates"]
        ),
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
