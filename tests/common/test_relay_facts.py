"""Facts leave the outbox: each at least once, and heard once."""

import pytest

from services.common import bus, inbox, outbox, relay
from services.common.errors import Refused
from tests.common import queues
from tests.common.queues import said


@pytest.fixture
def publish(queue):
    return bus.connect(queue)


@pytest.fixture
def tell(database, events):
    def told(*notes):
        for note in notes:
            database.transact(outbox.tell, events.Noted, note=note)

    return told


@pytest.fixture
def hear(database, events):
    """Hear a message as the service's consumer does."""
    handlers = inbox.listen(
        database,
        states={},
        facts={events.Noted: lambda tx, heard: tx.db.notes.insert_one(dict(heard), session=tx.session)},
    )
    return lambda message: handlers[message.headers["task"]](**message.payload[1])


class TestPublishingFacts:
    def test_sends_each_that_was_committed_in_their_order(self, publish, database, queue, tell):
        tell("first", "second", "third")

        assert relay.publish_facts(publish, database) == 3

        assert [said(message)["note"] for message in queues.taken(queue, 3)] == ["first", "second", "third"]

    def test_sends_nothing_of_a_command_that_was_refused(self, publish, database, queue, events):
        def refuse(tx):
            outbox.tell(tx, events.Noted, note="never happened")
            raise Refused

        with pytest.raises(Refused):
            database.transact(refuse)

        assert relay.publish_facts(publish, database) == 0
        assert bus.depth(queue)[0] == 0

    def test_sends_each_once(self, publish, database, queue, tell):
        tell("once")

        assert [relay.publish_facts(publish, database) for _ in range(2)] == [1, 0]

        queues.taken(queue, 1)

    def test_finds_one_whose_transaction_commits_after_that_of_a_later_one(self, publish, database, queue, tell):
        with database.client.start_session() as slow, slow.start_transaction():
            slow_tx = type(database.reader())(database.reader().db, slow)
            outbox.put(slow_tx, f"{queue}.noted", {"note": "asked first, committed last"})
            tell("asked last, committed first")
            relay.publish_facts(publish, database)

        relay.publish_facts(publish, database)

        assert [said(message)["note"] for message in queues.taken(queue, 2)] == [
            "asked last, committed first", "asked first, committed last",
        ]  # fmt: skip

    def test_marks_them_in_bulk(self, publish, database, tell, profiled):
        tell(*map(str, range(20)))

        relay.publish_facts(publish, database)

        assert len([row for row in profiled() if row["op"] == "update" and row["ns"].endswith(".facts")]) == 1

    def test_goes_on_after_the_last_that_was_confirmed_when_the_broker_goes_away(self, publish, database, queue, tell):
        tell("first", "second", "third")

        def lose_the_second(name, event_id, payload, headers=None, **more):
            if payload["note"] == "second":
                raise ConnectionError
            publish(name, event_id, payload, headers, **more)

        with pytest.raises(ConnectionError):
            relay.publish_facts(lose_the_second, database)
        assert relay.publish_facts(publish, database) == 2

        assert [said(message)["note"] for message in queues.taken(queue, 3)] == ["first", "second", "third"]

    def test_expires_what_was_published_and_nothing_else(self, publish, database, db, tell):
        tell("told")
        relay.publish_facts(publish, database)
        tell("waiting")

        expires_by = db.facts.index_information()["expiry"]["key"][0][0]
        assert [row["payload"]["note"] for row in db.facts.find({expires_by: {"$exists": True}})] == ["told"]


class TestARelayKilledBetweenPublishingAndMarking:
    def test_publishes_again_and_is_heard_once(self, database, db, queue, tell, hear, start):
        tell(*map(str, range(5)))

        crashed = start("tests.common.trial.relay", queue, "3")
        assert crashed.ended() != 0
        start("tests.common.trial.relay", queue)

        messages = queues.taken(queue, 3 + 5)
        assert len({message.headers["id"] for message in messages}) == 5
        for message in messages:
            hear(message)
        assert sorted(row["note"] for row in db.notes.find()) == ["0", "1", "2", "3", "4"]
