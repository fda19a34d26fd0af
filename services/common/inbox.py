"""Events enter a service: states as often as they come, facts with their effects once."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias, TypeVar

from marshmallow import ValidationError
from pymongo import IndexModel
from pymongo.errors import PyMongoError

from services.common import bus, mongo, telemetry
from services.common.bus import GiveBack, Handle, Wrong
from services.common.event import Fact, State
from services.common.mongo import Database, Indexes, Row, Tx

Keep: TypeAlias = Callable[[Tx, list[Row]], Mapping[str, str] | None]  # what it refuses, by id: why
R = TypeVar("R")
React: TypeAlias = Callable[[Tx, Row], None]
# Longer than any message waits: a fact that comes again after that would have its effect again.
MONTH_S = 31 * 24 * 3600
INDEXES: Indexes = {"inbox": [IndexModel([("heard_at", 1)], name="expiry", expireAfterSeconds=MONTH_S)]}


def listen(
    database: Database, *, states: Mapping[type[State], Keep], facts: Mapping[type[Fact], React]
) -> dict[str, Handle]:
    """Return the handlers by event name, ready for `bus.make_consumer`."""
    kept = {state.name: _keeping(database, state, keep) for state, keep in states.items()}
    return kept | {fact.name: _once(database, fact, react) for fact, react in facts.items()}


def wait_out(attempt: Callable[[], R]) -> R:
    """Run `attempt`, waiting in place while MongoDB is away.

    :raises GiveBack: it is away for longer than the broker leaves us the message.
    """
    try:
        return mongo.patiently(attempt)
    except PyMongoError as error:
        if mongo.is_away(error):
            raise GiveBack from error
        raise


def _keeping(database: Database, state: type[State], keep: Keep) -> Handle:
    def handle(*, event_id: str, payload: list[Row]) -> None:  # noqa: ARG001 (versions tell repeats, not ids)
        right, wrong = _read(state, payload)
        refused: Mapping[str, str] | None = wait_out(lambda: keep(database.reader(), right))
        wrong |= refused or {}
        if wrong:
            raise Wrong(str(wrong), [row for row in payload if str(row.get("id")) in wrong])

    return handle


def _read(state: type[State], payload: list[Row]) -> tuple[list[Row], dict[str, Any]]:
    """Return the states that can be read, and the errors of the others by id; a tombstone carries its version alone."""
    whole, gone = state(), State()
    right: list[Row] = []
    wrong: dict[str, Any] = {}
    for row in payload:
        try:
            right.append((gone if row.get("gone") else whole).load(row))
        except ValidationError as error:
            wrong[str(row.get("id"))] = error.messages
    return right, wrong


def _once(database: Database, fact: type[Fact], react: React) -> Handle:
    def attempt(tx: Tx, event_id: str, heard: Row) -> None:
        if tx.db.inbox.find_one({"_id": event_id}, session=tx.session):
            return
        tx.db.inbox.insert_one({"_id": event_id, "heard_at": datetime.now(UTC)}, session=tx.session)
        react(tx, heard)

    def handle(*, event_id: str, payload: Row) -> None:
        try:
            heard = fact().load(payload)
        except ValidationError as error:
            raise Wrong(str(error.messages), payload) from error
        wait_out(lambda: database.transact(attempt, event_id, heard))

    return handle


def run(database: Database, *, states: Mapping[type[State], Keep], facts: Mapping[type[Fact], React]) -> None:
    """Be the service's consumer process, until it ends."""
    telemetry.start_logging(database.service, "consumer")
    consumer = bus.make_consumer(database.service, listen(database, states=states, facts=facts))
    checks = {"mongodb": database.ping, "rabbitmq": lambda: bus.is_consumed(database.service)}
    telemetry.serve_health(database.service, checks)
    mongo.patiently(database.ping)  # or the first message is taken only to wait
    bus.run(consumer)
