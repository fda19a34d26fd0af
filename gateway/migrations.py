"""Brings the gateway's database and queues to what this version needs: `python -m gateway.migrations`."""

from gateway.database import database
from gateway.handlers import FACTS, STATES
from gateway.identity import store as identity
from gateway.notice import store as notices
from services.common import migrate

INDEXES = [store.INDEXES for store in (identity, notices)]


def run() -> None:
    migrate.run(database, indexes=INDEXES, migrations=[], heard=[event.name for event in (*STATES, *FACTS)])


if __name__ == "__main__":
    run()
