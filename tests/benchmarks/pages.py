"""What a page of candidates costs over HTTP, how much of it the engine, and how fresh it is."""

import statistics
import threading
import time
from datetime import timedelta
from random import Random
from typing import Any

from tests.benchmarks import load
from tests.benchmarks.load import Target
from tests.benchmarks.stand import Stand, free_port, token

PEOPLE = 100_000
CHUNK = 1000
WRITES, PAUSE_S = 120, 0.05
RARE = "watch-repair"  # nobody of the crowd has it
GATEWAY_THREADS = "28"


def measure(stand: Stand) -> list[str]:
    """Return the findings as lines."""
    _fill()
    port = free_port()
    keys = f"http://127.0.0.1:{port}/.well-known/jwks.json"
    began = time.perf_counter()
    matching = stand.web("services.matching.web", JWKS_URL=keys)
    stand.answers(f"{matching}/readyz")
    started = time.perf_counter() - began
    gateway = stand.web("gateway.web", port=port, MATCHING_URL=matching, JWKS_URL=keys, WEB_THREADS=GATEWAY_THREADS)
    page = f"{gateway}/api/matching/v1/vacancies/busy/candidates?limit=20"
    said = token("gateway")
    lines = [f"matching's web with {PEOPLE:,} people is ready {started:.1f} s after its start"]
    p95 = _p95(stand, page, said)
    engine = _engine_ms()
    share = engine / p95[0]
    lines.append(
        f"a page of 20 candidates through the gateway: p50 {p95[0]:.1f} ms, p95 {p95[1]:.1f} ms, under 40:"
        f" {'yes' if p95[1] < 40 else 'NO'}; the engine {engine:.2f} ms, {share:.0%} of it, under 20 %:"
        f" {'yes' if share < 0.2 else 'NO'}"
    )
    found = load.compare(stand.folder, {"pages": Target(page, said)}, clients=8)["pages"]
    lines.append(f"pages of 20 with 8 clients: {found.rate:.0f}/s (goal 200)")
    lines.append(_freshness(stand, matching))
    return lines


def _fill() -> None:
    """Have matching hear of a crowd, and of vacancies."""
    from services import events
    from services.common import inbox
    from services.matching.database import database
    from services.matching.handlers import FACTS, STATES
    from services.reference import clock, regions

    hear = inbox.listen(database, states=STATES, facts=FACTS)
    drawn, skills = Random(7), _skills()
    places = [place.code for place in regions.districts_of()]
    for begin in range(0, PEOPLE, CHUNK):
        crowd = [_worker(drawn, f"crowd-{n:06}", skills, places) for n in range(begin, begin + CHUNK)]
        hear[events.Worker.name](event_id="bench", payload=crowd)
    today = clock.today()
    busy = _vacancy("busy", [(skill, skill == skills[0]) for skill in skills[:5]], today)
    hear[events.Vacancy.name](event_id="bench", payload=[busy, _vacancy("rare", [(RARE, True)], today)])


def _skills() -> list[str]:
    return [f"skill-{n}" for n in range(400)]


def _worker(drawn: Random, name: str, skills: list[str], places: list[str]) -> dict[str, Any]:
    held = {skills[min(int(drawn.paretovariate(0.7)) - 1, len(skills) - 1)] for _ in range(drawn.randint(3, 12))}
    kinds = ("claimed", "trained")
    return {
        "id": name,
        "version": 1,
        "gone": False,
        "district": drawn.choice(places),
        "education": drawn.choice(("SMP", "SMA", "SMK", "D3")),
        "availability": "available",
        "available_from": None,
        "skills": [{"skill": each, "level": drawn.randint(1, 5), "kind": drawn.choice(kinds)} for each in sorted(held)],
        "certificates": [],
    }


def _vacancy(name: str, needs: list[tuple[str, bool]], today: Any) -> dict[str, Any]:
    return {
        "id": name, "version": 1, "gone": False, "employer_id": "e", "employer_name": "PT Contoh", "title": "Contoh",
        "kind": "job", "status": "published", "positions": 1, "district": "63.11.06", "certificates": [],
        "education": "SMP", "starts_on": (today + timedelta(days=30)).isoformat(),
        "closes_on": (today + timedelta(days=20)).isoformat(),
        "skills": [{"skill": skill, "min_level": 2, "weight": None, "must": must} for skill, must in needs],
    }  # fmt: skip


def _p95(stand: Stand, page: str, said: str) -> tuple[float, float]:
    taken = []
    for _ in range(220):
        began = time.perf_counter()
        answer = stand.http.request("GET", page, headers={"Authorization": f"Bearer {said}"})
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status != 200 or len(answer.json()["items"]) != 20:
            raise RuntimeError(f"{answer.status} {answer.data[:200]!r}")
    return statistics.median(taken[20:]), statistics.quantiles(taken[20:], n=20)[-1]


def _engine_ms() -> float:
    """Return what finding and counting take of a page, in this process, on the same people."""
    from services.matching.database import database
    from services.matching.demand import store as demands
    from services.matching.match import commands
    from services.matching.pool import store

    tx = database.reader()
    pool = store.load(tx)
    scale = commands.scale_of(tx, demands.get(tx, "busy").requirement)
    taken = []
    for _ in range(200):
        began = time.perf_counter()
        pool.top(scale, 32)
        pool.count(scale)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _freshness(stand: Stand, matching: str) -> str:
    """Measure commit in the registry → visible among candidates, under 20 writes a second."""
    stand.python("services.registry.relay")
    stand.python("services.matching.consumer")
    time.sleep(4)
    committed: list[float] = []
    writer = threading.Thread(target=_write, args=(committed,))
    writer.start()
    url, headers = f"{matching}/v1/vacancies/rare/candidates?limit=1", {"Authorization": f"Bearer {token('matching')}"}
    seen: list[float] = []
    end = time.monotonic() + WRITES * PAUSE_S + 20
    while len(seen) < WRITES and time.monotonic() < end:
        total = stand.http.request("GET", url, headers=headers).json()["total"]
        seen += [time.perf_counter()] * (total - len(seen))
        time.sleep(0.005)
    writer.join()
    delays = [(now - at) * 1000 for at, now in zip(committed, seen, strict=False)]
    p95 = statistics.quantiles(delays, n=20)[-1]
    return (
        f"commit → among candidates, 20 writes/s, {len(delays)} of {WRITES}: p50 {statistics.median(delays):.0f} ms,"
        f" p95 {p95:.0f} ms, under 150: {'yes' if p95 < 150 else 'NO'}"
    )


def _write(committed: list[float]) -> None:
    from services.reference import clock
    from services.registry.database import database
    from services.registry.worker import commands
    from tests.benchmarks.requests import WORKER

    said = WORKER | {"birth_date": clock.today(), "availability": "available", "available_from": None}
    said |= {"birthplace": None, "major": None, "skills": [{"skill": RARE, "level": 3}]}
    for n in range(WRITES):
        database.transact(commands.register, id=f"fresh-{n}", today=clock.today(), now=clock.now(), **said)
        committed.append(time.perf_counter())
        time.sleep(PAUSE_S)
