"""Whose tokens hold no more: told by the gateway as states, looked at with every request, without a second call.

A token holds until it ends on its own; who lost their right before that (signed out,
left a company, was disabled; a partner's program that was revoked) is remembered here
for longer than any token lives, and each web process looks at what changed every half
second.
"""

import math
import threading
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo import IndexModel

from services.common import mongo
from services.common.mongo import Database, Indexes, Row, Tx

LIVES_AT_MOST = timedelta(minutes=20)  # longer than the longest token, the 15 minutes of the gateway's own
LOOK_S = 0.5
DAY_S = 24 * 3600
INDEXES: Indexes = {"standings": [IndexModel([("kept_at", 1)], name="expiry", expireAfterSeconds=DAY_S)]}


def keep(tx: Tx, states: list[Row]) -> None:
    """Keep how subjects stand, as `gateway.membership` and `gateway.client` tell it."""
    mongo.keep_newest(tx, "standings", map(_row, states))


def renew(tx: Tx, subject: str, now: datetime) -> None:
    """Let the tokens that a subject was given before `now` hold no more; those it is given from then on do."""
    _set(tx, subject, {"valid_from": now, "ended": False})


def end(tx: Tx, subject: str, now: datetime) -> None:
    """Let no token of a subject hold any more: an account, a session, a partner's program."""
    _set(tx, subject, {"valid_from": now, "ended": True})


class Watch:
    """Knows in a web process whose tokens hold no more."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ends: Mapping[str, float] = {}
        self._looked_at = -math.inf
        self._looking = threading.Lock()

    def holds(self, subjects: Iterable[str], issued_at: float) -> bool:
        """Tell whether a token of these subjects, issued at a time in seconds since 1970, still holds.

        :raises PyMongoError: nobody can tell.
        """
        if time.monotonic() - self._looked_at > LOOK_S:
            self._look()
        return all(issued_at >= self._ends.get(subject, 0) for subject in subjects)

    def _look(self) -> None:
        """Look at what changed; who comes meanwhile waits, as nobody may pass by what is not known yet."""
        with self._looking:
            if time.monotonic() - self._looked_at <= LOOK_S:
                return
            changed = {"kept_at": {"$gt": datetime.now(UTC) - LIVES_AT_MOST}}
            rows = self._database.reader().db.standings.find(changed)
            self._ends = {row["_id"]: math.inf if row["ended"] else row["valid_from"].timestamp() for row in rows}
            self._looked_at = time.monotonic()


def _row(state: Row) -> Row:
    now = datetime.now(UTC)
    said = {"valid_from": state.get("valid_from", now), "ended": state["gone"] or state["ended"], "kept_at": now}
    return {"_id": state["id"], "version": state["version"], **said}


def _set(tx: Tx, subject: str, said: Mapping[str, Any]) -> None:
    change = {"$set": {**said, "kept_at": datetime.now(UTC)}, "$inc": {"version": 1}}
    tx.db.standings.update_one({"_id": subject}, change, upsert=True, session=tx.session)
