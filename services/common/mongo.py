"""MongoDB: one database a service, one transaction a command."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import pymongo
import uuid_utils
from pymongo import errors as mongo_errors
from pymongo.client_session import ClientSession
from pymongo.database import Database as MongoDatabase

from services.common import acts, settings
from services.common.errors import Outdated, Refused

LOG = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
Row: TypeAlias = dict[str, Any]
Indexes: TypeAlias = Mapping[str, Sequence[pymongo.IndexModel]]
DUPLICATE_KEY = 11000
# Under the 30 minutes after which RabbitMQ takes a message away from a silent consumer.
WAIT_AT_MOST_S = 20 * 60
# Codes that tell of the server, not of what was asked: shutting down, no primary, no majority, out of disk.
AWAY_CODES = {6, 7, 50, 64, 89, 91, 100, 134, 189, 202, 246, 262}
AWAY_CODES |= {9001, 10107, 11600, 11602, 13388, 13435, 13436, 14031}


class KeyReused(Refused):
    """This Idempotency-Key came before with another request: use a new key for each new request."""


@dataclass(frozen=True)
class Tx:
    """Where a store reads and writes: a database, and the session that makes it one transaction."""

    db: MongoDatabase[Row]
    session: ClientSession | None = None


@dataclass(frozen=True, kw_only=True)
class Once:
    """A request that may come again: its key, a keyed HMAC of what it asks, and what it makes."""

    key: str
    fingerprint: str
    status: int
    resource: str


class Repeated(Exception):
    """The request came before and was carried out; nothing is done again."""

    def __init__(self, row: Row) -> None:
        super().__init__(row["_id"])
        self.status: int = row["status"]
        self.resource: str = row["resource"]


class Database:
    """One service's database, connected on first use."""

    def __init__(self, service: str) -> None:
        self.service = service
        self._connecting = threading.Lock()

    @property
    def name(self) -> str:
        return settings.DATABASE_PREFIX + self.service

    @cached_property
    def client(self) -> pymongo.MongoClient[Row]:
        with self._connecting:
            return self.__dict__.get("client") or pymongo.MongoClient(
                settings.MONGO_URL,
                tz_aware=True,
                w="majority",
                serverSelectionTimeoutMS=int(settings.MONGO_TIMEOUT_S * 1000),
                appname=f"begawi-{self.service}",
            )

    def reader(self) -> Tx:
        return Tx(self.client[self.name])

    def ping(self) -> None:
        """Raise unless the database answers within two seconds."""
        with pymongo.timeout(2):
            self.client.admin.command("ping")

    def transact(self, command: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `command` in a transaction: all it writes is kept or, if it raises, none of it.

        It runs again when another transaction got in its way, so it must do nothing
        but read and write through its `Tx`, and stay under 500 rows and 10 seconds.
        """
        with pymongo.timeout(settings.MONGO_TIMEOUT_S), self.client.start_session() as session:
            return session.with_transaction(
                lambda session: _recorded(Tx(self.client[self.name], session), command, *args, **kwargs)
            )

    def transact_once(
        self, once: Once, command: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `command` in a transaction that also remembers the request; a second one in flight waits for the first.

        :raises Repeated: it was carried out before; nothing is done.
        :raises KeyReused: its key came before with another request.
        """

        def first(tx: Tx) -> R:
            remember(tx, once)
            return command(tx, *args, **kwargs)

        return self.transact(first)

    def snapshot(self, read: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `read` so that all it sees is of one moment, a version and what belongs to it included."""
        with self.client.start_session(snapshot=True) as session:
            return read(Tx(self.client[self.name], session), *args, **kwargs)


def new_id() -> str:
    """Return a UUIDv7: it sorts by time, so that new rows stand at the end of every index."""
    return str(uuid_utils.uuid7())


def remember(tx: Tx, once: Once) -> None:
    """Remember the request in its transaction, or raise what `transact_once` says of one that came before."""
    row = {
        "_id": once.key,
        "fingerprint": once.fingerprint,
        "status": once.status,
        "resource": once.resource,
        "at": datetime.now(UTC),
    }
    try:
        tx.db.idempotency.insert_one(row, session=tx.session)
    except mongo_errors.DuplicateKeyError as error:
        before = tx.db.idempotency.find_one({"_id": once.key})  # outside: the failed insert ended the transaction
        if before is None or before["fingerprint"] != once.fingerprint:
            raise KeyReused from error
        raise Repeated(before) from error


def claim(tx: Tx, collection: str, id_: str, *, expected: int | None = None) -> int | None:
    """Count up the version of a root and return it; None if there is no such root (or it is gone).

    MongoDB does not see that two transactions read the same and wrote apart; the
    claim makes the second one run again. Every command claims the root it changes.

    :param expected: the version that whoever asks has seen, if they said so.
    :raises Outdated: the root stands at another version than the expected one.
    """
    row = tx.db[collection].find_one_and_update(
        {"_id": id_, "gone": {"$ne": True}},
        {"$inc": {"version": 1}},
        {"version": 1},
        return_document=True,
        session=tx.session,
    )
    if row is None:
        return None
    if expected is not None and row["version"] != expected + 1:
        raise Outdated(id_)
    return int(row["version"])


def keep_newest(tx: Tx, collection: str, rows: Iterable[Row]) -> None:
    """Write each row unless a newer version of it is there. Not for use in a transaction.

    A row that finds nothing to replace is inserted, and may meet another's key: one
    that is newer, or one that a second consumer inserted a moment ago and is older.
    The second pass, which only replaces, tells the two apart.
    """
    asked = list(rows)
    for upsert in (True, False):
        asked = _replace(tx, collection, asked, upsert=upsert)


def is_away(error: BaseException) -> bool:
    """Tell whether MongoDB, and not what was asked of it, is the reason; the one place that knows."""
    if isinstance(error, mongo_errors.EncryptionError):
        return is_away(error.cause)  # it reads its key from MongoDB too
    if not isinstance(error, mongo_errors.PyMongoError):
        return False
    if isinstance(error, mongo_errors.ConnectionFailure | mongo_errors.WTimeoutError) or _codes(error) & AWAY_CODES:
        return True
    # In the way of a transaction that is still there: of a process that was killed, for as long as the server lets it.
    return error.has_error_label("TransientTransactionError") or error.timeout


def patiently(attempt: Callable[[], R], *, at_most_s: float = WAIT_AT_MOST_S) -> R:
    """Run `attempt`, again and with growing pauses while MongoDB is away.

    :raises PyMongoError: it is still away after `at_most_s`.
    """
    pause, end = 0.1, time.monotonic() + at_most_s
    while True:
        try:
            return attempt()
        except mongo_errors.PyMongoError as error:
            if not is_away(error) or time.monotonic() > end:
                raise
            LOG.warning("waiting for MongoDB", extra={"error": type(error).__name__, "pause_s": pause})
            time.sleep(pause)
            pause = min(pause * 2, 5)


def _recorded(tx: Tx, command: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    done = command(tx, *args, **kwargs)
    acts.record(tx.db, tx.session)
    return done


def _codes(error: mongo_errors.PyMongoError) -> set[Any]:
    """Return its code, and those of a bulk's single writes."""
    details = getattr(error, "details", None) or {}
    failures = [*details.get("writeErrors", ()), *details.get("writeConcernErrors", ())]
    return {getattr(error, "code", None), *(failure["code"] for failure in failures)}


def _replace(tx: Tx, collection: str, rows: list[Row], *, upsert: bool) -> list[Row]:
    """Replace rows by such as are not older, and return those that met another's key."""
    writes = [pymongo.ReplaceOne({"_id": r["_id"], "version": {"$lte": r["version"]}}, r, upsert=upsert) for r in rows]
    if not writes:
        return []
    try:
        tx.db[collection].bulk_write(writes, ordered=False)
    except mongo_errors.BulkWriteError as error:
        failures = error.details["writeErrors"]
        # With a write concern's error they are written, and may yet be lost.
        if error.details["writeConcernErrors"] or any(failure["code"] != DUPLICATE_KEY for failure in failures):
            raise
        return [rows[failure["index"]] for failure in failures]
    return []
