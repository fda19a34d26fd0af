"""Profiles in MongoDB: what each person can do, and proves."""

from collections.abc import Collection
from datetime import date

from pymongo import IndexModel

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.matching.engine.parties import Held, Person, Proof, Wishes
from services.matching.profile import model
from services.matching.profile.model import Profile, ProfileUnknown

PLAIN = ("district", "village", "education", "availability", "is_visible")
INDEXES: Indexes = {"profiles": [IndexModel([("gone", 1)], name="gone")]}


def keep(tx: Tx, workers: list[Row]) -> None:
    """Keep how the workers stand, unless something newer is known."""
    mongo.keep_newest(tx, "profiles", [_row(worker) for worker in workers])


def get(tx: Tx, worker_id: str) -> Profile:
    """:raises ProfileUnknown: matching has not heard of the worker, or it is gone."""
    found = of_ids(tx, [worker_id])
    if not found:
        raise ProfileUnknown(worker_id)
    return found[worker_id]


def of_ids(tx: Tx, ids: Collection[str]) -> dict[str, Profile]:
    """Return profiles by id, without those that are not there."""
    rows = tx.db.profiles.find({"_id": {"$in": list(ids)}, "gone": False}, session=tx.session)
    return {row["_id"]: Profile(id=row["_id"], version=row["version"], person=_person(row)) for row in rows}


def counts(tx: Tx) -> tuple[int, dict[str, int]]:
    """Return how many people there are, and how many hold each skill."""
    held = tx.db.profiles.aggregate(
        [{"$match": {"gone": False}}, {"$unwind": "$skills"}, {"$sortByCount": "$skills.skill"}], session=tx.session
    )
    return tx.db.profiles.count_documents({"gone": False}, session=tx.session), {
        row["_id"]: row["count"] for row in held
    }


def _row(worker: Row) -> Row:
    row: Row = {"_id": worker["id"], "version": worker["version"], "gone": worker["gone"]}
    if worker["gone"]:
        return row
    person = model.person(worker)
    return row | {
        **{name: getattr(person, name) for name in PLAIN},
        "available_from": _text(person.available_from),
        "skills": [
            {"skill": skill, "level": held.level, "unproven": held.unproven, "trained": held.is_trained}
            for skill, held in person.skills.items()
        ],
        "certificates": [
            {"skill": proof.skill, "from": _text(proof.valid_from), "until": _text(proof.valid_until)}
            for proof in person.certificates
        ],
        "hidden_from": sorted(person.hidden_from),
        "wishes": {
            "kinds": sorted(person.wishes.kinds),
            "min_wage_idr": person.wishes.min_wage_idr,
            "districts": sorted(person.wishes.districts),
        },
    }


def _person(row: Row) -> Person:
    wishes = row["wishes"]
    return Person(
        id=row["_id"],
        **{name: row[name] for name in PLAIN},
        available_from=_day(row["available_from"]),
        skills={
            held["skill"]: Held(level=held["level"], unproven=held["unproven"], is_trained=held["trained"])
            for held in row["skills"]
        },
        certificates=tuple(
            Proof(skill=held["skill"], valid_from=date.fromisoformat(held["from"]), valid_until=_day(held["until"]))
            for held in row["certificates"]
        ),
        hidden_from=frozenset(row["hidden_from"]),
        wishes=Wishes(
            kinds=frozenset(wishes["kinds"]),
            min_wage_idr=wishes["min_wage_idr"],
            districts=frozenset(wishes["districts"]),
        ),
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
