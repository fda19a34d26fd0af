"""Matching's incoming events, as a process: `python -m services.matching.consumer`."""

from services.common import inbox
from services.matching.database import database
from services.matching.handlers import FACTS, STATES

if __name__ == "__main__":
    inbox.run(database, states=STATES, facts=FACTS)
