"""How often somebody tried to prove a claim and could not, in MongoDB."""

from datetime import date, datetime

from pymongo import IndexModel

from services.common.mongo import Indexes, Tx
from services.common.seal import fingerprint
from services.registry.claim.model import KEPT

INDEXES: Indexes = {"claim_tries": [IndexModel([("expires_at", 1)], name="expiry", expireAfterSeconds=0)]}


def wrong(tx: Tx, tried: str, today: date) -> int:
    """Return how many wrong tries there were today.

    :param tried: what was tried: a number for a NIK, or a NIK for a worker's code.
    """
    row = tx.db.claim_tries.find_one({"_id": _mark(tried), "day": today.isoformat()}, session=tx.session)
    return int(row["wrong"]) if row else 0


def count(tx: Tx, tried: str, wrong: int, *, today: date, now: datetime) -> None:
    """Keep how many wrong tries there were today."""
    row = {"day": today.isoformat(), "wrong": wrong, "expires_at": now + KEPT}
    tx.db.claim_tries.replace_one({"_id": _mark(tried)}, row, upsert=True, session=tx.session)


def _mark(tried: str) -> str:
    return fingerprint("claim", tried)
