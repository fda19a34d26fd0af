"""The vacancies' outgoing events, as a process: `python -m services.vacancies.relay`."""

from services.common import relay
from services.vacancies.database import database
from services.vacancies.told import TELLING

if __name__ == "__main__":
    relay.run(database, TELLING)
