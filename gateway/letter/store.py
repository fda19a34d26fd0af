"""Letters in MongoDB: what they say and to whom is sealed, and goes when they are settled."""

from datetime import datetime

from pymongo import IndexModel

from gateway.database import seal
from gateway.letter.model import ATTEMPT, Letter, Sending
from services.common.mongo import Indexes, Row, Tx

MONTH_S = 30 * 24 * 3600
SEALED = ("to", "subject", "body", "headers")
PLAIN = ("channel", "state", "attempts", "due_at", "created_at")
WAITING: Row = {"state": "waiting"}
INDEXES: Indexes = {
    "letters": [
        IndexModel([("due_at", 1)], name="due", partialFilterExpression=WAITING),
        IndexModel([("state", 1), ("_id", -1)], name="state"),
        IndexModel([("settled_at", 1)], name="expiry", expireAfterSeconds=MONTH_S),
    ]
}


def insert(tx: Tx, letter: Letter) -> None:
    row: Row = {"_id": letter.id, **{name: getattr(letter, name) for name in PLAIN}}
    said = {name: getattr(letter, name) for name in SEALED} | {"headers": dict(letter.headers)}
    tx.db.letters.insert_one(row | {"sealed": seal.close(said)}, session=tx.session)


def take_up(tx: Tx, now: datetime) -> Letter | None:
    """Return the letter that is due first, for one attempt: until it should be over, nobody else gets the letter."""
    row = tx.db.letters.find_one_and_update(
        WAITING | {"due_at": {"$lte": now}},
        {"$set": {"due_at": now + ATTEMPT}, "$inc": {"attempts": 1}},
        sort=[("due_at", 1)],
        return_document=True,
        session=tx.session,
    )
    return _letter(row) if row else None


def settle(tx: Tx, letter_id: str, state: str, *, reason: str | None, now: datetime) -> None:
    """Keep what became of a letter, and forget what it said and to whom."""
    said = {"state": state, "settled_at": now, "reason": reason}
    tx.db.letters.update_one({"_id": letter_id}, {"$set": said, "$unset": {"sealed": ""}}, session=tx.session)


def put_off(tx: Tx, letter: Letter, *, reason: str, until: datetime) -> None:
    """Let a letter wait, unless somebody else took it up meanwhile."""
    mine = WAITING | {"_id": letter.id, "attempts": letter.attempts}
    tx.db.letters.update_one(mine, {"$set": {"due_at": until, "reason": reason}}, session=tx.session)


def put_off_all(tx: Tx, channel: str, *, now: datetime, until: datetime) -> None:
    """Let wait what is due on a channel."""
    due = WAITING | {"channel": channel, "due_at": {"$lte": now}}
    tx.db.letters.update_many(due, {"$set": {"due_at": until}}, session=tx.session)


def page(tx: Tx, *, after: str | None, limit: int, state: str | None = None) -> list[Sending]:
    """Return how it went with letters, the newest first, of a state."""
    wanted: Row = {"_id": {"$lt": after}} if after else {}
    wanted |= {"state": {"$eq": state}} if state else {}
    found = tx.db.letters.find(wanted, {"sealed": 0}, session=tx.session).sort("_id", -1).limit(limit)
    return [_sending(row) for row in found]


def _letter(row: Row) -> Letter:
    return Letter(id=row["_id"], **{name: row[name] for name in PLAIN}, **seal.open(row["sealed"]))


def _sending(row: Row) -> Sending:
    said: Row = {name: row.get(name) for name in Sending.__dataclass_fields__}
    return Sending(**said | {"id": row["_id"]})
