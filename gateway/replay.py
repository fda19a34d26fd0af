"""Tell one service all that the gateway has to tell: `python -m gateway.replay --to matching`."""

from gateway.database import database
from gateway.told import TELLING
from services.common import relay

if __name__ == "__main__":
    relay.replay_from_command_line(database, TELLING)
