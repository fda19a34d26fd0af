"""The registry's outgoing events, as a process: `python -m services.registry.relay`."""

from services.common import relay
from services.registry.database import database
from services.registry.told import TELLING

if __name__ == "__main__":
    relay.run(database, TELLING)
