"""How fast what is committed is known elsewhere."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pymongo import MongoClient

from tests.benchmarks.stand import PREFIX, Stand

STATES = 100_000
FACTS = 3_000
AT_REST = 60
SKILLS = ["smaw-welding", "carpentry", "driving"]


def measure(stand: Stand, mongo_url: str) -> list[str]:
    """Return the findings as lines."""
    client: MongoClient[dict[str, Any]] = MongoClient(mongo_url)
    registry, matching = client[f"{PREFIX}registry"], client[f"{PREFIX}matching"]
    _drain(registry)
    stand.python("services.matching.consumer")
    stand.python("services.registry.relay")
    time.sleep(4)
    lines = [_at_rest(registry, matching), _bulk(registry, matching), _facts(registry)]
    client.close()
    return lines


def _drain(registry: Any) -> None:
    for name in ("changes", "facts", "certificates", "workers"):
        registry[name].delete_many({})


def _at_rest(registry: Any, matching: Any) -> str:
    """Measure commit → profile, one at a time, as a desk works."""
    from services.reference import clock
    from services.registry.database import database
    from services.registry.worker import commands
    from tests.benchmarks.requests import WORKER

    said = WORKER | {"birth_date": clock.today(), "availability": "available", "available_from": None}
    said |= {"birthplace": None, "major": None}
    taken = []
    for n in range(AT_REST):
        time.sleep(0.1)
        id_ = f"at-rest-{n}"
        database.transact(commands.register, id=id_, today=clock.today(), now=clock.now(), **said)
        began = time.perf_counter()
        _until(lambda id_=id_: matching.profiles.find_one({"_id": id_}, {"_id": 1}) is not None, 10, pause_s=0.0005)
        taken.append((time.perf_counter() - began) * 1000)
    p95 = statistics.quantiles(taken, n=20)[-1]
    goal = "yes" if p95 < 100 else "NO"
    return (
        f"commit → profile at rest: p50 {statistics.median(taken):.0f} ms, p95 {p95:.0f} ms; p95 under 100 ms: {goal}"
    )


def _bulk(registry: Any, matching: Any) -> str:
    """Measure 100,000 states with three certificates each, from the outbox to the profiles."""
    for start in range(0, STATES, 10_000):
        ids = [f"bulk-{n:06}" for n in range(start, start + 10_000)]
        registry.workers.insert_many([_worker(id_) for id_ in ids], ordered=False)
        registry.certificates.insert_many([_certificate(id_, n) for id_ in ids for n in range(3)], ordered=False)
    before = matching.profiles.estimated_document_count()
    began = time.perf_counter()
    marks = ({"_id": {"name": "registry.worker", "id": f"bulk-{n:06}"}, "version": 1} for n in range(STATES))
    registry.changes.insert_many([mark | {"marked_at": datetime.now(UTC)} for mark in marks], ordered=False)
    _until(lambda: matching.profiles.estimated_document_count() >= before + STATES, 300)
    seconds = time.perf_counter() - began
    goal = "yes" if seconds < 60 else "NO"
    return f"100,000 states (300,000 certificates) outbox → profiles: {seconds:.0f} s; under 60 s: {goal}"


def _facts(registry: Any) -> str:
    """Measure the relay alone: facts, each a message of its own with a confirm."""
    rows = [
        {
            "_id": f"fact-{n}", "name": "registry.certificate.issued", "to": None, "waiting": True, "headers": {},
            "payload": {"certificate_id": "c", "worker_id": "w", "skill": "s"}, "told_at": datetime.now(UTC),
        }
        for n in range(FACTS)
    ]  # fmt: skip
    began = time.perf_counter()
    registry.facts.insert_many(rows, ordered=False)
    _until(lambda: registry.facts.count_documents({"waiting": True}) == 0, 60)
    rate = FACTS / (time.perf_counter() - began)
    return f"relay: {rate:,.0f} facts/s, each confirmed; at least 500/s: {'yes' if rate >= 500 else 'NO'}"


def _worker(id_: str) -> dict[str, Any]:
    held = [{"skill": skill, "level": 3} for skill in SKILLS]
    standing = {
        "district": "63.11.06",
        "village": "63.11.06.1023",
        "education": "SMA",
        "availability": "available",
        "available_from": None,
    }
    return {"_id": id_, "version": 1, "skills": held, **standing}


def _certificate(worker_id: str, n: int) -> dict[str, Any]:
    proof = {"skill": SKILLS[n], "level": 4, "number": f"{worker_id}/{n}", "scheme": None, "issuer": "LSP"}
    days = {"issued_on": "2026-01-05", "valid_until": "2029-01-04", "revoked_on": None}
    return {"_id": f"{worker_id}/{n}", "version": 1, "worker_id": worker_id, **proof, **days}


def _until(is_so: Callable[[], bool], seconds: float, *, pause_s: float = 0.02) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(pause_s)
