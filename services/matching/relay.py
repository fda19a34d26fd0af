"""Matching's outgoing events, as a process: `python -m services.matching.relay`."""

from services.common import relay
from services.matching.database import database
from services.matching.told import TELLING

if __name__ == "__main__":
    relay.run(database, TELLING)
