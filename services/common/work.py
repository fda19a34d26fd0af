"""Long and periodic work: on the service's own queue, in chunks, its progress a resource.

A job is asked for in the transaction that decides it, through the outbox, so that it
is never lost. It advances by chunks, each a transaction that also moves its position:
a kill costs one chunk, and a message that comes twice does no chunk twice.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from pymongo import IndexModel
from pymongo.errors import PyMongoError

from services.common import bus, leases, mongo, outbox, settings, telemetry
from services.common.bus import Handle
from services.common.errors import Missing
from services.common.inbox import wait_out
from services.common.mongo import Database, Indexes, Row, Tx

LOG = logging.getLogger(__name__)
QUARTER_S = 90 * 24 * 3600
TURN_S = 20.0  # then the job queues again behind the others, long before the broker takes its message away
INDEXES: Indexes = {"jobs": [IndexModel([("finished_at", 1)], name="expiry", expireAfterSeconds=QUARTER_S)]}


class JobUnknown(Missing):
    """There is no such job."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """Work that takes its time. `done` counts what was carried out, `failed` what could not be, out of `total`."""

    id: str
    version: int
    kind: str
    state: str  # queued | running | done | failed
    owner: str  # the account that asked
    subject: str  # the id of what it works on
    total: int | None  # None: it is not known beforehand
    done: int
    failed: int
    position: int
    created_at: datetime
    finished_at: datetime | None

    @property
    def percent(self) -> int | None:
        if self.state == "done":
            return 100
        return None if self.total is None else 100 * (self.done + self.failed) // max(self.total, 1)


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """What a step did: how many rows it carried out and how many it could not; `end` when nothing is left.

    total: how many rows there are in all, from a step that found it out.
    """

    done: int
    failed: int = 0
    end: bool
    total: int | None = None


Step: TypeAlias = Callable[[Tx, Job], Chunk]
Ready: TypeAlias = Callable[[Tx, Job], None]
Sweep: TypeAlias = Callable[[Tx], int]


@dataclass(frozen=True, kw_only=True)
class Periodic:
    """A sweep that runs every `every_s` seconds: chunk by chunk, each a transaction, until one returns 0.

    in_transaction: False for one that speaks to others than MongoDB, and would do so again when the transaction is
    repeated.
    """

    every_s: float
    sweep: Sweep
    in_transaction: bool = True


def preceded_by(ready: Ready) -> Callable[[Step], Step]:
    """Declare what is done before each chunk of a step, outside its transaction: it takes long, and writes nothing."""

    def declare(step: Step) -> Step:
        step.ready = ready  # type: ignore[attr-defined]
        return step

    return declare


def start(tx: Tx, service: str, kind: str, *, id: str, subject: str, owner: str, total: int | None) -> Job:
    """Ask in the caller's transaction for a job, and return it."""
    counts = {"total": total, "done": 0, "failed": 0, "position": 0}
    row: Row = {"_id": id, "version": 1, "kind": kind, "state": "queued", "owner": owner, "subject": subject, **counts}
    row |= {"created_at": datetime.now(UTC), "finished_at": None}
    tx.db.jobs.insert_one(row, session=tx.session)
    _queue(tx, service, kind, id)
    return _job(row)


def get(tx: Tx, job_id: str) -> Job:
    """:raises JobUnknown: there is no such job, or it ended a quarter ago."""
    row = tx.db.jobs.find_one({"_id": job_id}, session=tx.session)
    if row is None:
        raise JobUnknown(job_id)
    return _job(row)


def run(database: Database, *, jobs: Mapping[str, Step], periodic: Mapping[str, Periodic]) -> None:
    """Be the service's work process, until it ends."""
    service, queue = database.service, f"{database.service}.work"
    telemetry.start_logging(service, "work")
    consumer = bus.make_consumer(service, handlers(database, jobs=jobs, periodic=periodic), queue=queue)
    telemetry.serve_health(service, {"mongodb": database.ping, "rabbitmq": lambda: bus.is_consumed(queue)})
    threading.Thread(target=_keep_time, args=(database, periodic), name="time", daemon=True).start()
    # What is loaded stays, and a chunk makes thousands of rows that are no garbage: a twelfth of an intake's time.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    bus.run(consumer)


def handlers(database: Database, *, jobs: Mapping[str, Step], periodic: Mapping[str, Periodic]) -> dict[str, Handle]:
    """Return the handlers by message name, ready for `bus.make_consumer`."""
    service = database.service
    working = {f"{service}.{kind}": _working(database, kind, step) for kind, step in jobs.items()}
    return working | {f"{service}.{name}": _sweeping(database, name, turn) for name, turn in periodic.items()}


def fire_due(database: Database, periodic: Mapping[str, Periodic]) -> list[str]:
    """Ask for the periodic work that is due, each once a period by the database's clock, and return its names."""
    due = [name for name, turn in periodic.items() if _is_due(database, name, turn)]
    for name in due:
        _ask(database, name)
    return due


def _ask(database: Database, name: str) -> None:
    database.transact(outbox.put, f"{database.service}.{name}", {}, to=f"{database.service}.work")


def _is_due(database: Database, name: str, turn: Periodic) -> bool:
    # A lease under a new name each time: nobody can prolong it, so it is had once a period.
    return leases.take(database.reader(), f"periodic:{name}", mongo.new_id(), turn.every_s)


def _keep_time(database: Database, periodic: Mapping[str, Periodic]) -> None:
    while periodic:
        try:
            fire_due(database, periodic)
        except PyMongoError as error:
            LOG.warning("periodic work waits", extra={"error": type(error).__name__})
        time.sleep(settings.RELAY_PAUSE_S * 10)


def _sweeping(database: Database, name: str, turn: Periodic) -> Handle:
    def attempt() -> int:
        return database.transact(turn.sweep) if turn.in_transaction else turn.sweep(database.reader())

    def handle(*, event_id: str, payload: Any) -> None:  # noqa: ARG001 (a sweep finds its own work)
        end = time.monotonic() + TURN_S
        while wait_out(attempt):
            if time.monotonic() > end:
                wait_out(lambda: _ask(database, name))
                return

    return handle


def _working(database: Database, kind: str, step: Step) -> Handle:
    def handle(*, event_id: str, payload: Row) -> None:  # noqa: ARG001 (the job's position tells repeats)
        end = time.monotonic() + TURN_S

        def advance() -> bool:
            return _advance(database, kind, step, payload["job"], turn_ends=time.monotonic() > end)

        while wait_out(advance):
            pass

    return handle


def _advance(database: Database, kind: str, step: Step, job_id: str, *, turn_ends: bool) -> bool:
    """Do the job's next chunk; return whether to go on with it now."""
    try:
        _make_ready(database.reader(), step, job_id)
        return database.transact(_chunk, database.service, kind, step, job_id, turn_ends=turn_ends)
    except Exception as error:
        if mongo.is_away(error):
            raise
        database.reader().db.jobs.update_one(
            {"_id": job_id}, {"$set": {"state": "failed", "reason": type(error).__name__}, "$inc": {"version": 1}}
        )
        raise


def _make_ready(tx: Tx, step: Step, job_id: str) -> None:
    ready: Ready | None = getattr(step, "ready", None)
    row = tx.db.jobs.find_one({"_id": job_id, "state": {"$ne": "done"}}) if ready else None
    if ready and row:
        ready(tx, _job(row))


def _chunk(tx: Tx, service: str, kind: str, step: Step, job_id: str, *, turn_ends: bool) -> bool:
    row = tx.db.jobs.find_one_and_update(
        {"_id": job_id, "state": {"$ne": "done"}},
        {"$set": {"state": "running"}, "$inc": {"version": 1}},
        return_document=True,
        session=tx.session,
    )
    if row is None:
        return False
    chunk = step(tx, _job(row))
    counts = {"done": chunk.done, "failed": chunk.failed, "position": chunk.done + chunk.failed}
    ended = {"state": "done", "finished_at": datetime.now(UTC)} if chunk.end else {"state": "running"}
    counted = {} if chunk.total is None else {"total": chunk.total}
    tx.db.jobs.update_one({"_id": job_id}, {"$inc": counts, "$set": ended | counted}, session=tx.session)
    if turn_ends and not chunk.end:
        _queue(tx, service, kind, job_id)
    return not (chunk.end or turn_ends)


def _queue(tx: Tx, service: str, kind: str, job_id: str) -> None:
    outbox.put(tx, f"{service}.{kind}", {"job": job_id}, to=f"{service}.work")


def _job(row: Row) -> Job:
    names = Job.__dataclass_fields__
    return Job(id=row["_id"], **{name: row[name] for name in names if name != "id"})
