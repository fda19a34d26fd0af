"""Replay: one service is told again how everything stands, and nobody else, and of nothing that happened."""

import sys

import pytest

from services.common import bus, mongo, outbox, relay
from services.common.relay import Told
from tests.common import queues
from tests.common.conftest import new_service
from tests.common.queues import said
from tests.common.trial.events import events_of
from tests.common.trial.relay import things


@pytest.fixture
def other(events, service):
    """Declare a second service that hears the same."""
    name = f"{service}-other"
    bus.declare(name, [events.Thing.name, events.Noted.name])
    yield name
    queues.delete(name, f"{name}.work", f"{name}.dead")


@pytest.fixture
def replay(database, queue, events):
    def replayed(*, to=queue, **more):
        return relay.replay(bus.connect(queue), database, {events.Thing: Told("things", things, **more)}, to=to)

    return replayed


def told(queue, messages=1):
    return {row["id"]: row for message in queues.taken(queue, messages) for row in said(message)}


class TestReplay:
    def test_tells_the_newest_of_every_root_what_is_gone_included(self, replay, db, queue, events):
        db.things.insert_many([{"_id": "a", "version": 7, "label": "x"}, {"_id": "b", "version": 2, "gone": True}])

        assert replay() == {events.Thing.name: 2}

        assert told(queue) == {
            "a": {"id": "a", "version": 7, "label": "x"},
            "b": {"id": "b", "version": 2, "gone": True},
        }

    def test_goes_through_all_many_to_a_message(self, replay, db, queue, events):
        db.things.insert_many([{"_id": mongo.new_id(), "version": 1, "label": "x"} for _ in range(401)])

        assert replay() == {events.Thing.name: 401}

        assert len(told(queue, messages=3)) == 401

    def test_leaves_out_what_is_never_told(self, replay, db, queue):
        db.things.insert_many([{"_id": "a", "version": 1, "label": "x"}, {"_id": "b", "version": 1, "draft": True}])

        replay(only={"draft": None})

        assert list(told(queue)) == ["a"]

    def test_reaches_one_service_alone(self, replay, db, queue, other):
        db.things.insert_one({"_id": "a", "version": 1, "label": "x"})

        replay(to=other)

        assert list(told(other)) == ["a"]
        assert queues.waiting(queue) == 0

    def test_tells_only_what_that_service_hears(self, database, db, queue, events):
        class Unheard(events_of(new_service()).Thing):
            heard_by = ("somebody-else",)

        db.things.insert_one({"_id": "a", "version": 1, "label": "x"})

        telling = {state: Told("things", things) for state in (Unheard, events.Thing)}
        assert relay.replay(bus.connect(queue), database, telling, to=queue) == {events.Thing.name: 1}
        queues.taken(queue)

    def test_sends_no_fact_again(self, replay, database, queue, events):
        database.transact(outbox.tell, events.Noted, note="happened once")
        relay.publish_facts(bus.connect(queue), database)
        queues.taken(queue)

        replay()

        assert queues.waiting(queue) == 0

    def test_does_not_take_a_hearer_back_to_an_older_version(self, replay, database, db, queue):
        db.things.insert_one({"_id": "a", "version": 1, "label": "older"})
        replay()
        db.things.update_one({}, {"$set": {"version": 2, "label": "newer"}})

        mongo.keep_newest(database.reader(), "things", [{**row, "_id": row["id"]} for row in told(queue).values()])

        assert db.things.find_one()["label"] == "newer"


class TestReplayFromTheCommandLine:
    @pytest.fixture
    def command(self, monkeypatch, database, events):
        def run(*arguments):
            monkeypatch.setattr(sys, "argv", ["replay", *arguments])
            relay.replay_from_command_line(database, {events.Thing: Told("things", things)})

        return run

    def test_says_how_much_was_told(self, command, db, queue, events, capsys):
        db.things.insert_one({"_id": "a", "version": 1, "label": "x"})

        command("--to", queue)

        assert capsys.readouterr().out == f"{events.Thing.name}: 1 to {queue}\n"
        queues.taken(queue)

    def test_refuses_a_service_that_hears_nothing(self, command, queue):
        with pytest.raises(SystemExit):
            command("--to", "nobody")

    def test_refuses_a_service_that_has_no_queue_yet(self, command, queue, service):
        with pytest.raises(LookupError):
            command("--to", f"{service}-other")
