"""What can be done with looks: they are recorded, and stay."""

from collections.abc import Sequence
from datetime import datetime

from services.common import mongo
from services.common.mongo import Tx
from services.registry.disclosure import store
from services.registry.disclosure.model import Look
from services.registry.worker import store as workers
from services.registry.worker.model import Named


def record(tx: Tx, *, worker_id: str | None, by: str, role: str, why: str, now: datetime) -> None:
    """Record a look in the transaction that gives what is looked at.

    :param worker_id: None: nobody was found.
    """
    store.insert_many(tx, [Look(id=mongo.new_id(), worker_id=worker_id, by=by, role=role, why=why, at=now)])


def look(tx: Tx, *, ids: Sequence[str], by: str, role: str, why: str, now: datetime) -> list[Named]:
    """Return the names of those workers who are there, in the order that was asked for; each look is recorded."""
    there = {each.id: each for each in workers.names(tx, ids)}
    found = [there[id_] for id_ in dict.fromkeys(ids) if id_ in there]
    looks = [Look(id=mongo.new_id(), worker_id=each.id, by=by, role=role, why=why, at=now) for each in found]
    store.insert_many(tx, looks)
    return found
