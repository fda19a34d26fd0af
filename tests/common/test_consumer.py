"""A consumer as a process: what is right is handled, what is wrong is set aside with its reason, and it goes on."""

import pytest

from services.common import bus, mongo
from tests.common import queues
from tests.common.conftest import declared, new_service, opened, starting
from tests.common.queues import said
from tests.common.trial.events import events_of
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("consumer")
HANDLED_WITHIN_S = 30


@pytest.fixture(scope="module")
def service():
    return new_service()


@pytest.fixture(scope="module")
def db(service):
    with opened(service) as database:
        yield database.reader().db


@pytest.fixture(scope="module")
def consumer(service, db, tmp_path_factory):
    """Start one consumer for all that is asked of it here; it must outlive each test."""
    folder = tmp_path_factory.mktemp("consumer")
    with declared(service), starting(folder) as start:
        process = start("tests.common.trial.consumer", service, folder / "never")
        until(lambda: queues.is_consumed(service), HANDLED_WITHIN_S)
        yield process


@pytest.fixture
def send(service, consumer, db):
    """Send the service a fact (by default its own), and return the event's id; nothing is left of earlier ones."""
    for collection in (db.notes, db.things, db.begun):
        collection.delete_many({})
    publish = bus.connect(service)

    def sent(payload, name="noted", **more):
        event_id = mongo.new_id()
        publish(f"{service}.{name}", event_id, payload, **more)
        return event_id

    yield sent
    assert consumer.is_running()


@pytest.fixture
def handled(db):
    """Wait until a fact that was sent last has had its effect: all before it are settled."""
    return lambda note: until(lambda: db.notes.find_one({"note": note}), HANDLED_WITHIN_S)


class TestAConsumer:
    def test_handles_facts_and_states(self, send, handled, db):
        send([{"id": "a", "version": 1, "label": "x"}, {"id": "b", "version": 3, "gone": True}], "thing")
        send({"note": "n"})

        handled("n")

        assert {row["_id"]: row["version"] for row in db.things.find()} == {"a": 1, "b": 3}

    def test_drops_the_fields_that_it_does_not_know_yet(self, send, handled, db):
        send([{"id": "a", "version": 1, "label": "x", "added": "later"}], "thing")
        send({"note": "n", "added": {"later": True}})

        assert "added" not in handled("n")
        assert "added" not in db.things.find_one()

    def test_gives_a_fact_that_comes_twice_one_effect(self, service, send, handled, db):
        event_id = send({"note": "twice"})
        bus.connect(service)(f"{service}.noted", event_id, {"note": "twice"})
        send({"note": "last"})

        handled("last")

        assert db.notes.count_documents({"note": "twice"}) == 1


class TestAWrongMessage:
    @pytest.mark.parametrize("payload", [{"no": "note"}, {"note": None}, [], None, "text"])
    def test_is_set_aside_with_its_reason_and_the_next_is_handled(self, service, send, handled, payload):
        event_id = send(payload, headers={"request_id": "r-1"})
        send({"note": "next"})

        handled("next")

        dead = queues.taken(f"{service}.dead")[0]
        assert (dead.headers["id"], said(dead)) == (event_id, payload)
        assert dead.headers["reason"].startswith("Wrong: ")
        assert (dead.headers["queue"], dead.headers["request_id"]) == (service, "r-1")

    def test_is_one_whose_handler_raises_and_leaves_no_half_effect(self, service, send, handled, db):
        send({"note": "half", "do": "refuse"})
        send({"note": "next"})

        handled("next")

        reason = queues.taken(f"{service}.dead")[0].headers["reason"]
        assert reason.startswith("ValueError at consumer.py:")  # and not what the message says: it may be personal
        assert db.notes.count_documents({"note": "half"}) == 0
        assert db.inbox.count_documents({}) >= 1
        assert db.begun.count_documents({"note": "half"}) == 1  # not tried again

    def test_is_not_lost_though_it_cannot_be_set_aside_with_its_reason(self, service, send, handled):
        event_id = send({"note": "n", "do": "refuse unspeakably"})
        send({"note": "next"})

        handled("next")

        assert queues.taken(f"{service}.dead")[0].headers["id"] == event_id

    def test_among_right_states_is_set_aside_alone(self, service, send, handled, db):
        wrong = {"id": "b", "version": 1, "label": None}
        send([{"id": "a", "version": 1, "label": "x"}, wrong, {"id": "c", "version": 1, "label": "x"}], "thing")
        send({"note": "next"})

        handled("next")

        assert db.things.distinct("_id") == ["a", "c"]
        assert said(queues.taken(f"{service}.dead")[0]) == [wrong]

    def test_of_a_name_that_nobody_handles_is_set_aside(self, service, send, handled):
        event_id = send({}, "unknown", to=service)
        send({"note": "next"})

        handled("next")

        assert queues.taken(f"{service}.dead")[0].headers["id"] == event_id

    @pytest.mark.parametrize("body", [b"no JSON at all", b"[[], {}, {}]", b'[[], {"event_id": "e"}, {}]'])
    def test_of_a_strange_shape_is_set_aside(self, service, send, handled, body):
        with queues.channel() as channel:
            channel.basic_publish(
                channel.prepare_message(
                    body,
                    content_type="application/json",
                    content_encoding="utf-8",
                    headers={"task": f"{service}.noted", "id": "strange"},
                ),
                exchange=bus.DIRECT.name,
                routing_key=service,
            )
        send({"note": "next"})

        handled("next")

        assert queues.taken(f"{service}.dead")[0].headers["id"] == "strange"

    def test_can_be_sent_again_to_where_it_failed_and_reaches_nobody_else(self, service, send, handled, db):
        send({"no": "note"})
        dead = queues.taken(f"{service}.dead")[0]

        bus.connect(service)(dead.headers["task"], dead.headers["id"], {"note": "mended"}, to=dead.headers["queue"])

        handled("mended")


class TestAnEventThatTwoServicesHear:
    def test_comes_to_each_once_though_one_of_them_fails(self, service, send, handled):
        other = new_service()
        events = events_of(service)
        bus.declare(other, [events.Noted.name])
        try:
            send({"note": "fails here", "do": "refuse"})
            send({"note": "next"})
            handled("next")

            assert [said(message)["note"] for message in queues.taken(other, 2)] == ["fails here", "next"]
            queues.taken(f"{service}.dead")
        finally:
            queues.delete(other, f"{other}.work", f"{other}.dead")
