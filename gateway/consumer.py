"""The gateway's incoming events, as a process: `python -m gateway.consumer`."""

from gateway.database import database
from gateway.handlers import FACTS, STATES
from services.common import inbox

if __name__ == "__main__":
    inbox.run(database, states=STATES, facts=FACTS)
