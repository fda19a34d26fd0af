"""The gateway's limits: everybody's in memory, those of sensitive routes in MongoDB.

What a route declares (`at_most`: signing in, tokens, registration, claims, recovery, codes, uploads) is counted in
MongoDB, for all processes together. While MongoDB is away it is counted in memory, by each process: the door is then
neither open nor shut. Of whom something is counted is kept as a keyed digest, until the window is over.
"""

import os

from flask import Flask

from gateway.database import database
from services.common.web.counting import Shared
from services.common.web.limits import HEALTH, ON, PER_CLIENT, Limits, limit

PER_ADDRESS = os.environ.get("LIMIT_PER_ADDRESS", "6000/minute")
PER_PERSON = os.environ.get("LIMIT_PER_PERSON", "600/minute")
LOOK = "portal.look"  # styles and pictures of the pages


def install(app: Flask, *, on: bool = ON) -> None:
    """Give the gateway its limits."""
    app.extensions["limits"] = on and Limits(
        address=limit(PER_ADDRESS),
        person=limit(PER_PERSON),
        client=limit(PER_CLIENT),
        free=HEALTH | {LOOK},
        declared=Shared(database),
    )
