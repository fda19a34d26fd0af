"""What is dead and what nobody heard, for the operator: `python -m services.common.letters [list | resend | drop]`.

A letter is taken without being acknowledged, looked at and given back, so that no crash
loses one. What is sent again is acknowledged only after the broker has it: a crash
between the two leaves it twice, which its hearers bear.
"""

import argparse
import json
import sys
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from amqp.exceptions import NotFound
from kombu import Connection, Exchange, Message, Producer, Queue

from services.common import bus, settings

SERVICES = ("registry", "vacancies", "matching", "gateway")
LOOKS = 10  # RabbitMQ 4 drops a quorum queue's message after 20 deliveries, unless told otherwise
IDS_SHOWN = 3
COLUMNS = ("queue", "event", "id", "since", "of", "reason")
DONE = {"list": "found", "resend": "sent again", "drop": "dropped"}
TIME_OUT_S = 10
UUIDV7 = 7


@dataclass(frozen=True)
class Letter:
    """A message that lies in `<service>.dead` or in `events.unheard`, not acknowledged."""

    queue: str
    message: Message

    @property
    def is_unheard(self) -> bool:
        return self.queue == bus.UNHEARD.name

    @property
    def event(self) -> str:
        return str(self.message.headers.get("task") or self.message.delivery_info["routing_key"])

    @property
    def id(self) -> str:
        return str(self.message.headers.get("id") or "-")

    @property
    def origin(self) -> tuple[Exchange, str]:
        """The exchange and the routing key that lead it to where it came from."""
        queue, came = self.message.headers.get("queue") or self._death.get("queue"), self.message.delivery_info
        if queue:
            return bus.DIRECT, queue
        if not self.is_unheard:
            return bus.DIRECT, self.queue.removesuffix(".dead")
        return (bus.DIRECT, came["routing_key"]) if came["exchange"] == bus.DIRECT.name else (bus.EVENTS, self.event)

    @property
    def reason(self) -> str:
        exchange, key = self.origin
        unheard = "nobody hears it" if exchange is bus.EVENTS else f"there was no queue {key}"
        known = self.message.headers.get("reason") or self._death.get("reason")
        return " ".join(str(known or (unheard if self.is_unheard else "unknown")).split())

    @property
    def since(self) -> str:
        """When it died; where the broker does not say, when it was told, as its id has it."""
        moment = self._death.get("time") or _moment(self.id)
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else "-"

    @property
    def of(self) -> str:
        """What it is about: ids alone, never what it carries."""
        ids = list(_ids(self.message.body))
        more = f" and {len(ids) - IDS_SHOWN} more" if len(ids) > IDS_SHOWN else ""
        return ", ".join(ids[:IDS_SHOWN]) + more or "-"

    @property
    def _death(self) -> dict[str, Any]:
        deaths = self.message.headers.get("x-death")
        return deaths[0] if deaths else {}


Act: TypeAlias = Callable[[Producer, Letter], object]


def give_back(producer: Producer, letter: Letter) -> None:
    """Give a letter back unchanged; one that was looked at often is renewed, before the broker tires of it."""
    if letter.message.headers.get("x-delivery-count", 0) < LOOKS:
        letter.message.requeue()
        return
    exchange, key = letter.origin
    origin = {"queue": key} if exchange is bus.DIRECT else {}
    place = (bus.UNHEARD, letter.event) if letter.is_unheard else (bus.DIRECT, letter.queue)
    _publish(producer, letter, *place, {"reason": letter.reason, **origin})
    letter.message.ack()


def send_again(producer: Producer, letter: Letter) -> None:
    """Send a letter to where it came from, as it was before it died."""
    _publish(producer, letter, *letter.origin, {})
    letter.message.ack()


def drop(_: Producer, letter: Letter) -> None:
    letter.message.ack()


def main(arguments: Sequence[str], services: Sequence[str] = SERVICES) -> None:
    """List, send again or drop letters, and say which."""
    asked = _parser(services).parse_args(arguments)
    if asked.action == "drop" and not asked.id:
        _parser(services).error("drop needs --id: what is dropped is gone")
    act: Act = {"list": give_back, "resend": send_again, "drop": drop}[asked.action]
    connection = Connection(settings.AMQP_URL, connect_timeout=TIME_OUT_S, transport_options={"confirm_publish": True})
    try:
        with connection:
            gone_through = (_go_through(connection, queue, act, asked.id) for queue in _queues(asked, services))
            letters = [letter for chosen in gone_through for letter in chosen]
    except (*bus.AWAY, *connection.connection_errors) as error:
        raise SystemExit(f"RabbitMQ is away ({type(error).__name__}); run it again when it is back.") from error
    print("\n".join([*_table(letters), f"{len(letters)} {DONE[asked.action]}"]))  # noqa: T201 (it speaks to a person)


def _parser(services: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="letters", description="Messages that are dead, or that nobody heard.")
    parser.add_argument("action", nargs="?", choices=list(DONE), default="list")
    parser.add_argument("--service", action="append", choices=services, default=[], help="only its dead letters")
    parser.add_argument("--unheard", action="store_true", help="only what nobody heard")
    parser.add_argument("--id", action="append", default=[], help="only letters of this event; may come again")
    return parser


def _queues(asked: argparse.Namespace, services: Sequence[str]) -> list[str]:
    everything = not (asked.service or asked.unheard)
    dead = [f"{service}.dead" for service in (services if everything else asked.service)]
    return dead + ([bus.UNHEARD.name] if everything or asked.unheard else [])


def _go_through(connection: Connection, queue: str, act: Act, ids: Sequence[str]) -> list[Letter]:
    """Let `act` have the queue's letters (of these ids), give back the others, and return the ones it had."""
    channel = connection.channel()
    producer = Producer(channel, auto_declare=False)
    chosen = []
    # All are taken before the first is given back: the queue keeps its order, and nothing comes round again.
    for letter in _take(channel, queue):
        if ids and letter.id not in ids:
            give_back(producer, letter)
            continue
        act(producer, letter)
        chosen.append(letter)
    channel.close()  # comes back once the broker has every acknowledgement; they are not confirmed one by one
    return chosen


def _take(channel: Any, queue: str) -> list[Letter]:
    """Take all letters of a queue; none of one that is not there."""
    letters = []
    try:
        while (message := Queue(queue, channel=channel, no_declare=True).get()) is not None:
            letters.append(Letter(queue, message))
    except NotFound:
        return []
    return letters


def _publish(producer: Producer, letter: Letter, exchange: Exchange, key: str, said: dict[str, str]) -> None:
    """Publish a letter's message, and come back once the broker has it."""
    message = letter.message
    stale = {name for name in message.headers if name.startswith("x-")} | {"reason", "queue"}
    kept = {name: message.properties[name] for name in ("correlation_id", "reply_to") if name in message.properties}
    producer.publish(
        message.body,
        exchange=exchange,
        routing_key=key,
        headers={name: value for name, value in message.headers.items() if name not in stale} | said,
        content_type=message.content_type or "application/octet-stream",
        content_encoding=message.content_encoding,
        timeout=TIME_OUT_S,
        **kept,
    )


def _moment(id_: str) -> datetime | None:
    """Return the moment in a UUIDv7 (RFC 9562, section 5.7), if it is one."""
    try:
        known = uuid.UUID(id_)
    except ValueError:
        return None
    return datetime.fromtimestamp((known.int >> 80) / 1000, UTC) if known.version == UUIDV7 else None


def _ids(body: Any) -> Iterable[str]:
    try:
        payload = json.loads(body)[1]["payload"]
    except (ValueError, TypeError, LookupError):
        return
    for row in payload if isinstance(payload, list) else [payload]:
        if not isinstance(row, dict):
            continue
        ids = [row["id"]] if "id" in row else [row[name] for name in row if name == "job" or name.endswith("_id")]
        yield from (str(id_)[:64] for id_ in ids)


def _table(letters: Sequence[Letter]) -> list[str]:
    rows = [COLUMNS, *(tuple(getattr(letter, column) for column in COLUMNS) for letter in letters)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(COLUMNS))]
    lines = ["  ".join(f"{said:<{width}}" for said, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return lines if letters else []


if __name__ == "__main__":
    main(sys.argv[1:])
