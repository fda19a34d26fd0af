"""What is measured of our engine alone, on queries that are made beforehand."""

import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from services.matching.engine.core.engine import Engine
from services.matching.engine.core.query import Query
from tests.benchmarks.adapters import Base
from tests.benchmarks.adapters.begawi import Adapter
from tests.benchmarks.matching.vacancies import Vac

ROUNDS = 5
SECONDS = 0.5  # of threads that ask as fast as they can
THREADS = 2


def measure(adapter: Base, vacancies: Sequence[Vac], limit: int) -> dict[str, Any] | None:
    """Measure an engine of ours; of other contenders there is nothing.

    Returns `alone`, ms by vacancy; and as medians of ratios: `together`, how much faster all are at once than one by
    one; `threads`, how much more two threads answer than one.
    """
    if not isinstance(adapter, Adapter):
        return None
    engine, asked = adapter.engine, [adapter.asked(vacancy) for vacancy in vacancies]
    rounds = [_alone(engine, asked, limit) for _ in range(ROUNDS)]
    return {
        "alone": [statistics.median(each) for each in zip(*rounds, strict=True)],
        "together": statistics.median(_together(engine, asked, limit) for _ in range(ROUNDS)),
        "threads": statistics.median(_threads(engine, asked, limit) for _ in range(ROUNDS)),
    }


def _alone(engine: Engine, asked: Sequence[Query], limit: int) -> list[float]:
    taken = []
    for query in asked:
        began = time.perf_counter_ns()
        engine.top(query, limit)
        taken.append((time.perf_counter_ns() - began) / 1e6)
    return taken


def _together(engine: Engine, asked: Sequence[Query], limit: int) -> float:
    began = time.perf_counter()
    for query in asked:
        engine.top(query, limit)
    between = time.perf_counter()
    engine.top_many(asked, limit)
    return (between - began) / (time.perf_counter() - between)


def _threads(engine: Engine, asked: Sequence[Query], limit: int) -> float:
    return _answered(engine, asked, limit, THREADS) / _answered(engine, asked, limit, 1)


def _answered(engine: Engine, asked: Sequence[Query], limit: int, threads: int) -> int:
    """Return how many queries are answered within SECONDS; each thread begins at another one."""
    over = time.perf_counter() + SECONDS

    def ask(first: int) -> int:
        count = 0
        while time.perf_counter() < over:
            engine.top(asked[(first + count) % len(asked)], limit)
            count += 1
        return count

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(ask, range(0, len(asked), -(-len(asked) // threads))))
