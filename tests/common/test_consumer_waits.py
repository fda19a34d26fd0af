"""With MongoDB away, a consumer waits where it is: it gives nothing back, sets nothing aside, takes nothing more."""

import pytest

from services.common import bus, mongo
from tests.common import queues
from tests.common.wire import Wire
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("mongod")
WITHIN_S = 30
CONSUME, REJECT, RECOVER, NACK = (60, 20), (60, 90), (60, 110), (60, 120)
NOTES = ["first", "second", "third"]


@pytest.fixture
def wire():
    found = Wire()
    yield found
    found.close()


@pytest.fixture
def consumer(frail, queue, start, tmp_path, wire):
    process = start("tests.common.trial.consumer", queue, tmp_path / "never", AMQP_URL=wire.url, MONGO_TIMEOUT_S=1)
    until(lambda: queues.is_consumed(queue), WITHIN_S)
    return process


class TestAConsumerWithoutMongoDB:
    def test_waits_in_place_until_it_is_back(self, frail, mongod, queue, consumer, wire, events):
        mongod.kill()
        publish = bus.connect(queue)
        for note in NOTES:
            publish(events.Noted.name, mongo.new_id(), {"note": note})
        publish(events.Thing.name, mongo.new_id(), [{"id": "a", "version": 1, "label": "x"}])
        until(lambda: len(consumer.logged("waiting for MongoDB")) >= 2, WITHIN_S)

        assert queues.waiting(queue) == 3  # it holds one, and no more
        mongod.start()
        db = frail.reader().db
        until(lambda: db.things.find_one({"_id": "a"}), WITHIN_S)

        assert [row["note"] for row in db.notes.find()] == NOTES
        assert queues.waiting(f"{queue}.dead") == 0
        said = [method for method, _ in wire.methods()]
        assert said.count(CONSUME) == 1
        assert {REJECT, RECOVER, NACK}.isdisjoint(said)

    def test_waits_while_it_is_frozen(self, frail, mongod, queue, consumer, events):
        mongod.freeze()
        bus.connect(queue)(events.Noted.name, mongo.new_id(), {"note": "frozen"})
        until(lambda: consumer.logged("waiting for MongoDB"), WITHIN_S)

        mongod.thaw()

        until(lambda: frail.reader().db.notes.find_one({"note": "frozen"}), WITHIN_S)
        assert queues.waiting(f"{queue}.dead") == 0


class TestARelayWithoutMongoDB:
    def test_goes_on_when_it_is_back(self, frail, mongod, queue, start, events):
        relay = start("tests.common.trial.relay", queue, MONGO_TIMEOUT_S=1)
        until(lambda: frail.reader().db.leases.find_one({"_id": "relay"}), WITHIN_S)
        mongod.kill()
        until(lambda: relay.logged("waiting"), WITHIN_S)
        mongod.start()

        fact = {"_id": "e-1", "name": events.Noted.name, "payload": {"note": "n"}, "to": None, "headers": {}}
        mongo.patiently(lambda: frail.reader().db.facts.insert_one({**fact, "waiting": True}))

        assert queues.taken(queue)[0].headers["id"] == "e-1"
        assert relay.is_running()
