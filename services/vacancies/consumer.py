"""The vacancies' incoming events, as a process: `python -m services.vacancies.consumer`."""

from services.common import inbox
from services.vacancies.database import database
from services.vacancies.handlers import FACTS, STATES

if __name__ == "__main__":
    inbox.run(database, states=STATES, facts=FACTS)
