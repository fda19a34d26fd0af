"""Notices in MongoDB, one for each party, with who read it; and how each account wants them by e-mail."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pymongo import IndexModel

from gateway.notice.model import AT_ONCE, GROUPS, Notice, NoticeUnknown, Preferences, StopUnknown
from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.common.seal import fingerprint

YEAR_S = 365 * 24 * 3600
COUNTED_AT_MOST = 100
WAIT_AT_MOST = 100  # notices in a digest: of more, the newest
PLAIN = ("own", "kind", "params", "created_at")
INDEXES: Indexes = {
    "notices": [
        IndexModel([("own", 1), ("_id", -1)], name="own"),
        IndexModel([("created_at", 1)], name="expiry", expireAfterSeconds=YEAR_S),
    ],
    "notice_preferences": [
        IndexModel([("stop", 1)], name="stop", unique=True),
        IndexModel([("due_at", 1)], name="digest", partialFilterExpression={"waiting.0": {"$exists": True}}),
    ],
}


def widen(tx: Tx) -> None:
    """Make notices of workers, as an earlier version kept them, notices of parties."""
    renamed = {"$rename": {"worker_id": "own"}, "$unset": {"read_at": ""}, "$set": {"read_by": []}}
    tx.db.notices.update_many({"worker_id": {"$exists": True}}, renamed)
    if "worker" in tx.db.notices.index_information():
        tx.db.notices.drop_index("worker")


def insert(tx: Tx, notice: Notice) -> None:
    row: Row = {name: getattr(notice, name) for name in PLAIN}
    tx.db.notices.insert_one(row | {"_id": notice.id, "read_by": []}, session=tx.session)


def has(tx: Tx, *, own: str, kind: str, params: Mapping[str, str]) -> bool:
    """Tell whether a party was told just this."""
    told = {"own": {"$eq": own}, "kind": kind, "params": {"$eq": dict(params)}}
    return tx.db.notices.find_one(told, {"_id": 1}, session=tx.session) is not None


def get(tx: Tx, notice_id: str, *, own: str, account_id: str) -> Notice:
    """:raises NoticeUnknown: the party has no such notice."""
    row = tx.db.notices.find_one({"_id": {"$eq": notice_id}, "own": {"$eq": own}}, session=tx.session)
    if row is None:
        raise NoticeUnknown(notice_id)
    return _notice(row, account_id)


def of_ids(tx: Tx, ids: Iterable[str], *, own: str) -> list[Notice]:
    """Return those of a party's notices, the oldest first; some may be gone."""
    found = tx.db.notices.find({"_id": {"$in": list(ids)}, "own": {"$eq": own}}, session=tx.session)
    return [_notice(row) for row in found.sort("_id")]


def page(tx: Tx, *, own: str, account_id: str, after: str | None, limit: int, unread: bool = False) -> list[Notice]:
    """Return a party's notices as an account sees them, the newest first."""
    wanted = _wanted(own, account_id if unread else None) | ({"_id": {"$lt": after}} if after else {})
    found = tx.db.notices.find(wanted, session=tx.session).sort("_id", -1).limit(limit)
    return [_notice(row, account_id) for row in found]


def count_unread(tx: Tx, *, own: str, account_id: str) -> int:
    """Return how many are unread, up to COUNTED_AT_MOST: it stands on every page."""
    wanted = _wanted(own, account_id)
    return tx.db.notices.count_documents(wanted, limit=COUNTED_AT_MOST, session=tx.session)


def mark_read(tx: Tx, *, own: str, account_id: str, now: datetime, notice_id: str | None = None) -> None:
    """Remember that an account read a notice, or all that its party has; what it read before stays as it is."""
    wanted = _wanted(own, account_id) | ({"_id": {"$eq": notice_id}} if notice_id else {})
    mark = {"$push": {"read_by": {"account": account_id, "at": now}}}
    tx.db.notices.update_many(wanted, mark, session=tx.session)


def preferences(tx: Tx, account_id: str) -> Preferences:
    """Return an account's preferences; those it begins with, if it never said any."""
    row = tx.db.notice_preferences.find_one({"_id": {"$eq": account_id}}, session=tx.session)
    return _preferences(row or _first(account_id))


def ensure(tx: Tx, account_id: str) -> Preferences:
    """Return an account's preferences, which are kept from now on."""
    first = _first(account_id)
    tx.db.notice_preferences.update_one({"_id": account_id}, {"$setOnInsert": first}, upsert=True, session=tx.session)
    return preferences(tx, account_id)


def set_email(tx: Tx, account_id: str, email: Mapping[str, str], *, expected: int | None = None) -> None:
    """:raises Outdated: whoever asks expected another version."""
    mongo.claim(tx, "notice_preferences", account_id, expected=expected)
    tx.db.notice_preferences.update_one({"_id": account_id}, {"$set": {"email": dict(email)}}, session=tx.session)


def of_stop(tx: Tx, token: str) -> Preferences:
    """:raises StopUnknown: the token is nobody's."""
    row = tx.db.notice_preferences.find_one({"stop": {"$eq": token}}, session=tx.session)
    if row is None:
        raise StopUnknown
    return _preferences(row)


def put_by(tx: Tx, account_id: str, notice_id: str, *, due_at: datetime) -> None:
    """Put a notice by for the account's next digest: that for which others wait already, or else that of `due_at`."""
    rows = tx.db.notice_preferences
    rows.update_one({"_id": account_id, "waiting": []}, {"$max": {"due_at": due_at}}, session=tx.session)
    pushed = {"waiting": {"$each": [notice_id], "$slice": -WAIT_AT_MOST}}
    rows.update_one({"_id": account_id}, {"$push": pushed}, session=tx.session)


def next_due(tx: Tx, now: datetime) -> Preferences | None:
    """Return the preferences of somebody whose digest is due."""
    due = {"waiting.0": {"$exists": True}, "due_at": {"$lte": now}}
    row = tx.db.notice_preferences.find_one(due, session=tx.session)
    return _preferences(row) if row else None


def begin_day(tx: Tx, account_id: str, *, due_at: datetime) -> None:
    """Let nothing wait, and no digest be due before that moment: so an account has one a day, whoever is killed."""
    change = {"$set": {"waiting": [], "due_at": due_at}}
    tx.db.notice_preferences.update_one({"_id": account_id}, change, session=tx.session)


def _wanted(own: str, unread_by: str | None) -> Row:
    unread = {"read_by.account": {"$ne": unread_by}} if unread_by else {}
    return {"own": {"$eq": own}, **unread}


def _first(account_id: str) -> Row:
    first: Row = {"_id": account_id, "version": 1, "email": {}, "waiting": [], "due_at": None}
    return first | {"stop": fingerprint("notices stop", account_id)}  # 256 bits, and nothing about whose it is


def _notice(row: Row, account_id: str | None = None) -> Notice:
    read_at = next((mark["at"] for mark in row["read_by"] if mark["account"] == account_id), None)
    said: dict[str, Any] = {name: row[name] for name in PLAIN}
    return Notice(id=row["_id"], read_at=read_at, **said)


def _preferences(row: Row) -> Preferences:
    email = {group: row["email"].get(group, AT_ONCE) for group in GROUPS}
    said = {"version": row["version"], "stop": row["stop"]}
    return Preferences(id=row["_id"], email=email, waiting=tuple(row["waiting"]), **said)
