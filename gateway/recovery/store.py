"""What recoveries leave in MongoDB: who did what, where nobody is signed in who would be recorded with the request."""

from gateway.account.model import Account
from services.common import acts
from services.common.mongo import Tx


def record(tx: Tx, account: Account, act: str, **said: object) -> None:
    asker = {"actor": account.id, "role": account.role, "subject": {"account_id": account.id}}
    acts.record(tx.db, tx.session, act=act, **asker, **said)
