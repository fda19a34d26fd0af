"""The registry's incoming events, as a process: `python -m services.registry.consumer`."""

from services.common import inbox
from services.registry.database import database
from services.registry.handlers import FACTS, STATES

if __name__ == "__main__":
    inbox.run(database, states=STATES, facts=FACTS)
