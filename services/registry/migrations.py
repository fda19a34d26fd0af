"""Brings the registry's database and queues to what this version needs: `python -m services.registry.migrations`."""

from services import events
from services.common import migrate, outbox
from services.common.mongo import Database, Tx
from services.registry.batch import store as batches
from services.registry.certificate import store as certificates
from services.registry.claim import store as claims
from services.registry.database import database, seal
from services.registry.disclosure import store as looks
from services.registry.enrolment import store as enrolments
from services.registry.esco import store as esco
from services.registry.handlers import FACTS, STATES
from services.registry.institution import store as institutions
from services.registry.intake import store as intakes
from services.registry.line import store as lines
from services.registry.programme import store as programmes
from services.registry.release import store as releases
from services.registry.skill import store as skills
from services.registry.taxonomy import store as taxonomies
from services.registry.worker import store as workers

STORES = (
    taxonomies,
    skills,
    esco,
    workers,
    looks,
    claims,
    certificates,
    institutions,
    programmes,
    batches,
    enrolments,
    releases,
    lines,
    intakes,
)
INDEXES = [store.INDEXES for store in STORES]


def prepare_seal(_: Database) -> None:
    seal.prepare()


def seed(tx: Tx) -> None:
    """Bring skills and programmes to what their tables say."""
    outbox.changed(tx, events.Skill, skills.seed(tx))
    outbox.changed(tx, events.Programme, programmes.seed(tx))


def forget_numbers(database: Database) -> None:
    """Drop the index by which certificates of unknown issuers would be in each other's way."""
    certificates.drop_index(database.reader(), "number")


def run() -> None:
    migrations = [("0001-seal", prepare_seal), ("0003-certificate-numbers", forget_numbers)]
    migrate.run(database, indexes=INDEXES, migrations=migrations, heard=[event.name for event in (*STATES, *FACTS)])
    database.transact(seed)  # each time: a table that changed reaches what was migrated long ago


if __name__ == "__main__":
    run()
