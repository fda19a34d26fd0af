"""Brings the registry's database and queues to what this version needs: `python -m services.registry.migrations`."""

from services import events
from services.common import migrate, outbox
from services.common.mongo import Database, Tx
from services.registry.certificate import store as certificates
from services.registry.database import database, seal
from services.registry.handlers import FACTS, STATES
from services.registry.institution import store as institutions
from services.registry.intake import store as intakes
from services.registry.programme import store as programmes
from services.registry.skill import store as skills
from services.registry.worker import store as workers

INDEXES = [store.INDEXES for store in (skills, workers, certificates, institutions, programmes, intakes)]


def prepare_seal(_: Database) -> None:
    seal.prepare()


def seed_skills(database: Database) -> None:
    database.transact(_seed_skills)


def _seed_skills(tx: Tx) -> None:
    outbox.changed(tx, events.Skill, skills.seed(tx))


def run() -> None:
    migrations = [("0001-seal", prepare_seal), ("0002-skills", seed_skills)]
    migrate.run(database, indexes=INDEXES, migrations=migrations, heard=[event.name for event in (*STATES, *FACTS)])


if __name__ == "__main__":
    run()
