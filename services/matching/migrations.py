"""Brings matching's database and queues to what this version needs: `python -m services.matching.migrations`."""

from services.common import migrate
from services.matching.database import database
from services.matching.demand import store as demands
from services.matching.handlers import FACTS, STATES
from services.matching.profile import store as profiles
from services.matching.skill import store as skills

INDEXES = [store.INDEXES for store in (skills, profiles, demands)]


def run() -> None:
    migrate.run(database, indexes=INDEXES, migrations=[], heard=[event.name for event in (*STATES, *FACTS)])


if __name__ == "__main__":
    run()
