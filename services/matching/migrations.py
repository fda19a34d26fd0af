"""Brings matching's database and queues to what this version needs: `python -m services.matching.migrations`."""

from services.common import migrate
from services.matching.alert import store as alerts
from services.matching.database import database
from services.matching.demand import store as demands
from services.matching.handlers import FACTS, STATES
from services.matching.match import store as matches
from services.matching.pool import store as pools
from services.matching.pool.model import Pool
from services.matching.profile import store as profiles
from services.matching.rarity import store as rarities
from services.matching.skill import store as skills
from services.matching.training import store as trainings

STORES = (alerts, skills, profiles, pools, demands, rarities, trainings, matches)
INDEXES = [store.INDEXES for store in STORES]


def run() -> None:
    migrate.run(database, indexes=INDEXES, migrations=[], heard=[event.name for event in (*STATES, *FACTS)])


def start() -> None:
    run()
    Pool.warm()  # once, before the processes that need it start together


if __name__ == "__main__":
    start()
