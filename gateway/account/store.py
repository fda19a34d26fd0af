"""Accounts in MongoDB: e-mail, second factor and guardian sealed."""

from dataclasses import asdict
from datetime import date
from typing import Any

from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from gateway.account.model import MANAGER, PARTIES, Account, AccountUnknown, Guardian, LoginTaken
from gateway.database import seal
from services.common import mongo
from services.common.mongo import Indexes, Row, Tx

SEALED = ("email", "totp", "totp_begun", "guardian")
PLAIN = tuple(name for name in Account.__dataclass_fields__ if name not in {"id", "spares", *SEALED})
INDEXES: Indexes = {
    "accounts": [
        IndexModel([("login", 1)], name="login", unique=True),
        IndexModel([("own", 1)], name="own", partialFilterExpression={"own": {"$type": "string"}}),
    ]
}


def claim(tx: Tx, account_id: str, *, expected: int | None = None) -> Account:
    """Keep others from changing the account until the end, and return it at its new version.

    :raises AccountUnknown: there is no such account.
    :raises Outdated: whoever asks expected another version.
    """
    if mongo.claim(tx, "accounts", account_id, expected=expected) is None:
        raise AccountUnknown(account_id)
    return get(tx, account_id)


def insert(tx: Tx, account: Account) -> None:
    """:raises LoginTaken: another account has the login."""
    try:
        tx.db.accounts.insert_one(_row(account), session=tx.session)
    except DuplicateKeyError as error:
        raise LoginTaken(fields={"/login": LoginTaken.sentence()}) from error


def replace(tx: Tx, account: Account) -> None:
    tx.db.accounts.replace_one({"_id": account.id}, _row(account), session=tx.session)


def use_step(tx: Tx, account_id: str, step: int) -> bool:
    """Note that the code of a time step was used; False if it or a later one was."""
    before = {"_id": account_id, "totp_step": {"$lt": step}}
    return tx.db.accounts.update_one(before, {"$set": {"totp_step": step}}, session=tx.session).modified_count == 1


def use_spare(tx: Tx, account_id: str, digest: str) -> bool:
    """Take a spare code out; False if it is not there."""
    before = {"_id": account_id, "spares": {"$eq": digest}}
    return tx.db.accounts.update_one(before, {"$pull": {"spares": digest}}, session=tx.session).modified_count == 1


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


def of_party(tx: Tx, own: str) -> list[Account]:
    """Return whoever acts for a worker, employer or institution, the first one first."""
    return [_account(row) for row in tx.db.accounts.find({"own": {"$eq": own}}, session=tx.session).sort("_id")]


def with_own(tx: Tx, role: str, own: str) -> Account | None:
    """Return the first account of a role that acts for a worker, employer or institution."""
    return next((account for account in of_party(tx, own) if account.role == role), None)


def page(tx: Tx, *, after: str | None, limit: int, login: str | None = None, own: str | None = None) -> list[Account]:
    """Return accounts, the oldest first; with a folded login or of a party alone, if one is given."""
    wanted: Row = {"_id": {"$gt": after or ""}}
    wanted |= {"login": {"$eq": login}} if login else {}
    wanted |= {"own": {"$eq": own}} if own else {}
    return [_account(row) for row in tx.db.accounts.find(wanted, session=tx.session).sort("_id").limit(limit)]


def standing(tx: Tx, ids: list[str]) -> list[Row]:
    """Return what the services hear of accounts: whose they are, and since when their tokens count."""
    return [
        {"id": each.id, "version": each.version, "role": each.acting_role, "own": each.own, "team": each.team}
        | {"valid_from": each.valid_from, "ended": each.disabled}
        for each in map(_account, tx.db.accounts.find({"_id": {"$in": ids}}, session=tx.session))
    ]


def bring_up(tx: Tx) -> None:
    """Give the accounts of a version without teams and second factors what they have now; their sessions end."""
    team = {"$cond": [{"$in": ["$role", list(PARTIES)]}, MANAGER, None]}
    said = {"team": team, "language": "id", "email_confirmed": False, "totp_step": 0, "spares": []}
    tx.db.accounts.update_many({"valid_from": {"$exists": False}}, [{"$set": said | {"valid_from": "$created_at"}}])
    tx.db.sessions.delete_many({"began_at": {"$exists": False}})


def _row(account: Account) -> Row:
    row: Row = {name: getattr(account, name) for name in PLAIN}
    guardian = account.guardian and asdict(account.guardian)
    personal = {name: getattr(account, name) for name in SEALED}
    personal["guardian"] = guardian and guardian | {"consented_on": guardian["consented_on"].isoformat()}
    said = {name: value for name, value in personal.items() if value is not None}
    return row | {"_id": account.id, "spares": list(account.spares)} | ({"sealed": seal.close(said)} if said else {})


def _account(row: Row) -> Account:
    opened: dict[str, Any] = dict(seal.open(row["sealed"])) if "sealed" in row else {}
    if "guardian" in opened:
        said = opened["guardian"]
        opened["guardian"] = Guardian(**said | {"consented_on": date.fromisoformat(said["consented_on"])})
    plain = {name: row[name] for name in PLAIN}
    return Account(id=row["_id"], spares=tuple(row["spares"]), **plain, **opened)
