"""A consumer on trial: `python -m tests.common.trial.consumer <service> <file that ends the lingering>`."""

import logging
import sys
from pathlib import Path

from services.common import bus, inbox, mongo
from services.common.mongo import Database
from tests.common.trial.events import events_of
from tests.waiting import until

LOG = logging.getLogger("trial")
LINGERS_AT_MOST_S = 60


def keep(tx, rows):
    mongo.keep_newest(tx, "things", [{**row, "_id": row["id"]} for row in rows])


def react_until(release):
    def react(tx, heard):
        LOG.info("reacting", extra={"note": heard["note"]})
        tx.db.begun.insert_one({"note": heard["note"]})  # outside of the transaction: seen at once
        tx.db.notes.insert_one(dict(heard), session=tx.session)
        if heard["do"] == "refuse":
            message = f"cannot note {heard['note']}"
            raise ValueError(message)
        if heard["do"] == "refuse unspeakably":
            reason = "what is wrong cannot even be written down"
            raise bus.Wrong(reason, object())
        if heard["do"] == "give back" and not release.exists():
            raise bus.GiveBack
        if heard["do"] == "linger":
            until(release.exists, LINGERS_AT_MOST_S)

    return react


if __name__ == "__main__":
    service, release = sys.argv[1], Path(sys.argv[2])
    events = events_of(service)
    inbox.run(Database(service), states={events.Thing: keep}, facts={events.Noted: react_until(release)})
