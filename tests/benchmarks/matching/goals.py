"""The goals of the engine's speed, and whether this run meets them: they are set for 1,000,000 people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

from tests.benchmarks.matching.contender import Measured
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.report import p50, ratios, shown

Found: TypeAlias = Mapping[str, Measured]
FOR = 1_000_000
TIMES = {  # so many times as fast as the best of these: at the median, and at the 95th percentile
    "MongoDB": (("mongo",), 80, 1_500),
    "PostgreSQL": (("postgres", "postgres_arrays"), 15, 200),
    "tantivy": (("tantivy",), 18, 35),
}
FULL = 1.5, 3.0  # times the harness's score
LIMIT, LIMIT_OF_MANY, MANY = 10, 5, 10_000_000
CHANGE_MS = 0.05
BYTES = 200
BUILD_S = 60  # of MANY
TOGETHER, THREADS = 3, 1.7
START_S = 5


@dataclass(frozen=True)
class Goal:
    """A goal: what was found, and the most (or the least) that it may be."""

    name: str
    found: float
    bound: float
    is_most: bool = True

    def __str__(self) -> str:
        is_met = self.found <= self.bound if self.is_most else self.found >= self.bound
        bound = f"at {'most' if self.is_most else 'least'} {self.bound:,g}"
        return f"  {self.name}: {shown(self.found)}; {bound}: {'yes' if is_met else 'NO'}"


def lines(found: Found, data: Data, read: tuple[Mapping[int, int], float], start_s: float | None) -> list[str]:
    """Return a line a goal.

    :param read: by place of each open vacancy the bytes to read, and the bytes that the memory gives in a second.
    """
    if "begawi" not in found:
        return []
    ours = found["begawi"]
    told = [*_of_peers(found, ours), *_of_limit(ours, data.n, *read), *_of_full(found, ours), *_of_engine(ours, data.n)]
    if start_s is not None:
        told.append(Goal("start, kernels compiled before, without the people, s", start_s, START_S))
    note = "" if data.n >= FOR else f" (they are for {FOR:,} people: fewer make peers look better)"
    return [f"goals{note}:", *map(str, told)]


def _of_peers(found: Found, ours: Measured) -> Iterator[Goal]:
    for peer, (names, least50, least95) in TIMES.items():
        pairs = [ratios(found[name].times, ours.times) for name in names if name in found]
        if pairs:
            of50, of95 = (min(each) for each in zip(*pairs, strict=True))
            yield Goal(f"times as fast as {peer}, p50", of50, least50, is_most=False)
            yield Goal(f"times as fast as {peer}, p95", of95, least95, is_most=False)


def _of_limit(ours: Measured, people: int, read: Mapping[int, int], bandwidth: float) -> Iterator[Goal]:
    limits = {at: bytes_ / bandwidth * 1e3 for at, bytes_ in read.items()}
    times = p50(ours.times[at] for at in limits if at in ours.times) / p50(limits.values())
    yield Goal("open vacancies, times the limit of the memory", times, LIMIT_OF_MANY if people >= MANY else LIMIT)


def _of_full(found: Found, ours: Measured) -> Iterator[Goal]:
    whole = found.get("begawi_full")
    if whole is None:
        return
    for name, of50, of95 in (
        ("a query", *ratios(whole.times, ours.times)),
        ("the engine alone", *ratios(_alone(whole), _alone(ours))),
    ):
        yield Goal(f"full score, {name}, times the harness's score, p50", of50, FULL[0])
        yield Goal(f"full score, {name}, times the harness's score, p95", of95, FULL[1])


def _of_engine(ours: Measured, people: int) -> Iterator[Goal]:
    yield Goal("a change that the next query sees, ms", median(ours.changes), CHANGE_MS)
    yield Goal("changes that it did not see", len(ours.changes) - ours.seen, 0)
    yield Goal("bytes a person", ours.own / people, BYTES)
    if people >= MANY:
        yield Goal("build, s", ours.build_s, BUILD_S)
    if ours.engine:
        yield Goal("all vacancies at once, times one by one", ours.engine["together"], TOGETHER, is_most=False)
        yield Goal("two threads, times one", ours.engine["threads"], THREADS, is_most=False)


def _alone(ours: Measured) -> dict[int, float]:
    return dict(enumerate(ours.engine["alone"])) if ours.engine else {}
