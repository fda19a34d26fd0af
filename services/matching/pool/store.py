"""Packed rows in MongoDB, and the pool that each process makes of them and keeps as they are."""

import logging
import threading
import time
from collections.abc import Mapping
from typing import Any

from pymongo import IndexModel

from services.common import mongo
from services.common.errors import NotReady
from services.common.mongo import Database, Indexes, Row, Tx
from services.matching.database import database
from services.matching.engine.packing import pack
from services.matching.pool.model import Pool
from services.matching.profile import model as profiles
from services.matching.skill import store as skills

LOG = logging.getLogger(__name__)
INDEXES: Indexes = {"packed": [IndexModel([("gone", 1), ("_id", 1)], name="here")]}
SEEN: list[Mapping[str, Any]] = [{"$project": {"operationType": 1, "documentKey": 1, "fullDocument": 1}}]
LOAD_WAIT_S = 20.0  # so long a request waits for people to be loaded
PAUSE_S = 1.0


def keep(tx: Tx, workers: list[Row]) -> None:
    """Keep the workers' packed rows, unless something newer is known."""
    people = {worker["id"]: profiles.person(worker) for worker in workers if not worker["gone"]}
    held = {skill for person in people.values() for skill in person.skills}
    numbers = skills.number(tx, held) if held else {}
    rows = []
    for worker in workers:
        row = {"_id": worker["id"], "version": worker["version"], "gone": worker["gone"]}
        rows.append(row | ({} if worker["gone"] else {"row": pack(people[worker["id"]], numbers)}))
    mongo.keep_newest(tx, "packed", rows)


def load(tx: Tx) -> Pool:
    """Return the pool as the packed rows are now."""
    rows = tx.db.packed.find({"gone": False}, {"row": 1}, session=tx.session, batch_size=20_000)
    found = [(row["_id"], bytes(row["row"])) for row in rows.hint("here").sort("_id", 1)]
    # Numbers are read after the rows that use them.
    return Pool([id_ for id_, _ in found], [row for _, row in found], skills.numbers(tx))


class Following:
    """The pool of this process: loaded on first need, then kept by a thread that follows the packed rows."""

    def __init__(self, source: Database) -> None:
        self._source = source
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._loaded = threading.Event()
        self._pool: Pool
        self._token: Mapping[str, Any] | None = None
        self._merging: threading.Thread | None = None

    def pool(self) -> Pool:
        """Return the pool.

        :raises NotReady: it is still being loaded.
        """
        self._start()
        if not self._loaded.wait(LOAD_WAIT_S):
            raise NotReady
        return self._pool

    def check(self) -> None:
        """Raise unless the pool is loaded; it begins to be."""
        if not self.is_loaded():
            raise NotReady

    def is_loaded(self) -> bool:
        """Tell whether the pool is loaded; it begins to be."""
        self._start()
        return self._loaded.is_set()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="pool", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                self._follow()
            except Exception as error:
                if mongo.is_away(error):  # it comes back, and is followed from where it was
                    LOG.warning("the pool waits for MongoDB", extra={"error": type(error).__name__})
                else:
                    self._token = None
                    LOG.warning("the pool is loaded anew", exc_info=error)
                time.sleep(PAUSE_S)

    def _follow(self) -> None:
        """Follow the rows from where it was, or from now on and all loaded anew, until the stream ends."""
        tx = self._source.reader()
        with tx.db.packed.watch(SEEN, resume_after=self._token) as stream:
            if self._token is None:
                self._load(tx)
            for change in stream:
                if "documentKey" in change:  # or it is not of one row: the collection was dropped, and the stream ends
                    self._take(tx, change)
                self._token = stream.resume_token
        self._token = None

    def _load(self, tx: Tx) -> None:
        began = time.monotonic()
        Pool.warm()
        self._pool = load(tx)
        self._loaded.set()
        took = {"people": len(self._pool.engine), "seconds": round(time.monotonic() - began, 2)}
        LOG.info("the pool is loaded", extra=took)

    def _take(self, tx: Tx, change: Mapping[str, Any]) -> None:
        """Take over a change of one row."""
        row = change.get("fullDocument") or {"gone": True}
        packed = None if row["gone"] else bytes(row["row"])
        if packed and not self._pool.knows(packed):
            self._pool.learn(skills.numbers(tx))
        self._pool.put(change["documentKey"]["_id"], packed)
        if self._pool.is_grown and not (self._merging and self._merging.is_alive()):
            self._merging = threading.Thread(target=self._pool.engine.merge, name="merge", daemon=True)
            self._merging.start()


PEOPLE = Following(database)
