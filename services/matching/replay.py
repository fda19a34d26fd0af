"""Tell one service all that matching has to tell: `python -m services.matching.replay --to gateway`."""

from services.common import relay
from services.matching.database import database
from services.matching.told import TELLING

if __name__ == "__main__":
    relay.replay_from_command_line(database, TELLING)
