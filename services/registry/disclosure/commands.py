"""What can be done with looks: they are recorded, and stay."""

from datetime import datetime

from services.common import mongo
from services.common.mongo import Tx
from services.registry.disclosure import store
from services.registry.disclosure.model import Look


def record(tx: Tx, *, worker_id: str | None, by: str, role: str, why: str, now: datetime) -> None:
    """Record a look in the transaction that gives what is looked at.

    :param worker_id: None: nobody was found.
    """
    store.insert(tx, Look(id=mongo.new_id(), worker_id=worker_id, by=by, role=role, why=why, at=now))
