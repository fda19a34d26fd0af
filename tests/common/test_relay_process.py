"""The relay as a process: woken at once, one a service, patient with the broker."""

import socket

import pytest

from services.common import outbox
from tests.common import queues
from tests.common.queues import said
from tests.common.wire import Wire
from tests.waiting import until

MODULE = "tests.common.trial.relay"
STARTS_WITHIN_S = 30


@pytest.fixture
def tell(database, events):
    return lambda note: database.transact(outbox.tell, events.Noted, note=note)


@pytest.fixture
def leader(db):
    """Wait until a relay leads, and return its process's id."""

    def led(not_by=None):
        def holder():
            row = db.leases.find_one({"_id": "relay"})
            pid = row and int(row["holder"].rpartition(":")[2])
            return pid if pid != not_by else None

        return until(holder, STARTS_WITHIN_S)

    return led


@pytest.fixture
def wire():
    """Stand for a broker that comes later: a port where nobody listens yet, and what lets it be there."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    wires = []

    def come():
        wires.append(Wire(port))
        return wires[-1]

    yield port, come
    for found in wires:
        found.close()


class TestTheRelay:
    def test_is_woken_long_before_its_pause_ends(self, start, queue, leader, tell):
        start(MODULE, queue, RELAY_PAUSE_S=60)
        leader()

        for note in ("at once", "again"):
            tell(note)
            assert said(queues.taken(queue)[0])["note"] == note

    def test_sleeps_after_a_burst_instead_of_looking_once_for_each(self, start, queue, leader, events, db, profiled):
        start(MODULE, queue, RELAY_PAUSE_S=60)
        leader()

        facts = [outbox_row(events, str(n)) for n in range(150)]
        for fact in facts:
            db.facts.insert_one(fact)
        queues.taken(queue, len(facts))
        until(lambda: db.facts.count_documents({"waiting": True}) == 0, 10)
        db.facts.insert_one(outbox_row(events, "last"))
        queues.taken(queue)

        looks = [row for row in profiled() if row["command"].get("find") == "facts"]
        assert len(looks) < len(facts) / 2

    def test_works_alone_and_is_followed_by_the_next_when_it_dies(self, start, queue, leader, tell):
        both = [start(MODULE, queue, LEASE_S=1, RELAY_PAUSE_S=0.1) for _ in range(2)]
        first = leader()
        for n in range(20):
            tell(str(n))
        assert len(queues.taken(queue, 20)) == 20

        next(process for process in both if process.pid == first).kill()
        tell("after the death")

        assert said(queues.taken(queue)[0])["note"] == "after the death"
        assert leader(not_by=first) in {process.pid for process in both}

    def test_waits_for_the_broker_and_then_tells(self, start, queue, tell, wire):
        port, come = wire
        waiting = start(MODULE, queue, AMQP_URL=f"amqp://guest:guest@127.0.0.1:{port}//", RELAY_PAUSE_S=0.2)
        tell("while it was away")
        until(lambda: waiting.logged("waiting"), STARTS_WITHIN_S)

        come()

        assert said(queues.taken(queue)[0])["note"] == "while it was away"
        assert waiting.is_running()

    def test_goes_on_when_its_connection_is_cut(self, start, queue, tell, wire):
        _, come = wire
        link = come()
        relaying = start(MODULE, queue, AMQP_URL=link.url, RELAY_PAUSE_S=0.2)
        tell("before")
        queues.taken(queue)

        link.cut()
        tell("after")

        assert said(queues.taken(queue)[0])["note"] == "after"
        assert relaying.is_running()


def outbox_row(events, note):
    row = {"_id": f"{note}-{events.Noted.name}", "name": events.Noted.name, "payload": {"note": note}}
    return row | {"to": None, "waiting": True, "headers": {}}
