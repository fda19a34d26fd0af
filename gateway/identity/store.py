"""Accounts and sessions in MongoDB."""

from dataclasses import asdict
from datetime import datetime

from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from gateway.identity.model import Account, AccountUnknown, LoginTaken, Session
from services.common import mongo
from services.common.mongo import Indexes, Row, Tx

INDEXES: Indexes = {
    "accounts": [IndexModel([("login", 1)], name="login", unique=True)],
    "sessions": [
        IndexModel([("ends_at", 1)], name="expiry", expireAfterSeconds=0),
        IndexModel([("account_id", 1)], name="account"),
    ],
}


def insert(tx: Tx, account: Account) -> None:
    """:raises LoginTaken: another account has the login."""
    try:
        tx.db.accounts.insert_one(_row(account), session=tx.session)
    except DuplicateKeyError as error:
        other = find(Tx(tx.db), account.login)  # outside: the failed insert ended the transaction
        raise LoginTaken(other.id if other else None) from error


def get(tx: Tx, account_id: str) -> Account:
    """:raises AccountUnknown: there is no such account."""
    row = tx.db.accounts.find_one({"_id": {"$eq": account_id}}, session=tx.session)
    if row is None:
        raise AccountUnknown(account_id)
    return _account(row)


def find(tx: Tx, login: str) -> Account | None:
    """Return the account of a folded login."""
    row = tx.db.accounts.find_one({"login": {"$eq": login}}, session=tx.session)
    return _account(row) if row else None


def set_password(tx: Tx, account_id: str, password: str) -> None:
    """Set the hash of the password, and end the account's sessions.

    :raises AccountUnknown: there is no such account.
    """
    if mongo.claim(tx, "accounts", account_id) is None:
        raise AccountUnknown(account_id)
    tx.db.accounts.update_one({"_id": account_id}, {"$set": {"password": password}}, session=tx.session)
    tx.db.sessions.delete_many({"account_id": account_id}, session=tx.session)


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


def end(tx: Tx, session_id: str) -> None:
    tx.db.sessions.delete_one({"_id": {"$eq": session_id}}, session=tx.session)


def _row(stored: Account | Session) -> Row:
    row = asdict(stored)
    row["_id"] = row.pop("id")
    return row


def _account(row: Row) -> Account:
    names = Account.__dataclass_fields__
    return Account(id=row["_id"], **{name: row[name] for name in names if name != "id"})


def _session(row: Row) -> Session:
    return Session(id=row["_id"], account_id=row["account_id"], turn=row["turn"], ends_at=row["ends_at"])
