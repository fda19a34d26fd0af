"""Teams and invitations in MongoDB; the members themselves are accounts."""

from datetime import datetime

from pymongo import IndexModel

from gateway.database import seal
from gateway.team.model import Invitation, InvitationUnknown, Party
from services.common import acts
from services.common.mongo import Indexes, Row, Tx

PLAIN = ("version", "kind", "own", "team", "language", "made_by", "created_at", "expires_at")
INDEXES: Indexes = {
    "teams": [],
    "invitations": [
        IndexModel([("own", 1), ("_id", 1)], name="own"),
        IndexModel([("expires_at", 1)], name="expiry", expireAfterSeconds=0),
    ],
}


def claim(tx: Tx, party: Party) -> None:
    """Keep others from changing the team until the end: two managers who end each other come one after the other."""
    tx.db.teams.update_one({"_id": {"$eq": party.id}}, {"$inc": {"version": 1}}, upsert=True, session=tx.session)


def since(tx: Tx, party: Party) -> dict[str, datetime]:
    """Return when members came, by account; those whose account was made for the team are not there."""
    row = tx.db.teams.find_one({"_id": {"$eq": party.id}}, session=tx.session) or {}
    return dict(row.get("since") or {})


def note_coming(tx: Tx, party: Party, account_id: str, now: datetime) -> None:
    change = {"$set": {f"since.{account_id}": now}}
    tx.db.teams.update_one({"_id": party.id}, change, upsert=True, session=tx.session)


def note_going(tx: Tx, party: Party, account_id: str) -> None:
    tx.db.teams.update_one({"_id": party.id}, {"$unset": {f"since.{account_id}": ""}}, session=tx.session)


def insert(tx: Tx, invitation: Invitation) -> None:
    tx.db.invitations.insert_one(_row(invitation), session=tx.session)


def get(tx: Tx, invitation_id: str) -> Invitation:
    """:raises InvitationUnknown: there is no such invitation."""
    row = tx.db.invitations.find_one({"_id": {"$eq": invitation_id}}, session=tx.session)
    if row is None:
        raise InvitationUnknown(invitation_id)
    return _invitation(row)


def remove(tx: Tx, invitation_id: str) -> None:
    tx.db.invitations.delete_one({"_id": {"$eq": invitation_id}}, session=tx.session)


def page(tx: Tx, party: Party, *, now: datetime, after: str | None, limit: int) -> list[Invitation]:
    """Return the invitations that may still be answered, the oldest first."""
    wanted = {"kind": party.kind, "own": {"$eq": party.id}, "expires_at": {"$gt": now}, "_id": {"$gt": after or ""}}
    return [_invitation(row) for row in tx.db.invitations.find(wanted, session=tx.session).sort("_id").limit(limit)]


def record(tx: Tx, account_id: str, invitation: Invitation, act: str) -> None:
    """Record what somebody did who is not signed in."""
    said = {"actor": account_id, "role": invitation.kind, "made_by": invitation.made_by}
    acts.record(tx.db, tx.session, act=act, subject={"invitation_id": invitation.id}, **said)


def _row(invitation: Invitation) -> Row:
    email = invitation.email and seal.close(invitation.email)
    return {"_id": invitation.id, "email": email, **{name: getattr(invitation, name) for name in PLAIN}}


def _invitation(row: Row) -> Invitation:
    email = row["email"] and seal.open(row["email"])
    return Invitation(id=row["_id"], email=email, **{name: row[name] for name in PLAIN})
