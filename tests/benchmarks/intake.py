"""How fast a large spreadsheet becomes people, beside MongoDB merely keeping its rows."""

import csv
import io
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from tests.benchmarks.spreadsheet import as_csv
from tests.benchmarks.stand import PREFIX, Stand

LINES = 100_000
PROCESSES = ("registry.work", "registry.relay", "matching.consumer")
BATCH = 1_000
ENDS_WITHIN_S = 900
AS_OF = date(2026, 11, 24)


def measure(stand: Stand, mongo_url: str) -> list[str]:
    """Return the findings as lines."""
    client: MongoClient[dict[str, Any]] = MongoClient(mongo_url)
    content = as_csv(LINES)
    plain = _plain(client, content)
    running = {name: stand.python(f"services.{name}").pid for name in PROCESSES}
    time.sleep(4)
    taken, visible, peaks = _taken(client, content, running)
    client.close()
    largest = ", ".join(f"{name} {size:.0f}" for name, size in peaks.items())
    return [
        f"intake of a CSV of {LINES:,} lines: {taken:.0f} s, {LINES / taken:,.0f} lines/s; under 180 s: {taken < 180}",
        f"  of insert_many of the same rows ({LINES / plain:,.0f} rows/s): {100 * plain / taken:.1f} %",
        f"  all in matching's profiles after {visible:.0f} s",
        f"  largest memory, MB: {largest}; each under 300: {max(peaks.values()) < 300}",
    ]


def _plain(client: MongoClient[dict[str, Any]], content: bytes) -> float:
    """Let MongoDB keep the rows as they are; return the seconds."""
    rows = list(csv.DictReader(io.StringIO(content.decode()), delimiter=";"))
    collection = client[f"{PREFIX}plain"].rows
    began = time.perf_counter()
    for start in range(0, len(rows), BATCH):
        collection.insert_many(rows[start : start + BATCH])
    return time.perf_counter() - began


def _taken(
    client: MongoClient[dict[str, Any]], content: bytes, processes: dict[str, int]
) -> tuple[float, float, dict[str, float]]:
    """Send the file; return the seconds until its job ended and until matching knows all, and the peaks in MB."""
    registry, matching = client[f"{PREFIX}registry"], client[f"{PREFIX}matching"]
    before, people = matching.profiles.estimated_document_count(), registry.workers.estimated_document_count()
    began = time.perf_counter()
    job = _send(content)
    _until(lambda: registry.jobs.find_one({"_id": job})["state"] == "done")
    taken = time.perf_counter() - began
    new = registry.workers.estimated_document_count() - people
    _until(lambda: matching.profiles.estimated_document_count() >= before + new)
    return taken, time.perf_counter() - began, {name: _peak_mb(pid) for name, pid in processes.items()}


def _send(content: bytes) -> str:
    from services.common import mongo
    from services.registry.database import database
    from services.registry.institution import commands as institutions
    from services.registry.intake import commands, store

    upload, now = mongo.new_id(), datetime.now(UTC)
    pieces = (content[start : start + 2**20] for start in range(0, len(content), 2**20))
    store.keep_file(database.reader(), upload, pieces, now=now)
    place = {"name": "LPK Ukur", "kind": "LPK", "village": "63.11.06.1023"}
    database.transact(institutions.register, id="ukur", **place)
    said = {"institution_id": "ukur", "upload": upload, "file_name": "ukur.csv", "size": len(content), "columns": {}}
    asked = said | {"as_of": AS_OF, "owner": "bench", "now": now}
    return database.transact(commands.take, id=mongo.new_id(), **asked).job


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + ENDS_WITHIN_S
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.5)


def _peak_mb(pid: int) -> float:
    """Return the most memory that a process ever had in use, as Linux counts it."""
    told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(told["VmHWM"].split()[0]) / 1024
