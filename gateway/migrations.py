"""Brings the gateway's database and queues to what this version needs: `python -m gateway.migrations`."""

from gateway.account import store as accounts
from gateway.claim import store as claims
from gateway.client import store as clients
from gateway.code import store as codes
from gateway.database import database, seal
from gateway.handlers import FACTS, STATES
from gateway.letter import store as letters
from gateway.notice import store as notices
from gateway.registration import store as registrations
from gateway.session import store as sessions
from gateway.team import store as teams
from services.common import migrate
from services.common.mongo import Database
from services.common.web import counting

STORES = (accounts, sessions, codes, letters, teams, registrations, claims, clients, notices)
INDEXES = [counting.INDEXES, *(store.INDEXES for store in STORES)]


def prepare_seal(_: Database) -> None:
    seal.prepare()


def bring_accounts_up(database: Database) -> None:
    accounts.bring_up(database.reader())


def widen_notices(database: Database) -> None:
    notices.widen(database.reader())


def run() -> None:
    migrations = [("0001-seal", prepare_seal), ("0002-accounts", bring_accounts_up), ("0003-notices", widen_notices)]
    migrate.run(database, indexes=INDEXES, migrations=migrations, heard=[event.name for event in (*STATES, *FACTS)])


if __name__ == "__main__":
    run()
