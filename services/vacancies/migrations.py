"""Brings vacancies' database and queues to what this version needs: `python -m services.vacancies.migrations`."""

from services.common import migrate
from services.vacancies.database import database
from services.vacancies.employer import store as employers
from services.vacancies.handlers import FACTS, STATES
from services.vacancies.skill import store as skills
from services.vacancies.vacancy import store as vacancies

INDEXES = [store.INDEXES for store in (skills, employers, vacancies)]


def run() -> None:
    migrate.run(database, indexes=INDEXES, migrations=[], heard=[event.name for event in (*STATES, *FACTS)])


if __name__ == "__main__":
    run()
