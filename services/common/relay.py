"""Events leave a service: what the outbox holds is published, as a process of its own."""

import argparse
import logging
import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from prometheus_client import Counter
from pymongo import DeleteOne, UpdateOne
from pymongo.errors import PyMongoError

from services.common import bus, leases, mongo, settings, telemetry
from services.common.event import State
from services.common.mongo import Database, Row, Tx

LOG = logging.getLogger(__name__)
BATCH = 200
PUBLISHED = Counter("begawi_relay_published_total", "Messages that the broker confirmed", ["name"])


@dataclass(frozen=True)
class Told:
    """How a state is told: the collection of its roots, and what composes them by id (at most BATCH at a time).

    `only` selects the roots that a replay tells of, where some are never told.
    """

    roots: str
    compose: Callable[[Tx, list[str]], list[Row]]
    only: Row = field(default_factory=dict)


Telling: TypeAlias = Mapping[type[State], Told]


def run(database: Database, telling: Telling) -> None:
    """Publish what the service has to tell, until the process ends; one relay a service works, the others wait.

    A crash between publishing and marking publishes again: each event arrives at
    least once, and listeners drop the repeats.
    """
    telemetry.start_logging(database.service, "relay")
    telemetry.serve_health(
        database.service, {"mongodb": database.ping, "rabbitmq": lambda: bus.depth("events.unheard")}
    )
    publish = bus.connect(database.service)
    while True:
        try:
            for _ in _turns(database):
                while publish_facts(publish, database) + publish_states(publish, database, telling):
                    _lead(database)
        except (PyMongoError, *bus.AWAY) as error:
            if isinstance(error, PyMongoError) and not mongo.is_away(error):
                raise
            LOG.warning("waiting", extra={"error": type(error).__name__})
            time.sleep(settings.RELAY_PAUSE_S)


def publish_facts(publish: bus.Publish, database: Database) -> int:
    """Publish the facts that are not published yet, oldest first, and return how many."""
    rows = database.snapshot(_waiting)
    done: list[str] = []
    try:
        for row in rows:
            publish(row["name"], row["_id"], row["payload"], row["headers"], to=row["to"])
            done.append(row["_id"])
            PUBLISHED.labels(row["name"]).inc()
    finally:
        published = {"$set": {"published_at": datetime.now(UTC)}, "$unset": {"waiting": ""}}
        if done:
            database.reader().db.facts.update_many({"_id": {"$in": done}}, published)
    return len(rows)


def publish_states(publish: bus.Publish, database: Database, telling: Telling) -> int:
    """Publish the newest state of what changed, many to a message, and return how many marks were settled."""
    return sum(_publish(publish, database, state, told) for state, told in telling.items())


def replay(publish: bus.Publish, database: Database, telling: Telling, *, to: str) -> dict[str, int]:
    """Send one service the newest state of every root, tombstones included, and return how many by name.

    No fact is sent: nothing has its effect again.
    """
    return {
        state.name: _replay(publish, database, state, told, to=to)
        for state, told in telling.items()
        if to in state.heard_by
    }


def replay_from_command_line(database: Database, telling: Telling) -> None:
    """Replay to the service that `--to` names, and say how much it was."""
    telemetry.start_logging(database.service, "replay")
    hearers = sorted({hearer for state in telling for hearer in state.heard_by})
    parser = argparse.ArgumentParser(description=f"Tell one service all that {database.service} has to tell.")
    parser.add_argument("--to", required=True, choices=hearers, metavar=f"{{{','.join(hearers)}}}")
    to = parser.parse_args().to
    bus.depth(to)  # without its queue, what is sent would be kept as unheard
    for name, count in replay(bus.connect(database.service), database, telling, to=to).items():
        print(f"{name}: {count} to {to}")  # noqa: T201 (a command answers on its terminal)


def _waiting(tx: Tx) -> list[Row]:
    """Return facts that are committed for good: one that is told and then lost in a crash would be told again anew."""
    return list(tx.db.facts.find({"waiting": True}, session=tx.session).sort("told_at").limit(BATCH))


def _replay(publish: bus.Publish, database: Database, state: type[State], told: Told, *, to: str) -> int:
    count, after = 0, ""
    while True:
        versions, dumped = database.snapshot(_roots, state, told, after)
        if not versions:
            return count
        publish(state.name, mongo.new_id(), list(dumped.values()), telemetry.trace(), to=to)
        count, after = count + len(versions), max(versions)


def _roots(tx: Tx, state: type[State], told: Told, after: str) -> tuple[dict[str, int], dict[str, Row]]:
    rows = tx.db[told.roots].find(told.only | {"_id": {"$gt": after}}, {"version": 1}, session=tx.session)
    versions = {row["_id"]: row["version"] for row in rows.sort("_id").limit(BATCH)}
    return versions, _dumped(tx, state, told, versions)


def _publish(publish: bus.Publish, database: Database, state: type[State], told: Told) -> int:
    marks, dumped = database.snapshot(_standing, state, told)
    if dumped:
        publish(state.name, mongo.new_id(), list(dumped.values()), _headers(marks))
        PUBLISHED.labels(state.name).inc()
    if marks:
        database.reader().db.changes.bulk_write([_settled(mark, dumped) for mark in marks], ordered=False)
    return len(marks)


def _headers(marks: list[Row]) -> Row:
    """Return the last request's id as the message's own, so that its way can be followed."""
    last = max(marks, key=lambda mark: mark["marked_at"])
    return {key: last[key] for key in ("request_id", "traceparent") if key in last}


def _standing(tx: Tx, state: type[State], told: Told) -> tuple[list[Row], dict[str, Row]]:
    """Return the marks and what they mark, of one moment: a mark must not be seen before its root."""
    marks = list(tx.db.changes.find({"_id.name": state.name, "stuck": None}, session=tx.session).limit(BATCH))
    versions = {mark["_id"]["id"]: mark["version"] for mark in marks}
    try:
        return marks, _dumped(tx, state, told, versions)
    except PyMongoError:
        raise
    except Exception:  # noqa: BLE001 (one root that cannot be told must not silence the others)
        alone = (_dumped_alone(tx, state, told, id_, version) for id_, version in versions.items())
        return marks, {id_: row for dumped in alone for id_, row in dumped.items()}


def _dumped(tx: Tx, state: type[State], told: Told, versions: Mapping[str, int]) -> dict[str, Row]:
    """Return the states by id; a root that is no longer there is gone."""
    rows: dict[str, Row] = {id_: {"id": id_, "version": v, "gone": True} for id_, v in versions.items()}
    rows |= {row["id"]: row for row in told.compose(tx, list(rows))}
    return {id_: state().dump(row) for id_, row in rows.items()}


def _dumped_alone(tx: Tx, state: type[State], told: Told, id_: str, version: int) -> dict[str, Row]:
    try:
        return _dumped(tx, state, told, {id_: version})
    except PyMongoError:
        raise
    except Exception:
        LOG.exception("a root cannot be told", extra={"topic": state.name, "root": id_})
        return {}


def _settled(mark: Row, dumped: Mapping[str, Row]) -> DeleteOne | UpdateOne:
    """Settle a mark only as it was read: a change that came meanwhile stays marked."""
    as_read = {"_id": mark["_id"], "version": mark["version"]}
    return DeleteOne(as_read) if mark["_id"]["id"] in dumped else UpdateOne(as_read, {"$set": {"stuck": True}})


def _turns(database: Database) -> Iterator[None]:
    """Yield whenever this relay leads: at once, when there is something new to tell, and every RELAY_PAUSE_S."""
    for _ in _wakes(database):
        if _lead(database):
            yield


def _lead(database: Database) -> bool:
    return leases.take(database.reader(), "relay", _holder(), settings.LEASE_S)


def _holder() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _wakes(database: Database) -> Iterator[None]:
    pipeline: list[dict[str, Any]] = [{"$match": {"ns.coll": {"$in": ["facts", "changes"]}, "operationType": "insert"}}]
    while True:
        # A stream of its own for each sleep: one that is kept hands out every insert of a burst, one by one.
        with database.reader().db.watch(pipeline, max_await_time_ms=int(settings.RELAY_PAUSE_S * 1000)) as stream:
            yield
            stream.try_next()
