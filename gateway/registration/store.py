"""Registrations in MongoDB; what is personal in them is sealed, and gone when they are done."""

import json
from datetime import datetime

from pymongo import IndexModel

from gateway.database import seal
from gateway.registration.model import KEPT, PAUSE, Registration, RegistrationLost
from services.common.mongo import Indexes, Row, Tx

OPEN: Row = {"is_done": False}
PLAIN = ("login", "mark", "is_done", "created_at")
SEALED = ("password", "language", "email", "guardian", "person")
INDEXES: Indexes = {
    "registrations": [
        IndexModel([("mark", 1)], name="mark", unique=True),
        IndexModel([("login", 1)], name="login", unique=True, partialFilterExpression=OPEN),
        IndexModel([("due_at", 1)], name="due", partialFilterExpression=OPEN),
        IndexModel([("expires_at", 1)], name="expiry", expireAfterSeconds=0),
    ]
}


def put(tx: Tx, registration: Registration) -> None:
    """Keep a registration, instead of what it was before."""
    said = json.dumps({name: getattr(registration, name) for name in SEALED})
    row: Row = {name: getattr(registration, name) for name in PLAIN} | {"sealed": seal.close(said)}
    row |= {"due_at": registration.created_at + PAUSE, "expires_at": registration.created_at + KEPT}
    tx.db.registrations.replace_one({"_id": registration.id}, row, upsert=True, session=tx.session)


def get(tx: Tx, registration_id: str) -> Registration:
    """:raises RegistrationLost: it is not there any more."""
    found = _registration(tx.db.registrations.find_one({"_id": registration_id}, session=tx.session))
    if found is None:
        raise RegistrationLost
    return found


def with_mark(tx: Tx, mark: str) -> Registration | None:
    return _registration(tx.db.registrations.find_one({"mark": mark}, session=tx.session))


def is_wanted(tx: Tx, login: str, but: str) -> bool:
    """Tell whether another registration that is not done wants the login."""
    other: Row = OPEN | {"login": {"$eq": login}, "mark": {"$ne": but}}
    return tx.db.registrations.find_one(other, {"_id": 1}, session=tx.session) is not None


def take_up(tx: Tx, now: datetime) -> Registration | None:
    """Return the registration that was cut off first, and leave it alone for a while."""
    row = tx.db.registrations.find_one_and_update(
        OPEN | {"due_at": {"$lte": now}},
        {"$set": {"due_at": now + PAUSE}},
        sort=[("due_at", 1)],
        return_document=True,
        session=tx.session,
    )
    return _registration(row)


def finish(tx: Tx, registration_id: str) -> None:
    """Keep no more of a registration than that it was."""
    done = {"$set": {"is_done": True}, "$unset": {"sealed": ""}}
    tx.db.registrations.update_one({"_id": registration_id}, done, session=tx.session)


def drop(tx: Tx, registration_id: str) -> None:
    tx.db.registrations.delete_one(OPEN | {"_id": registration_id}, session=tx.session)


def _registration(row: Row | None) -> Registration | None:
    if row is None:
        return None
    said = json.loads(seal.open(row["sealed"])) if "sealed" in row else {}
    return Registration(id=row["_id"], **{name: row[name] for name in PLAIN}, **said)
