"""Alerts in MongoDB: what waits to be told of, and who was told of what."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from pymongo import IndexModel, UpdateOne

from services.common.mongo import Indexes, Row, Tx
from services.matching.alert.model import Waiting

VACANCIES, WORKERS = "vacancies_to_tell", "workers_to_tell"
KEPT = timedelta(days=180)
WEEK = timedelta(days=7)
QUIET = timedelta(seconds=30)
STALE = IndexModel([("at", 1)], name="stale", expireAfterSeconds=int(WEEK.total_seconds()))
INDEXES: Indexes = {
    VACANCIES: [STALE],
    WORKERS: [STALE],
    "alerts_since": [],
    "alerts": [
        IndexModel([("worker", 1), ("at", -1)], name="worker"),
        IndexModel([("vacancy", 1)], name="vacancy"),
        IndexModel([("at", 1)], name="expiry", expireAfterSeconds=int(KEPT.total_seconds())),
    ],
}


def put_by(tx: Tx, collection: str, rows: Iterable[Row]) -> None:
    """Remember states of which somebody may be told. Not for use in a transaction."""
    now = datetime.now(UTC)
    writes = [
        UpdateOne({"_id": row["id"]}, {"$max": {"version": row["version"]}, "$set": {"at": now}}, upsert=True)
        for row in rows
        if not row["gone"]
    ]
    if writes:
        tx.db[collection].bulk_write(writes, ordered=False)


def since(tx: Tx) -> datetime | None:
    """Return from when on what comes is news; None: matching is still being filled, or built again.

    Of what was there before, nobody is told: it is known, or was told.
    """
    row = tx.db.alerts_since.find_one({"_id": "since"}, session=tx.session)
    return row["at"] if row else None


def begin(tx: Tx, *, quiet: timedelta = QUIET) -> bool:
    """Let all be news that comes from now on, if something came, and nothing for a while; return whether it is so."""
    now = datetime.now(UTC)
    last = [tx.db[each].find_one(sort=[("at", -1)], session=tx.session) for each in (VACANCIES, WORKERS)]
    came = [row["at"] for row in last if row]
    if not came or max(came) > now - quiet:
        return False
    tx.db.alerts_since.update_one({"_id": "since"}, {"$setOnInsert": {"at": now}}, upsert=True, session=tx.session)
    return True


def waiting(tx: Tx, collection: str, limit: int, news: datetime) -> list[Waiting]:
    found = tx.db[collection].find({"at": {"$gte": news}}, session=tx.session).sort("at").limit(limit)
    return [Waiting(id=row["_id"], version=row["version"]) for row in found]


def done(tx: Tx, collection: str, each: Waiting) -> None:
    """Forget what waited, unless it changed meanwhile."""
    tx.db[collection].delete_one({"_id": each.id, "version": each.version}, session=tx.session)


def told_of(tx: Tx, vacancy_id: str) -> set[str]:
    """Return who was told of a vacancy."""
    found = tx.db.alerts.find({"vacancy": vacancy_id}, {"worker": 1}, session=tx.session)
    return {row["worker"] for row in found}


def vacancies_told(tx: Tx, worker_id: str) -> set[str]:
    """Return of which vacancies somebody was told."""
    found = tx.db.alerts.find({"worker": worker_id}, {"vacancy": 1}, session=tx.session)
    return {row["vacancy"] for row in found}


def lately(tx: Tx, worker_ids: Collection[str]) -> dict[str, int]:
    """Return of how many vacancies each was told within a week."""
    recent = {"worker": {"$in": list(worker_ids)}, "at": {"$gt": datetime.now(UTC) - WEEK}}
    counted = tx.db.alerts.aggregate([{"$match": recent}, {"$sortByCount": "$worker"}], session=tx.session)
    return {row["_id"]: row["count"] for row in counted}


def insert(tx: Tx, *, worker_id: str, vacancy_id: str) -> None:
    row = {"_id": f"{vacancy_id} {worker_id}", "worker": worker_id, "vacancy": vacancy_id, "at": datetime.now(UTC)}
    tx.db.alerts.insert_one(row, session=tx.session)
