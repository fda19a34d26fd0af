"""What a service has to tell, written in the transaction that makes it true; `relay` publishes it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pymongo import IndexModel, UpdateOne

from services.common import mongo, telemetry
from services.common.event import Fact, State
from services.common.mongo import Indexes, Tx

WEEK_S = 7 * 24 * 3600
INDEXES: Indexes = {
    "facts": [
        IndexModel([("told_at", 1)], name="waiting", partialFilterExpression={"waiting": True}),
        IndexModel([("published_at", 1)], name="expiry", expireAfterSeconds=WEEK_S),
    ],
    "changes": [IndexModel([("_id.name", 1), ("stuck", 1)], name="by_name")],
}


def tell(tx: Tx, fact: type[Fact], **payload: object) -> None:
    """Store a fact in the caller's transaction; it is published only if that commits.

    :raises ValidationError: the payload is not what the fact promises.
    """
    said = fact().dump(payload)
    fact().load(said)  # dump alone lets a missing field pass
    put(tx, fact.name, said)


def put(tx: Tx, name: str, payload: Any, *, to: str | None = None) -> None:
    """Store a message in the caller's transaction, for all who hear it or for the queue `to` alone."""
    row = {"_id": mongo.new_id(), "name": name, "payload": payload, "to": to, "waiting": True}
    tx.db.facts.insert_one(row | {"told_at": datetime.now(UTC), "headers": telemetry.trace()}, session=tx.session)


def changed(tx: Tx, state: type[State], versions: Mapping[str, int]) -> None:
    """Mark in the caller's transaction that roots stand at new versions.

    What they carry is composed when it is published: ten changes meanwhile are told
    as one state, the newest.
    """
    first = {"marked_at": datetime.now(UTC)}
    last = telemetry.trace()
    marks = [
        UpdateOne(
            {"_id": {"name": state.name, "id": id_}},
            {"$max": {"version": version}, "$unset": {"stuck": ""}, "$set": last, "$setOnInsert": first},
            upsert=True,
        )
        for id_, version in versions.items()
    ]
    if marks:
        tx.db.changes.bulk_write(marks, ordered=False, session=tx.session)
