"""Publishing: what was confirmed is on the broker's disk, and what was not says so in bounded time."""

import socket
import time

import pytest
from kombu import Queue

from services.common import bus, settings
from tests.common import queues
from tests.common.queues import said
from tests.common.wire import Wire

BOUND_S = 15
CONFIRM_SELECT = (85, 10)


@pytest.fixture
def wire(monkeypatch):
    found = Wire()
    monkeypatch.setattr(settings, "AMQP_URL", found.url)
    yield found
    found.close()


@pytest.fixture
def publish(queue, events):
    """Publish to a service's queue, under the name of its fact."""
    send = bus.connect(queue)
    return lambda event_id, payload="x", **more: send(events.Noted.name, event_id, payload, **more)


def seconds_until_away(publish):
    began = time.monotonic()
    with pytest.raises(bus.AWAY):
        publish("e-1")
    return time.monotonic() - began


class TestPublishing:
    def test_carries_the_event_its_id_and_its_headers(self, publish, queue, events):
        publish("e-1", {"note": "n"}, headers={"request_id": "r-1"})

        message = queues.taken(queue)[0]
        assert said(message) == {"note": "n"}
        assert {"task": events.Noted.name, "id": "e-1", "request_id": "r-1"}.items() <= message.headers.items()

    def test_survives_a_restart_of_the_broker_as_far_as_a_message_can(self, publish, queue):
        publish("e-1")

        assert queues.taken(queue)[0].properties["delivery_mode"] == 2

    def test_asks_the_broker_to_confirm(self, wire, queue, events):
        bus.connect(queue)(events.Noted.name, "e-1", "x")

        assert CONFIRM_SELECT in {method for method, _ in wire.methods()}

    def test_says_so_when_the_broker_dies_before_it_has_the_message(self, wire, publish, queue):
        publish("e-0")
        wire.cut_when = b"e-1"

        seconds_until_away(publish)

        assert [message.headers["id"] for message in queues.taken(queue)] == ["e-0"]

    def test_goes_on_after_the_broker_came_back(self, wire, publish, queue):
        publish("e-0")
        wire.cut_when = b"e-1"
        seconds_until_away(publish)

        publish("e-1")

        assert len(queues.taken(queue, 2)) == 2

    def test_declares_no_queue_of_the_sender(self, publish, queue):
        publish("e-1")

        with pytest.raises(LookupError):
            bus.depth("celery")

    def test_succeeds_whatever_the_senders_queue_is_like(self, service, events):
        with queues.channel() as channel:
            Queue(service, channel=channel, durable=True).declare()  # a classic one, other than ours
        try:
            app = bus.make_consumer(service, {})
            bus._publisher(app)(events.Noted.name, "e-1", "x")
        finally:
            queues.delete(service)


class TestPublishingToABrokerThatIsAway:
    def test_says_so_in_bounded_time(self, monkeypatch, queue, events):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        monkeypatch.setattr(settings, "AMQP_URL", f"amqp://guest:guest@127.0.0.1:{port}//")

        assert seconds_until_away(lambda id_: bus.connect(queue)(events.Noted.name, id_, "x")) < BOUND_S

    def test_says_so_when_it_takes_connections_and_never_speaks(self, monkeypatch, queue, events):
        with socket.create_server(("127.0.0.1", 0)) as mute:
            port = mute.getsockname()[1]
            monkeypatch.setattr(settings, "AMQP_URL", f"amqp://guest:guest@127.0.0.1:{port}//")

            assert seconds_until_away(lambda id_: bus.connect(queue)(events.Noted.name, id_, "x")) < BOUND_S

    def test_says_so_when_it_freezes_and_takes_no_late_confirmation_for_another(self, monkeypatch, wire, queue, events):
        monkeypatch.setattr(bus, "SILENT_AT_MOST_S", 1)
        send = bus.connect(queue)

        def publish(event_id):
            send(events.Noted.name, event_id, "x")

        publish("e-0")
        wire.freeze()
        assert seconds_until_away(publish) < BOUND_S

        wire.thaw()
        publish("e-2")

        assert {"e-0", "e-2"} <= {message.headers["id"] for message in queues.taken(queue, 3)}


class TestAnEventThatNobodyHears:
    def test_is_kept_where_it_is_seen(self, publish, queue):
        bus.connect(queue)(f"{queue}.never.heard", f"{queue}-1", {"note": "kept"})

        assert said(queues.picked("events.unheard", f"{queue}-1")) == {"note": "kept"}

    def test_or_whose_only_hearer_has_no_queue_yet_is_kept_too(self, publish, queue, events):
        bus.connect(queue)(events.Thing.name, f"{queue}-2", [], to=f"{queue}-not-there")

        assert queues.picked("events.unheard", f"{queue}-2").headers["task"] == events.Thing.name
