"""The gateway's outgoing events, as a process: `python -m gateway.relay`."""

from gateway.database import database
from gateway.told import TELLING
from services.common import relay

if __name__ == "__main__":
    relay.run(database, TELLING)
