"""Sessions, known devices and tries in MongoDB."""

from dataclasses import asdict
from datetime import datetime

from pymongo import IndexModel

from gateway.account.model import Account
from gateway.session.model import Bound, Session
from services.common import acts
from services.common.mongo import Indexes, Row, Tx
from services.common.seal import fingerprint

INDEXES: Indexes = {
    "sessions": [
        IndexModel([("ends_at", 1)], name="expiry", expireAfterSeconds=0),
        IndexModel([("account_id", 1)], name="account"),
    ],
    "devices": [IndexModel([("ends_at", 1)], name="expiry", expireAfterSeconds=0)],
    "tries": [IndexModel([("ends_at", 1)], name="expiry", expireAfterSeconds=0)],
}


def begin(tx: Tx, session: Session) -> None:
    tx.db.sessions.insert_one(_row(session), session=tx.session)


def turn(tx: Tx, before: Session, *, now: datetime, session: Session) -> bool:
    """Replace the session by its next turn, if it still stands at the one before; of two at once, one does."""
    standing = {"_id": before.id, "turn": before.turn, "ends_at": {"$gt": now}}
    return tx.db.sessions.replace_one(standing, _row(session), session=tx.session).modified_count == 1


def session(tx: Tx, session_id: str, *, now: datetime) -> Session | None:
    """Return a session that is not over."""
    row = tx.db.sessions.find_one({"_id": {"$eq": session_id}, "ends_at": {"$gt": now}}, session=tx.session)
    return _session(row) if row else None


def of_account(tx: Tx, account_id: str, *, since: datetime, now: datetime) -> list[Session]:
    """Return the account's sessions that began at `since` or later and are not over, the newest first."""
    wanted = {"account_id": {"$eq": account_id}, "began_at": {"$gte": since}, "ends_at": {"$gt": now}}
    return [_session(row) for row in tx.db.sessions.find(wanted, session=tx.session).sort("began_at", -1).limit(100)]


def end(tx: Tx, session_id: str) -> None:
    tx.db.sessions.delete_one({"_id": {"$eq": session_id}}, session=tx.session)


def note(tx: Tx, account: Account, act: str, session_id: str | None = None) -> None:
    """Record what happened at the door; it has no transaction that would."""
    acts.record(tx.db, tx.session, act=act, actor=account.id, role=account.role, session=session_id)


def know_device(tx: Tx, digest: str, account_id: str, ends_at: datetime) -> None:
    """Remember a browser or phone of an account."""
    known = {"account_id": account_id, "ends_at": ends_at}
    tx.db.devices.replace_one({"_id": digest}, known, upsert=True, session=tx.session)


def device_owner(tx: Tx, digest: str, *, now: datetime) -> str | None:
    """Return the account that a browser or phone is known for."""
    row = tx.db.devices.find_one({"_id": {"$eq": digest}, "ends_at": {"$gt": now}}, session=tx.session)
    return row["account_id"] if row else None


def count_try(tx: Tx, whose: str, bound: Bound, now: datetime) -> int | None:
    """Count a try; None while there are not too many, else for how many seconds one must wait.

    :param whose: what is counted together; kept as a keyed fingerprint.
    """
    key = fingerprint("try", whose)
    tx.db.tries.delete_one({"_id": key, "ends_at": {"$lte": now}}, session=tx.session)
    counted = {"$inc": {"count": 1}, "$setOnInsert": {"ends_at": now + bound.within}}
    row = tx.db.tries.find_one_and_update({"_id": key}, counted, upsert=True, return_document=True, session=tx.session)
    if row is None:
        raise AssertionError
    return None if row["count"] <= bound.tries else max(1, int((row["ends_at"] - now).total_seconds()))


def forget_tries(tx: Tx, whose: str) -> None:
    tx.db.tries.delete_one({"_id": fingerprint("try", whose)}, session=tx.session)


def _row(session: Session) -> Row:
    row = asdict(session)
    row["_id"] = row.pop("id")
    return row


def _session(row: Row) -> Session:
    names = Session.__dataclass_fields__
    return Session(id=row["_id"], **{name: row[name] for name in names if name != "id"})
