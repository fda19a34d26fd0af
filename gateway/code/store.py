"""One-time codes in MongoDB, and how often each was tried."""

from datetime import datetime

from pymongo import IndexModel

from gateway.code.model import Code, id_of
from gateway.database import seal
from services.common.mongo import Indexes, Row, Tx

PLAIN = ("purpose", "subject", "digest", "expires_at", "made_by")
INDEXES: Indexes = {
    "codes": [
        IndexModel([("digest", 1)], name="digest"),
        IndexModel([("expires_at", 1)], name="expiry", expireAfterSeconds=0),
    ],
    "code_tries": [IndexModel([("expires_at", 1)], name="expiry", expireAfterSeconds=0)],
}


def put(tx: Tx, code: Code) -> None:
    """Keep a code, instead of the one that its subject had for the purpose."""
    tx.db.codes.replace_one({"_id": code.id}, _row(code), upsert=True, session=tx.session)


def of_subject(tx: Tx, purpose: str, subject: str, *, now: datetime) -> Code | None:
    return _found(tx, {"_id": {"$eq": id_of(purpose, subject)}}, now)


def with_digest(tx: Tx, purpose: str, digest: str, *, now: datetime) -> Code | None:
    return _found(tx, {"digest": digest, "purpose": purpose}, now)


def take(tx: Tx, code: Code) -> bool:
    """Remove a code; of two at once, one does."""
    row = tx.db.codes.find_one_and_delete({"_id": code.id, "digest": code.digest}, {"_id": 1}, session=tx.session)
    return row is not None


def remove(tx: Tx, purpose: str, subject: str) -> None:
    tx.db.codes.delete_one({"_id": {"$eq": id_of(purpose, subject)}}, session=tx.session)


def count(tx: Tx, tried: str, until: datetime) -> int:
    """Count a try of whatever has the digest, and return how many there were.

    It is counted outside the transaction, which a wrong one ends, and in a row of its own: a
    count on the code would get into the way of the transaction that uses it.
    """
    change = {"$inc": {"tries": 1}, "$setOnInsert": {"expires_at": until}}
    row: Row = tx.db.code_tries.find_one_and_update({"_id": tried}, change, upsert=True, return_document=True) or {}
    return int(row["tries"])


def _found(tx: Tx, wanted: Row, now: datetime) -> Code | None:
    row = tx.db.codes.find_one(wanted | {"expires_at": {"$gt": now}}, session=tx.session)
    return _code(row) if row else None


def _row(code: Code) -> Row:
    payload = None if code.payload is None else seal.close(dict(code.payload))
    return {"_id": code.id, "payload": payload, **{name: getattr(code, name) for name in PLAIN}}


def _code(row: Row) -> Code:
    payload = None if row["payload"] is None else seal.open(row["payload"])
    return Code(payload=payload, **{name: row[name] for name in PLAIN})
