"""Workers in MongoDB: what is personal sealed as one, keyed fingerprints of NIK and phone beside it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from pymongo import IndexModel, ReplaceOne, UpdateOne

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.common.seal import fingerprint
from services.registry.database import seal
from services.registry.worker.model import PSEUDONYMOUS, Consent, HeldSkill, Known, Named, Wishes, Worker, WorkerUnknown

SEALED = ("nik", "birthplace", "address", "phone", "email")
PLAIN = ("version", "name", "sex", "village", "education", "major", "availability", "created_at")
UNSAID: Row = {"visibility": PSEUDONYMOUS, "hidden_from": [], "wishes": None}  # where somebody said nothing of it
HERE: Row = {"gone": {"$ne": True}}  # a worker that was taken back stays as a tombstone
INDEXES: Indexes = {
    "workers": [
        IndexModel([("nik_mark", 1)], name="nik", unique=True, partialFilterExpression={"nik_mark": {"$exists": True}}),
        IndexModel([("phone_mark", 1)], name="phone", partialFilterExpression={"phone_mark": {"$exists": True}}),
        IndexModel([("birth_date", 1)], name="birth_date"),
        IndexModel([("unread", 1)], name="unread_text", sparse=True),
        IndexModel([("district", 1), ("_id", 1)], name="district"),
        IndexModel([("availability", 1), ("_id", 1)], name="availability"),
        IndexModel([("doubts", 1), ("_id", 1)], name="doubts"),
    ]
}


def claim(tx: Tx, worker_id: str, *, expected: int | None = None) -> int:
    """Keep others from changing what is the worker's until the end, and return the new version.

    :raises WorkerUnknown: there is no such worker.
    :raises Outdated: whoever asks expected another version.
    """
    version = mongo.claim(tx, "workers", worker_id, expected=expected)
    if version is None:
        raise WorkerUnknown(worker_id)
    return version


def claim_many(tx: Tx, ids: Collection[str]) -> dict[str, int]:
    """Claim workers as `claim` does, and return the new versions by id; those that are not there are left out."""
    wanted = HERE | {"_id": {"$in": list(ids)}}
    tx.db.workers.update_many(wanted, {"$inc": {"version": 1}}, session=tx.session)
    found = tx.db.workers.find(wanted, {"version": 1}, session=tx.session)
    return {row["_id"]: row["version"] for row in found}


def insert(tx: Tx, worker: Worker) -> None:
    insert_many(tx, [worker])


def insert_many(tx: Tx, workers: Sequence[Worker]) -> None:
    if workers:
        tx.db.workers.insert_many([_row(worker) for worker in workers], ordered=False, session=tx.session)


def replace(tx: Tx, worker: Worker) -> None:
    replace_many(tx, [worker])


def replace_many(tx: Tx, workers: Iterable[Worker]) -> None:
    """Write workers that were claimed, at the version that they carry."""
    writes = [ReplaceOne({"_id": worker.id}, _row(worker)) for worker in workers]
    if writes:
        tx.db.workers.bulk_write(writes, ordered=False, session=tx.session)


def remove_many(tx: Tx, versions: Mapping[str, int]) -> None:
    """Take workers back that were claimed: a tombstone stays of each, which tells that it is gone."""
    writes = [ReplaceOne({"_id": id_}, {"version": version, "gone": True}) for id_, version in versions.items()]
    if writes:
        tx.db.workers.bulk_write(writes, ordered=False, session=tx.session)


def set_availability(tx: Tx, wanted: Mapping[str, tuple[str, date | None]]) -> None:
    """Set availability and the day from which somebody is free, by worker; they were claimed before."""
    writes = [
        UpdateOne(HERE | {"_id": id_}, {"$set": {"availability": said, "available_from": _text(free)}})
        for id_, (said, free) in wanted.items()
    ]
    if writes:
        tx.db.workers.bulk_write(writes, ordered=False, session=tx.session)


def get(tx: Tx, worker_id: str) -> Worker:
    """:raises WorkerUnknown: there is no such worker."""
    row = tx.db.workers.find_one(HERE | {"_id": {"$eq": worker_id}}, session=tx.session)
    if row is None:
        raise WorkerUnknown(worker_id)
    return _worker(row)


def of_ids(tx: Tx, ids: Collection[str]) -> dict[str, Worker]:
    """Return workers by id, without those that are not there."""
    found = tx.db.workers.find(HERE | {"_id": {"$in": list(ids)}}, session=tx.session)
    return {row["_id"]: _worker(row) for row in found}


def with_nik(tx: Tx, nik: str) -> str | None:
    """Return the id of the worker who stands under this NIK."""
    row = tx.db.workers.find_one({"nik_mark": nik_mark(nik)}, {"_id": 1}, session=tx.session)
    return row["_id"] if row else None


def alike(tx: Tx, *, niks: Collection[str], phones: Collection[str], births: Collection[date]) -> list[Known]:
    """Return whoever has one of the NIKs or phones, or was born on one of the days; an index for each of the three."""
    wanted = [
        {"nik_mark": {"$in": list(niks)}},
        {"phone_mark": {"$in": list(phones)}},
        {"birth_date": {"$in": [birth.isoformat() for birth in births]}},
    ]
    shown = dict.fromkeys(("name", "birth_date", "nik_mark", "phone_mark"), 1)
    return [_known(row) for row in tx.db.workers.find({"$or": wanted}, shown, session=tx.session)]


def waiting(tx: Tx, key: str, limit: int) -> list[str]:
    """Return ids of workers who said a skill of which nobody knew the meaning.

    :param key: the text, as `Worker.unread` keeps it.
    """
    rows = tx.db.workers.find({"unread": {"$eq": key}}, {"_id": 1}, session=tx.session).limit(limit)
    return [row["_id"] for row in rows]


def page(tx: Tx, *, after: str | None, limit: int, **asked: str | None) -> list[Worker]:
    """Return workers by id.

    :param asked: the district, availability and doubt that they have.
    """
    fields = {"doubt": "doubts"}
    wanted = HERE | {fields.get(name, name): {"$eq": value} for name, value in asked.items() if value}
    wanted |= {"_id": {"$gt": after or ""}}
    return [_worker(row) for row in tx.db.workers.find(wanted, session=tx.session).sort("_id").limit(limit)]


def standing(tx: Tx, ids: list[str]) -> list[Row]:
    """Return what the other services need of the workers that are not gone; nothing personal, nothing unsealed."""
    told = ("version", "district", "village", "education", "availability", "available_from", "skills")
    shown = dict.fromkeys((*told, *UNSAID), 1)
    rows = tx.db.workers.find(HERE | {"_id": {"$in": ids}}, shown, session=tx.session)
    return [{"id": row["_id"]} | UNSAID | row | {"available_from": _date(row["available_from"])} for row in rows]


def names(tx: Tx, ids: Collection[str]) -> list[Named]:
    """Return the names of the workers that are there; nothing is unsealed for it."""
    found = tx.db.workers.find(HERE | {"_id": {"$in": list(ids)}}, {"name": 1, "village": 1}, session=tx.session)
    return [Named(id=row["_id"], name=row["name"], village=row["village"]) for row in found]


def phone_mark(phone: str) -> str:
    return fingerprint("phone", phone)


def nik_mark(nik: str) -> str:
    return fingerprint("nik", nik)


def _row(worker: Worker) -> Row:
    row: Row = {name: getattr(worker, name) for name in (*PLAIN, "doubts")}
    row |= {
        "_id": worker.id,
        "district": worker.district,
        "birth_date": worker.birth_date.isoformat(),
        "available_from": _text(worker.available_from),
        "skills": [{"skill": held.skill, "level": held.level} for held in worker.skills],
        "sealed": seal.close({name: getattr(worker, name) for name in SEALED}),
    }
    row |= _will(worker)
    if worker.unread:
        row["unread"] = worker.unread
    if worker.nik is not None and worker.stands_under_nik:
        row["nik_mark"] = nik_mark(worker.nik)
    if worker.phone is not None:
        row["phone_mark"] = phone_mark(worker.phone)
    return row


def _worker(row: Row) -> Worker:
    opened: dict[str, Any] = dict.fromkeys(SEALED) | seal.open(row["sealed"])
    plain: dict[str, Any] = {name: row.get(name) for name in PLAIN}
    return Worker(
        id=row["_id"],
        doubts=tuple(row["doubts"]),
        birth_date=date.fromisoformat(row["birth_date"]),
        available_from=_date(row["available_from"]),
        skills=tuple(HeldSkill(**held) for held in row["skills"]),
        unread=tuple(row.get("unread", ())),
        visibility=row.get("visibility", PSEUDONYMOUS),
        hidden_from=tuple(row.get("hidden_from", ())),
        wishes=_wishes(row.get("wishes")),
        consents=tuple(Consent(**each) for each in row.get("consents", ())),
        **plain,
        **opened,
    )


def _will(worker: Worker) -> Row:
    """Return what the worker wants, as far as they said it."""
    wishes = asdict(worker.wishes) if worker.wishes else None
    consents = [asdict(each) for each in worker.consents]
    said = {"hidden_from": worker.hidden_from, "wishes": wishes, "consents": consents}
    return {"visibility": worker.visibility} | {name: value for name, value in said.items() if value}


def _wishes(said: Row | None) -> Wishes | None:
    return Wishes(**said | {name: tuple(said[name]) for name in ("kinds", "districts")}) if said else None


def _known(row: Row) -> Known:
    return Known(
        worker_id=row["_id"],
        name=row["name"],
        birth=date.fromisoformat(row["birth_date"]),
        nik_mark=row.get("nik_mark"),
        phone_mark=row.get("phone_mark"),
    )


def _date(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
