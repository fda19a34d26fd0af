"""What can be done with notices."""

from collections.abc import Mapping
from datetime import datetime

from gateway.notice import store
from gateway.notice.model import Notice
from services.common.mongo import Tx


def give(tx: Tx, *, id: str, worker_id: str, kind: str, params: Mapping[str, str], now: datetime) -> None:
    """Put a notice where the worker finds it."""
    store.insert(tx, Notice(id=id, worker_id=worker_id, kind=kind, params=params, created_at=now))
