"""Enrolments in MongoDB; the numbers of policies sealed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from pymongo import IndexModel, ReplaceOne, UpdateOne

from services.common.mongo import Indexes, Row, Tx
from services.registry.database import seal
from services.registry.enrolment.model import OPEN, WITHDRAWN, Course, Enrolment, EnrolmentUnknown, Policy

PLAIN = (
    "version", "worker_id", "batch_id", "institution_id", "programme_id", "state", "certificate_id", "intake_id",
    "created_at",
)  # fmt: skip
WITH_PLACE: Row = {"state": {"$ne": WITHDRAWN}}  # as `Enrolment.has_place` has it
INDEXES: Indexes = {
    "enrolments": [
        IndexModel([("worker_id", 1), ("batch_id", 1)], name="worker", unique=True),
        IndexModel([("batch_id", 1), ("_id", 1)], name="batch"),
        IndexModel([("institution_id", 1), ("_id", 1)], name="institution"),
        IndexModel([("state", 1), ("_id", 1)], name="state"),
    ]
}


def insert_many(tx: Tx, enrolments: Collection[Enrolment]) -> None:
    if enrolments:
        tx.db.enrolments.insert_many([_row(each) for each in enrolments], ordered=False, session=tx.session)


def replace_many(tx: Tx, enrolments: Iterable[Enrolment]) -> None:
    """Write enrolments whose workers were claimed, at the version that they carry."""
    _write(tx, [ReplaceOne({"_id": each.id}, _row(each)) for each in enrolments])


def move_many(tx: Tx, enrolments: Iterable[Enrolment]) -> None:
    """Write the states, with the versions, of enrolments whose workers were claimed."""
    _write(
        tx,
        [UpdateOne({"_id": each.id}, {"$set": {"state": each.state, "version": each.version}}) for each in enrolments],
    )


def remove_many(tx: Tx, ids: Collection[str]) -> None:
    tx.db.enrolments.delete_many({"_id": {"$in": list(ids)}}, session=tx.session)


def get(tx: Tx, enrolment_id: str) -> Enrolment:
    """:raises EnrolmentUnknown: there is no such enrolment."""
    row = tx.db.enrolments.find_one({"_id": {"$eq": enrolment_id}}, session=tx.session)
    if row is None:
        raise EnrolmentUnknown(enrolment_id)
    return _enrolment(row)


def of_ids(tx: Tx, ids: Collection[str]) -> dict[str, Enrolment]:
    """Return enrolments by id, without those that are not there."""
    found = tx.db.enrolments.find({"_id": {"$in": list(ids)}}, session=tx.session)
    return {row["_id"]: _enrolment(row) for row in found}


def of_workers(tx: Tx, ids: Collection[str]) -> dict[str, list[Enrolment]]:
    """Return the enrolments by worker, each list in the order in which they came."""
    found = defaultdict(list)
    for row in tx.db.enrolments.find({"worker_id": {"$in": list(ids)}}, session=tx.session).sort("_id"):
        found[row["worker_id"]].append(_enrolment(row))
    return dict(found)


def courses_of(tx: Tx, ids: Collection[str]) -> dict[str, list[Course]]:
    """Return what workers learn and when, by worker, in the order in which it came; nothing is unsealed for it."""
    found = defaultdict(list)
    wanted, shown = {"worker_id": {"$in": list(ids)}}, dict.fromkeys(Course.__dataclass_fields__, 1)
    for row in tx.db.enrolments.find(wanted, shown, session=tx.session).sort("_id"):
        said = {name: row[name] for name in ("worker_id", "batch_id", "programme_id", "state")}
        found[row["worker_id"]].append(Course(**said, **_dates(row)))
    return dict(found)


def open_in(tx: Tx, batch_ids: Collection[str], *, at_most: int) -> list[str]:
    """Return the ids of the enrolments of batches that have not ended, no more than `at_most`."""
    wanted = {"batch_id": {"$in": list(batch_ids)}, "state": {"$in": OPEN}}
    return [row["_id"] for row in tx.db.enrolments.find(wanted, {"_id": 1}, session=tx.session).limit(at_most)]


def count(tx: Tx, batch_ids: Collection[str]) -> Counter[str]:
    """Return how many have a place in each batch."""
    wanted = WITH_PLACE | {"batch_id": {"$in": list(batch_ids)}}
    each = {"_id": "$batch_id", "taken": {"$sum": 1}}
    found = tx.db.enrolments.aggregate([{"$match": wanted}, {"$group": each}], session=tx.session)
    return Counter({row["_id"]: row["taken"] for row in found})


def with_places(tx: Tx, ids: Collection[str]) -> set[str]:
    """Return the ids of those of the enrolments that take a place."""
    wanted = WITH_PLACE | {"_id": {"$in": list(ids)}}
    return {row["_id"] for row in tx.db.enrolments.find(wanted, {"_id": 1}, session=tx.session)}


def page(tx: Tx, *, after: str | None, limit: int, **of: str | None) -> list[Enrolment]:
    """Return enrolments by id.

    :param of: worker_id, batch_id, institution_id or state that they must have; None: any.
    """
    wanted: Row = {"_id": {"$gt": after or ""}}
    wanted |= {name: {"$eq": value} for name, value in of.items() if value is not None}
    return [_enrolment(row) for row in tx.db.enrolments.find(wanted, session=tx.session).sort("_id").limit(limit)]


def _write(tx: Tx, writes: list[Any]) -> None:
    if writes:
        tx.db.enrolments.bulk_write(writes, ordered=False, session=tx.session)


def _row(enrolment: Enrolment) -> Row:
    row: Row = {"_id": enrolment.id, "policy": None} | {name: getattr(enrolment, name) for name in PLAIN}
    row |= _texts(enrolment)
    if enrolment.policy is not None:
        number = enrolment.policy.number
        sealed = seal.close(number) if number is not None else None
        row["policy"] = {"provider": enrolment.policy.provider, "number": sealed} | _texts(enrolment.policy)
    return row


def _enrolment(row: Row) -> Enrolment:
    policy = row["policy"]
    if policy is not None:
        number = seal.open(policy["number"]) if policy["number"] is not None else None
        policy = Policy(provider=policy["provider"], number=number, **_dates(policy))
    return Enrolment(id=row["_id"], policy=policy, **_dates(row), **{name: row[name] for name in PLAIN})


def _texts(said: Enrolment | Policy) -> Row:
    return {name: day.isoformat() if (day := getattr(said, name)) else None for name in ("starts_on", "ends_on")}


def _dates(row: Row) -> dict[str, Any]:
    return {name: date.fromisoformat(row[name]) if row[name] else None for name in ("starts_on", "ends_on")}
