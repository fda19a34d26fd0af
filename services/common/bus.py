"""RabbitMQ through Celery: an event is a task named after the event.

events (topic) ──by event name──▶ one quorum queue a service: registry, vacancies, …
events.direct  ──by queue name──▶ the same, and <service>.work: replays, work, what is sent again
events.dead    ──by service─────▶ <service>.dead: what could not be handled, with its reason
events.unheard ─────────────────▶ events.unheard: what no queue is bound to
"""

import logging
import os
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeAlias

from amqp.exceptions import NotFound
from celery import Celery, signals
from celery.worker.consumer import Consumer
from kombu import Connection, Exchange, Message, Queue, binding
from kombu.exceptions import OperationalError

from services.common import settings, telemetry

LOG = logging.getLogger(__name__)
AWAY = (OperationalError, ConnectionError, TimeoutError)
SILENT_AT_MOST_S = 10
QUORUM = {"x-queue-type": "quorum"}
UNHEARD = Exchange("events.unheard", type="fanout", durable=True)
KEPT = {"alternate-exchange": UNHEARD.name}
EVENTS = Exchange("events", type="topic", durable=True, arguments=KEPT)
DIRECT = Exchange("events.direct", type="direct", durable=True, arguments=KEPT)
DEAD = Exchange("events.dead", type="direct", durable=True)

Handle: TypeAlias = Callable[..., None]


class Wrong(Exception):
    """A message that no waiting will make right. `payload` is the part that is wrong."""

    def __init__(self, reason: str, payload: Any) -> None:
        super().__init__(reason)
        self.payload = payload


class GiveBack(Exception):
    """The message is right and cannot be handled now: this process ends, the broker keeps the message."""


class Publish(Protocol):
    def __call__(
        self, name: str, event_id: str, payload: Any, headers: Mapping[str, Any] | None = None, *, to: str | None = None
    ) -> None:
        """Publish an event to whoever hears it or, with `to`, to one queue; come back once the broker has it on disk.

        :raises AWAY: the broker is away; the event may or may not have arrived.
        """


def connect(service: str) -> Publish:
    """Return what publishes a service's events."""
    return _publisher(_app(service))


def make_consumer(service: str, handlers: Mapping[str, Handle], *, queue: str | None = None) -> Celery:
    """Return the Celery app that feeds each named message to its handler, from the service's own queue.

    A message whose handler raises goes to the service's dead letters; one whose
    process dies is delivered again. Run it with `run`.

    :param queue: the queue, when it is not the service's queue of events.
    """
    app = _app(service)
    app.conf.update(
        task_queues=[_queue(service, handlers) if queue is None else _work_queue(service, queue)],
        task_default_queue=queue or service,
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        # By default Celery acknowledges a task that raised, and the event is lost.
        task_acks_on_failure_or_timeout=False,
        # One at a time: an event that kills the process must not count against its neighbours.
        worker_prefetch_multiplier=1,
        worker_concurrency=1,  # else it takes as many as there are cores, though the pool is solo
        worker_consumer=_Consumer,
        # A handler that waits for MongoDB sends no heartbeats; the broker would cut it off and deliver twice.
        broker_heartbeat=0,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_soft_shutdown_timeout=10.0,
        broker_native_delayed_delivery_queue_type="classic",
    )
    for name, handle in handlers.items():
        # Never Celery's retry: it publishes to the exchange again, and every other
        # service would get the event once more.
        app.task(name=name, bind=True)(_guarded(service, queue or service, name, handle, _publisher(app)))
    signals.celeryd_init.connect(lambda **_: _declare_or_die(service, handlers), weak=False)
    return app


def run(app: Celery) -> None:
    """Consume until told to stop."""
    options = ["--pool=solo", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    app.worker_main(["worker", *options, f"--loglevel={settings.LOG_LEVEL}", f"--hostname={app.main}@%h"])


def declare(service: str, heard: Iterable[str] = ()) -> None:
    """Declare all that the service reads, and what nobody reads but no message may miss: the unheard and the dead.

    :param heard: the names of the events that the service hears.
    """
    unheard = Queue("events.unheard", UNHEARD, queue_arguments=QUORUM)
    queues = [_queue(service, heard), _work_queue(service, f"{service}.work"), _dead_queue(service), unheard]
    with _app(service).connection_for_write() as connection:
        channel = connection.ensure_connection(max_retries=3, interval_start=0.2, timeout=5).default_channel
        for exchange in (UNHEARD, DEAD, DIRECT, EVENTS):
            exchange(channel).declare()
        for queue in queues:
            queue(channel).declare()


def depth(queue: str) -> tuple[int, int]:
    """Return how many messages wait in a queue, and how many processes consume it.

    :raises LookupError: there is no such queue.
    """
    with Connection(settings.AMQP_URL, connect_timeout=2) as connection:
        try:
            found = Queue(queue, channel=connection.default_channel, no_declare=False).queue_declare(passive=True)
        except NotFound as error:
            raise LookupError(queue) from error
    return found.message_count, found.consumer_count


def is_consumed(queue: str) -> None:
    """Raise unless a process consumes the queue."""
    if depth(queue)[1] == 0:
        raise LookupError(queue)


class _Consumer(Consumer):  # type: ignore[misc]
    """Celery's, but for messages of a strange shape: it would acknowledge and lose some, and die of others."""

    def create_task_handler(self, *args: Any, **options: Any) -> Callable[[Message], Any]:
        handle = super().create_task_handler(*args, **options)

        def check(message: Message) -> Any:
            if (fault := _fault(message, self.strategies)) is None:
                return handle(message)
            LOG.error("dead letter", extra={"event_id": str(message.headers.get("id")), "reason": fault})
            return message.reject_log_error(LOG, self.connection_errors)

        return check


def _fault(message: Message, handled: Iterable[str]) -> str | None:
    """Return what makes a message none of ours, without what it carries; None for one of ours."""
    try:
        is_known = message.headers["task"] in handled and isinstance(message.headers["id"], str)
        positional, named, embedded = message.payload
        is_ours = positional == [] and named.keys() == {"event_id", "payload"} and isinstance(embedded, dict)
    except Exception as error:  # noqa: BLE001 (there are many ways not to be readable)
        return type(error).__name__
    return None if is_known and is_ours else "a name that nobody handles, or other arguments"


def _publisher(app: Celery) -> Publish:
    def publish(
        name: str, event_id: str, payload: Any, headers: Mapping[str, Any] | None = None, *, to: str | None = None
    ) -> None:
        app.send_task(
            name,
            kwargs={"event_id": event_id, "payload": payload},
            task_id=event_id,
            exchange=EVENTS if to is None else DIRECT,
            routing_key=name if to is None else to,
            headers=dict(headers or {}),
            ignore_result=True,
            declare=[],  # or Celery declares the sender's own queue, with other arguments
            retry=False,  # the relay comes back to it; two retries inside each other send it twice
        )

    return publish


def _guarded(service: str, queue: str, name: str, handle: Handle, publish: Publish) -> Handle:
    """Return the handler as a task: what is wrong with a message is written on it, and it goes to the dead letters."""

    def task(self: Any, *, event_id: str, payload: Any) -> None:
        telemetry.bind(self.request.get("request_id"), self.request.get("traceparent"))
        began = time.perf_counter()
        try:
            handle(event_id=event_id, payload=payload)
            LOG.info("handled", extra={"topic": name, "ms": round((time.perf_counter() - began) * 1000, 1)})
        except GiveBack:
            LOG.exception("ending, so that the broker keeps the message", extra={"topic": name})
            logging.shutdown()
            os._exit(75)  # at once: Celery would acknowledge or reject it on its way out
        except Exception as error:
            LOG.exception("dead letter", extra={"topic": name, "event_id": event_id})
            wrong = error.payload if isinstance(error, Wrong) else payload
            headers = {**telemetry.trace(), "reason": telemetry.said(error)[:500], "queue": queue}
            publish(name, event_id, wrong, headers, to=f"{service}.dead")

    return task


def _declare_or_die(service: str, heard: Iterable[str]) -> None:
    try:
        declare(service, heard)
    except Exception as error:
        # Celery would log it and go on without a place for dead letters.
        raise SystemExit(f"cannot declare the queues of {service}: {error}") from error


def _app(service: str) -> Celery:
    app = Celery(service, broker=settings.AMQP_URL, set_as_current=False)
    # A frozen broker keeps the connection and says nothing: without a timeout, a publisher waits for it for ever.
    silence = {"read_timeout": SILENT_AT_MOST_S, "write_timeout": SILENT_AT_MOST_S}
    named = {"client_properties": {"connection_name": service}}
    app.conf.broker_transport_options = {"confirm_publish": True, **silence, **named}
    app.conf.broker_connection_timeout = 5
    return app


def _queue(service: str, names: Iterable[str]) -> Queue:
    bindings = [binding(EVENTS, routing_key=name) for name in names]
    return Queue(service, bindings=[*bindings, binding(DIRECT, routing_key=service)], queue_arguments=_kept(service))


def _work_queue(service: str, queue: str) -> Queue:
    return Queue(queue, DIRECT, routing_key=queue, queue_arguments=_kept(service))


def _dead_queue(service: str) -> Queue:
    name = f"{service}.dead"
    bindings = [binding(DEAD, routing_key=service), binding(DIRECT, routing_key=name)]
    return Queue(name, bindings=bindings, queue_arguments=QUORUM)


def _kept(service: str) -> dict[str, Any]:
    dead = {"x-dead-letter-exchange": DEAD.name, "x-dead-letter-routing-key": service}
    return QUORUM | {"x-delivery-limit": 20} | dead
