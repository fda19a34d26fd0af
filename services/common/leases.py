"""Leases: one process at a time, by the database's clock."""

from services.common.mongo import Tx


def take(tx: Tx, name: str, holder: str, seconds: float) -> bool:
    """Take or prolong a lease by the server's clock; False while another holds it."""
    mine = {"_id": name, "holder": {"$literal": holder}, "until": {"$add": ["$$NOW", int(seconds * 1000)]}}
    free = {"$or": [{"$eq": ["$holder", {"$literal": holder}]}, {"$lt": ["$until", "$$NOW"]}]}
    row = tx.db.leases.find_one_and_update(
        {"_id": name}, [{"$replaceWith": {"$cond": [free, mine, "$$ROOT"]}}], upsert=True, return_document=True
    )
    return row is not None and bool(row["holder"] == holder)


def release(tx: Tx, name: str, holder: str) -> None:
    """Give a lease back, so that the next one need not wait for its end."""
    tx.db.leases.delete_one({"_id": name, "holder": holder})
