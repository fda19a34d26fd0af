"""Counting, in windows of time that are the same for all: whose limit is how far used."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

import pymongo
from limits import RateLimitItem
from pymongo import IndexModel, ReturnDocument, WriteConcern
from pymongo.errors import PyMongoError

from services.common.mongo import Database, Indexes, Row, Tx
from services.common.seal import fingerprint

LOG = logging.getLogger(__name__)
INDEXES: Indexes = {"counts": [IndexModel([("expires_at", 1)], name="expiry", expireAfterSeconds=0)]}
WAIT_S, AWAY_S = 0.5, 5.0

KNOWN_AT_MOST = 100_000  # in one window of one limit; whoever has so many addresses is not held by any


class Found(NamedTuple):
    """What is left of a limit, below 0 if it is passed, and after how many seconds it is whole again."""

    left: int
    turns_in: float


class Counter(Protocol):
    def count(self, rule: RateLimitItem, who: str) -> Found:
        """Count one more."""


class Memory:
    """Counts in this process: a microsecond, and nothing that can fail.

    The store of `limits` in memory starts a thread a hundred times a second to look for what is over; here a new window
    begins empty.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._windows: dict[RateLimitItem, tuple[int, dict[str, int]]] = {}

    def count(self, rule: RateLimitItem, who: str) -> Found:
        turn, turns_in = window(rule)
        with self._lock:
            began, counts = self._windows.get(rule, (turn, {}))
            if began != turn or len(counts) >= KNOWN_AT_MOST:
                counts = {}
            counts[who] = count = counts.get(who, 0) + 1
            self._windows[rule] = turn, counts
        return Found(rule.amount - count, turns_in)


class Shared:
    """Counts in MongoDB; in memory while it is away."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._memory, self._away_until = Memory(), 0.0

    def count(self, rule: RateLimitItem, who: str) -> Found:
        if time.monotonic() > self._away_until:
            try:
                with pymongo.timeout(WAIT_S):
                    return _count(self._database.reader(), rule, who)
            except PyMongoError as error:
                self._away_until = time.monotonic() + AWAY_S
                LOG.warning("limits are counted in memory", extra={"error": type(error).__name__})
        return self._memory.count(rule, who)


def window(rule: RateLimitItem) -> tuple[int, float]:
    """Return the number of a limit's window, and the seconds to its end."""
    length = rule.get_expiry()
    turn, gone = divmod(time.time(), length)
    return int(turn), length - gone


def _count(tx: Tx, rule: RateLimitItem, who: str) -> Found:
    turn, turns_in = window(rule)
    counts = tx.db.counts.with_options(write_concern=WriteConcern(1))
    row: Row = counts.find_one_and_update(
        {"_id": f"{rule.get_expiry()}/{turn}/{fingerprint('limit', who)}"},
        {"$inc": {"count": 1}, "$setOnInsert": {"expires_at": datetime.now(UTC) + timedelta(seconds=turns_in)}},
        upsert=True,
        return_document=ReturnDocument.AFTER,
    ) or {"count": 0}
    return Found(rule.amount - row["count"], turns_in)
