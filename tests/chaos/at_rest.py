"""What lies in databases, logs and queues, read raw, and whether somebody's data is in it, however it is written."""

import json
from contextlib import contextmanager
from pathlib import Path

from bson.raw_bson import RawBSONDocument
from kombu import Connection, Exchange, Queue, binding
from pymongo import MongoClient

from deploy.local.processes import DEPLOYABLES
from tests.chaos import aftermath

ANSWERS = Path(__file__).parents[1] / "registry" / "sample" / "answers.json"
SPY = "at-rest.spy"
SHORTEST = 8  # characters of what is looked for: fewer are found anywhere
SHOWN = 5


def squeezed(raw):
    """Return letters and digits alone, as all spellings of a number, an address or a name share them."""
    return "".join(filter(str.isalnum, raw.decode("utf-8", "ignore").casefold()))


def forms(person):
    """Return what identifies a person, with its kind: as it is stored, spoken and dialled."""
    said = [(kind, person[kind]) for kind in ("nik", "phone", "email", "address", "policy_no") if person.get(kind)]
    if person.get("phone"):  # abroad +62 812…, at home 0812…: the rest is what both share
        said.append(("phone", person["phone"].removeprefix("+62").removeprefix("0")))
    return {squeezed(value.encode()): kind for kind, value in said}


def names(people):
    return {squeezed(person["name"].encode()): "name" for person in people}


def found(places, wanted):
    """Return where which kinds of what is wanted stand.

    :param places: bytes by where they lie. wanted: kind by what is looked for, squeezed.
    """
    texts = {place: squeezed(raw) for place, raw in places.items()}
    wanted = {text: kind for text, kind in wanted.items() if len(text) >= SHORTEST}
    hits = {
        f"{kind} in {place}"
        for place, text in texts.items()
        for each, kind in wanted.items()
        if each in text
    }  # fmt: skip
    return sorted(hits)


def databases(platform):
    """Return the bytes of every document, by database and collection."""
    with aftermath.databases(platform) as there:
        return {
            f"{service}.{name}": b"\n".join(_raw(db, name))
            for service, db in there.items()
            for name in db.list_collection_names()
        }


def oplog(platform):
    """Return the bytes of all that was written, and perhaps deleted since, to one of ours."""
    with MongoClient(platform.environment()["MONGO_URL"], document_class=RawBSONDocument) as client:
        return {"the oplog": b"\n".join(row.raw for row in client.local["oplog.rs"].find())}


def logs(platform):
    """Return the log of each process, the servers' included."""
    return {path.name: path.read_bytes() for path in sorted(platform.places.logs.iterdir())}


@contextmanager
def overheard(platform):
    """Have a copy of every message that is sent while the block runs; yield what returns them."""
    with Connection(platform.environment()["AMQP_URL"]) as connection:
        channel = connection.default_channel
        direct = [binding(_exchange("events.direct", "direct"), key) for key in aftermath.QUEUES]
        dead = [binding(_exchange("events.dead", "direct"), service) for service in DEPLOYABLES]
        spy = Queue(SPY, bindings=[binding(_exchange("events", "topic"), "#"), *direct, *dead], channel=channel)
        spy.declare()
        try:
            yield lambda: {f"{number} {name}": raw for number, (name, raw) in enumerate(_taken(channel, spy))}
        finally:
            spy.delete()


def left(platform):
    """Return the messages that lie in queues, and leave them there."""
    with Connection(platform.environment()["AMQP_URL"]) as connection:
        channel = connection.channel()
        queues = [Queue(name, channel=channel, no_declare=True) for name in aftermath.QUEUES]
        return {
            f"{queue.name} {number}": raw for queue in queues for number, (_, raw) in enumerate(_taken(channel, queue))
        }  # the end of the channel gives all of them back


def _taken(channel, queue):
    while (message := queue.get(no_ack=False)) is not None:
        yield message.headers.get("task"), _text(message)


def _text(message):
    body = message.body if isinstance(message.body, bytes) else message.body.encode()
    return body + json.dumps([message.headers, message.properties, message.delivery_info], default=str).encode()


def _exchange(name, kind):
    return Exchange(name, type=kind, no_declare=True)


def _raw(db, name):
    raw = db.with_options(db.codec_options.with_options(document_class=RawBSONDocument, tz_aware=False))
    return (row.raw for row in raw[name].find())
