"""Tell one service all that vacancies has to tell: `python -m services.vacancies.replay --to matching`."""

from services.common import relay
from services.vacancies.database import database
from services.vacancies.told import TELLING

if __name__ == "__main__":
    relay.replay_from_command_line(database, TELLING)
