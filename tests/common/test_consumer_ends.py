"""A consumer that is killed, told to end, cut off or gives up: its event is handled after all, with one effect."""

import signal

import pytest
from kombu import Queue

from services.common import bus, mongo
from tests.common import queues
from tests.common.wire import Wire
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("mongod")
WITHIN_S = 30
MODULE = "tests.common.trial.consumer"


@pytest.fixture
def release(tmp_path):
    """Stand for the file that lets a lingering handler go on."""
    return tmp_path / "release"


@pytest.fixture
def db(frail):
    """Stand on the MongoDB where what a killed process left open ends soon."""
    return frail.reader().db


@pytest.fixture
def consume(start, queue, db, release):
    def started(**environment):
        process = start(MODULE, queue, release, **environment)
        until(lambda: queues.is_consumed(queue), WITHIN_S)
        return process

    return started


@pytest.fixture
def send(queue):
    publish = bus.connect(queue)
    return lambda note, do="note": publish(f"{queue}.noted", mongo.new_id(), {"note": note, "do": do})


@pytest.fixture
def begun(db):
    """Wait until a handler began with a note, for the …th time."""
    return lambda note, times=1: until(lambda: db.begun.count_documents({"note": note}) >= times, WITHIN_S)


@pytest.fixture
def noted(db):
    """Wait until a note has had its effect, and return how often it had it."""

    def count(note):
        until(lambda: db.notes.find_one({"note": note}), WITHIN_S)
        return db.notes.count_documents({"note": note})

    return count


class TestAConsumerKilledInTheMiddle:
    def test_has_its_event_handled_by_the_next_with_one_effect(self, consume, send, begun, noted, db, release):
        first = consume()
        send("n", "linger")
        begun("n")
        assert db.notes.count_documents({}) == 0

        first.kill()
        release.touch()
        consume()

        begun("n", times=2)
        assert noted("n") == 1

    def test_leaves_the_events_behind_it_to_the_others(self, consume, send, begun, queue, release):
        consume()
        send("n", "linger")
        begun("n")

        send("behind it")
        send("behind it")

        assert queues.waiting(queue) == 2


class TestAConsumerThatIsToldToEnd:
    def test_handles_what_it_has_begun_and_ends(self, consume, send, begun, noted, queue, release, db):
        process = consume()
        send("n", "linger")
        begun("n")
        process.send(signal.SIGTERM)
        release.touch()

        assert process.ended() == 0

        assert noted("n") == 1
        assert (db.begun.count_documents({}), queues.waiting(queue)) == (1, 0)

    def test_takes_no_other_event(self, consume, send, begun, queue, release):
        process = consume()
        send("n", "linger")
        begun("n")
        send("behind it")
        process.send(signal.SIGTERM)
        release.touch()

        assert process.ended() == 0

        assert queues.waiting(queue) == 1


class TestAConsumerThatCannotHandleItsEventNow:
    def test_ends_and_leaves_the_event_to_the_next(self, consume, send, noted, queue, release):
        process = consume()
        send("n", "give back")

        assert process.ended() == 75
        until(lambda: queues.waiting(queue) == 1, WITHIN_S)
        assert queues.waiting(f"{queue}.dead") == 0

        release.touch()
        consume()
        assert noted("n") == 1


class TestAConsumerThatIsCutOffFromTheBroker:
    def test_comes_back_and_gives_the_event_one_effect(self, consume, send, begun, noted, release):
        wire = Wire()
        process = consume(AMQP_URL=wire.url)
        send("n", "linger")
        begun("n")
        wire.cut()
        release.touch()

        assert noted("n") == 1
        send("next")
        assert noted("next") == 1
        assert noted("n") == 1
        assert process.is_running()
        process.kill()
        wire.close()


class TestAnEventThatKillsEachConsumer:
    def test_is_set_aside_in_the_end(self, queue, send):
        """The broker counts how often it was given back."""
        send("n")

        for _ in range(21):
            with queues.channel() as channel:
                Queue(queue, channel=channel, no_declare=True).get().requeue()

        dead = queues.taken(f"{queue}.dead")[0]
        assert dead.headers["x-death"][0]["reason"] == "delivery_limit"


class TestStartingAConsumer:
    def test_declares_where_dead_letters_go_before_it_takes_one(self, start, service, db, release):
        start(MODULE, service, release)
        until(lambda: queues.is_consumed(service), WITHIN_S)

        assert queues.waiting(f"{service}.dead") == 0
        queues.delete(service, f"{service}.work", f"{service}.dead")

    def test_ends_where_it_cannot(self, start, service, db, release):
        with queues.channel() as channel:
            Queue(f"{service}.dead", channel=channel, durable=True).declare()  # a classic queue, other than ours
        process = start(MODULE, service, release)

        assert process.ended() != 0

        assert f"cannot declare the queues of {service}" in process.log.read_text()
        queues.delete(service, f"{service}.work", f"{service}.dead")
