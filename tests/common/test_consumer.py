"""A consumer process: what it does with messages right and wrong, and with its own death."""

import pytest

from services.common import bus, mongo
from tests.common import queues
from tests.common.processes import answers
from tests.waiting import until

WITHIN_S = 30


@pytest.fixture
def release(tmp_path):
    return tmp_path / "release"


@pytest.fixture
def consume(start, queue, release):
    """Start the consumer, and wait until it consumes."""

    def started():
        process = start("tests.common.trial.consumer", queue, release)
        answers(lambda: queues.is_consumed(queue))
        return process

    return started


@pytest.fixture
def tell(queue, events):
    publish = bus.connect(queue)

    def told(note, do="note", headers=None):
        event_id = mongo.new_id()
        publish(events.Noted.name, event_id, {"note": note, "do": do}, headers)
        return event_id

    return told


def notes(db):
    return sorted(row["note"] for row in db.notes.find())


class TestAConsumer:
    def test_sets_a_wrong_fact_aside_with_its_reason_and_goes_on(self, consume, tell, db, queue):
        consume()
        tell("wrong", do="refuse")
        tell("right")

        until(lambda: notes(db) == ["right"], WITHIN_S)
        (letter,) = queues.taken(f"{queue}.dead")
        assert letter.headers["reason"] == "ValueError: cannot note wrong"
        assert (letter.headers["queue"], queues.said(letter)["note"]) == (queue, "wrong")

    def test_keeps_the_right_states_of_a_message_and_sets_only_the_wrong_ones_aside(self, consume, db, queue, events):
        consume()
        states = [
            {"id": "a", "version": 1, "label": "A"},
            {"id": "b", "version": 1},
            {"id": "c", "version": 1, "gone": True},
        ]

        bus.connect(queue)(events.Thing.name, "e-1", states)

        (letter,) = queues.taken(f"{queue}.dead")
        assert [row["id"] for row in queues.said(letter)] == ["b"]
        assert "b" in letter.headers["reason"]
        assert sorted(row["_id"] for row in db.things.find()) == ["a", "c"]

    def test_sets_a_message_of_a_name_that_it_does_not_know_aside(self, consume, tell, db, queue):
        consume()
        bus.connect(queue)("nobody.knows", "e-1", {}, to=queue)
        tell("right")

        until(lambda: notes(db) == ["right"], WITHIN_S)
        assert len(queues.taken(f"{queue}.dead")) == 1

    def test_that_is_killed_gets_its_event_again_and_the_effect_once(self, consume, tell, db, queue, release):
        process = consume()
        tell("slow", do="linger")
        until(lambda: db.begun.count_documents({"note": "slow"}), WITHIN_S)
        process.kill()
        release.touch()

        consume()

        until(lambda: notes(db) == ["slow"], WITHIN_S)
        assert db.inbox.count_documents({}) == 1
        assert queues.waiting(queue) == queues.waiting(f"{queue}.dead") == 0

    def test_that_gives_an_event_back_ends_and_the_next_one_gets_it(self, consume, tell, db, queue, release):
        process = consume()
        tell("later", do="give back")
        assert process.ended() == 75
        release.touch()

        consume()

        until(lambda: notes(db) == ["later"], WITHIN_S)
        assert queues.waiting(f"{queue}.dead") == 0

    def test_hears_a_fact_that_comes_twice_once(self, consume, db, queue, events):
        consume()
        for _ in range(2):
            bus.connect(queue)(events.Noted.name, "same", {"note": "once"})
        bus.connect(queue)(events.Noted.name, "other", {"note": "then"})

        until(lambda: notes(db) == ["once", "then"], WITHIN_S)
        assert db.inbox.count_documents({}) == 2

    def test_logs_under_the_request_that_the_message_came_from(self, consume, tell, db):
        process = consume()
        tell("traced", headers={"request_id": "request-7"})

        (line,) = until(lambda: process.logged("handled"), WITHIN_S)
        assert line["request_id"] == "request-7"

    def test_ends_when_it_is_told_to(self, consume):
        assert consume().stop() == 0

    def test_makes_celery_declare_no_queues_of_its_own_that_are_quorum(self, consume):
        consume()
        with (
            queues.channel() as channel,
            pytest.raises(Exception, match=r"inequivalent arg 'x-queue-type'|PRECONDITION"),
        ):
            channel.queue_declare(
                "celery_delayed_27", durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"}
            )


class TestAnEventThatNobodyHears:
    def test_is_kept(self, queue):
        event_id = mongo.new_id()

        bus.connect(queue)(f"{queue}.unheard", event_id, {"note": "hello"})

        assert queues.said(queues.picked("events.unheard", event_id)) == {"note": "hello"}
