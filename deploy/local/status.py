"""The platform at a glance: processes, queues, outboxes, and at the end what is wrong with them."""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from kombu import Connection
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from deploy.local import leftovers, readiness, supervision
from deploy.local.lifecycle import Platform
from deploy.local.processes import DEPLOYABLES

LATE_S = 60  # what has waited in an outbox for longer is not on its way
TEXT_COLUMNS: Final = {"process", "queue", "outbox", "state", "ready"}
Line = dict[str, str]


@dataclass(frozen=True)
class Section:
    """A table, and what is wrong in it."""

    rows: list[Line] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def show(platform: Platform) -> int:
    """Print it, and return 1 if something is wrong."""
    if not leftovers.of(platform.places.root):
        print("Nothing runs. Start it: make up")
        return 1
    sections = [_processes(platform), _queues(platform), _outboxes(platform)]
    wrong = [f"WRONG  {each}" for section in sections for each in section.wrong]
    tables = [_table(section.rows) for section in sections if section.rows]
    last = "\n".join(wrong) or f"All is well at {platform.url}"
    print("\n\n".join([*tables, last]))
    return 1 if wrong else 0


def _processes(platform: Platform) -> Section:
    if not supervision.is_up(platform.places):
        return Section(wrong=["supervisord is not running: nothing restarts what crashes. make down up"])
    ready = {each.name: readiness.is_ready(each) for each in platform.processes}
    rows = [_process(each, ready) for each in supervision.programs(platform.places).values()]
    not_running = [row["process"] for row in rows if row["state"] != "RUNNING"]
    not_ready = [row["process"] for row in rows if row["state"] == "RUNNING" and row["ready"] == "no"]
    said = {"not running": not_running, "running, but not ready": not_ready}
    wrong = [f"{what}: {', '.join(names)}" for what, names in said.items() if names]
    memory = leftovers.memory_bytes(leftovers.of(platform.places.root))
    rows.append({"process": "all, with supervisord", "memory": _megabytes(memory)})
    return Section(rows, wrong)


def _process(known: dict[str, Any], ready: dict[str, bool]) -> Line:
    row = {"process": known["name"], "state": known["statename"], "ready": ""}
    if known["name"] in ready:
        row["ready"] = "yes" if ready[known["name"]] else "no"
    if not known["pid"]:
        return row
    memory = leftovers.memory_bytes(leftovers.descendants(known["pid"]))
    uptime = _duration(known["now"] - known["start"])
    return row | {"pid": str(known["pid"]), "uptime": uptime, "memory": _megabytes(memory)}


def _queues(platform: Platform) -> Section:
    names = [f"{each}{kind}" for each in DEPLOYABLES for kind in ("", ".work", ".dead")] + ["events.unheard"]
    section = Section()
    with Connection(platform.environment()["AMQP_URL"], connect_timeout=3) as connection:
        try:
            connection.connect()
        except (OSError, *connection.connection_errors) as error:
            return Section(wrong=[f"RabbitMQ does not answer: {error}"])
        for name in names:
            waiting = _waiting(connection, name)
            section.rows.append({"queue": name, "messages": "absent" if waiting is None else str(waiting)})
            if waiting and name.endswith((".dead", ".unheard")):
                section.wrong.append(f"{waiting} messages in {name}: make dead-letters")
    return section


def _waiting(connection: Connection, queue: str) -> int | None:
    with connection.channel() as channel:
        try:
            return int(channel.queue_declare(queue, passive=True).message_count)
        except connection.channel_errors:
            return None  # there is none


def _outboxes(platform: Platform) -> Section:
    told = platform.environment()
    prefix = os.environ.get("DATABASE_PREFIX", "begawi_")
    section = Section()
    client: MongoClient[dict[str, Any]] = MongoClient(told["MONGO_URL"], serverSelectionTimeoutMS=3000, tz_aware=True)
    with closing(client):
        try:
            for deployable in DEPLOYABLES:
                _outbox(section, client, deployable, prefix + deployable)
        except PyMongoError as error:
            section.wrong.append(f"MongoDB does not answer: {str(error)[:100]}")
    return section


def _outbox(section: Section, client: MongoClient[dict[str, Any]], deployable: str, database: str) -> None:
    facts, changes = client[database]["facts"], client[database]["changes"]
    first = facts.find_one({"waiting": True}, sort=[("told_at", 1)])
    mark = changes.find_one(sort=[("marked_at", 1)])
    since = [each for each in (first and first["told_at"], mark and mark.get("marked_at")) if each]
    age_s = (datetime.now(UTC) - min(since)).total_seconds() if since else 0
    untold = {
        "facts": str(facts.count_documents({"waiting": True})),
        "changes": str(changes.estimated_document_count()),
    }
    section.rows.append({"outbox": deployable, **untold, "oldest": _duration(age_s) if since else "-"})
    if age_s > LATE_S:
        section.wrong.append(f"{deployable} has not told something for {_duration(age_s)}; see {deployable}.relay.log")


def _table(rows: Sequence[Line]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [{column: column.upper() for column in columns}, *rows]
    widths = {column: max(len(line.get(column, "")) for line in lines) for column in columns}
    return "\n".join("  ".join(_cell(line, column, widths[column]) for column in columns).rstrip() for line in lines)


def _cell(line: Line, column: str, width: int) -> str:
    text = line.get(column, "")
    return text.ljust(width) if column in TEXT_COLUMNS else text.rjust(width)


def _megabytes(count: int) -> str:
    return f"{count / 2**20:.0f} MB"


def _duration(seconds: float) -> str:
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours} h {minute:02} m" if hours else f"{minute} m {second:02} s" if minute else f"{second} s"
