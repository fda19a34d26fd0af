"""Start of a deployment: indexes, ordered migrations and queues, one process at a time, as often as one likes."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from pymongo import IndexModel

from services.common import acts, bus, inbox, leases, mongo, outbox, standing, telemetry, work
from services.common.mongo import Database, Indexes, Tx

LOG = logging.getLogger(__name__)
DAY_S = 24 * 3600
LOCK_S = 120.0
KERNEL: Indexes = {
    "idempotency": [IndexModel([("at", 1)], name="expiry", expireAfterSeconds=DAY_S)],
    "leases": [],
    "migrations": [],
}
OF_PARTS = (acts.INDEXES, outbox.INDEXES, inbox.INDEXES, standing.INDEXES, work.INDEXES)
Migration: TypeAlias = tuple[str, Callable[[Database], None]]


class OutOfOrder(Exception):
    """The names of migrations must be unique and ascend."""


def run(
    database: Database, *, indexes: Sequence[Indexes], migrations: Sequence[Migration], heard: Iterable[str] = ()
) -> None:
    """Bring the service's database and queues to what this version needs.

    A migration that was done is not run again; one that a crash interrupted is, so each
    must bear being repeated. A second process waits for the first.

    :param migrations: name and function, in their order; names ascend and are never reused.
    :param heard: the names of the events that the service hears.
    :raises OutOfOrder: the names do not ascend.
    """
    names = [name for name, _ in migrations]
    if names != sorted(set(names)):
        raise OutOfOrder(names)
    telemetry.start_logging(database.service, "migrations")
    holder = mongo.new_id()
    while not leases.take(database.reader(), "migrations", holder, LOCK_S):
        time.sleep(0.2)
    try:
        for declared in (KERNEL, *OF_PARTS, *indexes):
            ensure_indexes(database.reader(), declared)
        for name, migrate in migrations:
            _migrate(database, holder, name, migrate)
        bus.declare(database.service, heard)
    finally:
        leases.release(database.reader(), "migrations", holder)


def ensure_indexes(tx: Tx, indexes: Indexes) -> None:
    """Create the collections and indexes that are declared and not there yet; those there stay."""
    there = set(tx.db.list_collection_names())
    for collection, models in indexes.items():
        if collection not in there:
            tx.db.create_collection(collection)
        if models:
            tx.db[collection].create_indexes(list(models))


def _migrate(database: Database, holder: str, name: str, migrate: Callable[[Database], None]) -> None:
    done = database.reader().db.migrations
    if done.find_one({"_id": name}):
        return
    LOG.info("migrating", extra={"migration": name})
    migrate(database)
    done.insert_one({"_id": name, "at": datetime.now(UTC)})
    leases.take(database.reader(), "migrations", holder, LOCK_S)
