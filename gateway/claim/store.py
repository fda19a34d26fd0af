"""Claims, and wishes for letters, in MongoDB; whose letter was wished for is sealed, and gone when it is done."""

from datetime import datetime

from pymongo import IndexModel

from gateway.claim.model import KEPT, PAUSE, Wish
from gateway.database import seal
from services.common.mongo import Indexes, Row, Tx

OPEN: Row = {"is_done": False}
PLAIN = ("mark", "language", "created_at")
INDEXES: Indexes = {
    "claims": [],
    "claim_wishes": [
        IndexModel([("mark", 1), ("_id", 1)], name="mark"),
        IndexModel([("due_at", 1)], name="due", partialFilterExpression=OPEN),
        IndexModel([("expires_at", 1)], name="expiry", expireAfterSeconds=0),
    ],
}


def keep_claim(tx: Tx, worker_id: str, *, account_id: str, now: datetime) -> None:
    """Keep who claimed a worker. Of two at once that do, one waits for the other, and sees then that it was."""
    row = {"account_id": account_id, "at": now}
    tx.db.claims.replace_one({"_id": worker_id}, row, upsert=True, session=tx.session)


def wish(tx: Tx, wished: Wish) -> None:
    plain: Row = {name: getattr(wished, name) for name in PLAIN} | {"_id": wished.id, "is_done": False}
    times = {"due_at": wished.created_at, "expires_at": wished.created_at + KEPT}
    tx.db.claim_wishes.insert_one(plain | times | {"sealed": seal.close(wished.nik)}, session=tx.session)


def next_wish(tx: Tx, now: datetime) -> Wish | None:
    """Return the wish that is due first, and leave it alone for a while."""
    row = tx.db.claim_wishes.find_one_and_update(
        OPEN | {"due_at": {"$lte": now}},
        {"$set": {"due_at": now + PAUSE}},
        sort=[("due_at", 1)],
        return_document=True,
        session=tx.session,
    )
    if row is None:
        return None
    return Wish(id=row["_id"], nik=seal.open(row["sealed"]), **{name: row[name] for name in PLAIN})


def earlier(tx: Tx, wished: Wish) -> int:
    """Return how many wishes for the same NIK came before this one."""
    before = {"mark": wished.mark, "_id": {"$lt": wished.id}}
    return tx.db.claim_wishes.count_documents(before, session=tx.session)


def settle(tx: Tx, wish_id: str) -> bool:
    """Forget whose letter was wished for; of two at once, one does."""
    done = {"$set": {"is_done": True}, "$unset": {"sealed": ""}}
    return tx.db.claim_wishes.update_one(OPEN | {"_id": wish_id}, done, session=tx.session).modified_count == 1
