"""A relay on trial: `python -m tests.common.trial.relay <service> [<ends like a kill at the …th message>]`."""

import os
import sys

from services.common import bus, relay
from services.common.mongo import Database
from services.common.relay import Told
from tests.common.trial.events import events_of


def things(tx, ids):
    rows = tx.db.things.find({"_id": {"$in": ids}, "gone": {"$ne": True}}, session=tx.session)
    return [{"id": row.pop("_id"), **row} for row in rows]


def end_at(count):
    """Let this process end once the broker has so many messages, before it can mark them."""
    connect, published = bus.connect, []

    def crashing(service):
        publish = connect(service)

        def publish_and_end(*args, **more):
            publish(*args, **more)
            published.append(args)
            if len(published) == count:
                os._exit(9)

        return publish_and_end

    bus.connect = crashing


if __name__ == "__main__":
    if sys.argv[2:]:
        end_at(int(sys.argv[2]))
    relay.run(Database(sys.argv[1]), {events_of(sys.argv[1]).Thing: Told("things", things)})
