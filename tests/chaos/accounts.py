"""Makes an account with a confirmed address for each of some workers: `python -m tests.chaos.accounts <id> …`."""

import sys

from gateway.account import commands
from gateway.database import database
from services.common.mongo import new_id
from services.reference import clock


def address(worker_id):
    return f"{worker_id}@contoh.id"


def make(worker_id):
    asked = {"login": worker_id, "role": "worker", "own": worker_id, "by": "admin", "now": clock.now()}
    account = database.transact(commands.create, id=new_id(), **asked)
    confirmed = {"email": address(worker_id), "confirmed": True, "now": clock.now()}
    database.transact(commands.set_email, account_id=account.id, **confirmed)


if __name__ == "__main__":
    for each in sys.argv[1:]:
        make(each)
