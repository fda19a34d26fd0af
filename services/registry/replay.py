"""Tell one service all that the registry has to tell: `python -m services.registry.replay --to matching`."""

from services.common import relay
from services.registry.database import database
from services.registry.told import TELLING

if __name__ == "__main__":
    relay.replay_from_command_line(database, TELLING)
