"""One run: every contender builds, its answers are checked, and all are measured in turn, in rounds."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from tests.benchmarks.adapters import Absent
from tests.benchmarks.matching import full, full_reference, goals, limit, reference, report, start
from tests.benchmarks.matching.contender import Contender, Failed
from tests.benchmarks.matching.data import Data, make_data
from tests.benchmarks.matching.worker import BEST

PEERS = ("mongo", "postgres", "postgres_arrays", "sqlite", "tantivy", "numpy_postings")
OURS = ("begawi", "begawi_full")
PEOPLE = 100_000
SEED = 7
FOLDER = Path(".local/bench")
CHECKED = 40  # vacancies whose answers are checked
ROUNDS, ROUND_S = 4, 4.0
CHANGES, CHANGES_S = 50, 10.0
BUILDS_WITHIN_S, ANSWERS_WITHIN_S = 900, 600
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
Truths: TypeAlias = Mapping[int, tuple[Any, Any]]  # by place of the vacancy


def measure() -> list[str]:
    """Return the findings as lines.

    The environment says of how many people (BENCH_PEOPLE), with which seed (BENCH_SEED), and, should it not be all,
    which contenders (BENCH_CONTENDERS, by commas).
    """
    os.environ.update(ONE_THREAD)
    people, seed = int(os.environ.get("BENCH_PEOPLE", PEOPLE)), int(os.environ.get("BENCH_SEED", SEED))
    names = os.environ.get("BENCH_CONTENDERS", ",".join((*PEERS, *OURS))).split(",")
    with _folder() as folder, ExitStack() as stack:
        kept = folder / "data"
        kept.mkdir()
        make_data(people, seed).save(kept)
        data = Data.load(kept)
        truths = _truths(data)
        contenders, left_out = _built(names, truths, lambda name: stack.enter_context(Contender(name, kept, folder)))
        _say(f"{people:,} people are known to {len(contenders)} contenders; they are asked in {ROUNDS} rounds")
        left_out += _timed(contenders, len(data.vac))
        found = {contender.name: contender.found for contender in contenders}
        read = limit.bytes_read(data), limit.bandwidth()
    starts = start.seconds() if "begawi" in found else None
    return [
        f"the matching engine and its peers: {people:,} people, {len(data.vac):,} vacancies, best {BEST}, seed {seed}",
        *report.table(found, data.vac),
        *(f"  left out: {each}" for each in left_out),
        *goals.lines(found, data, read, starts),
    ]


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder for all files, gone afterwards."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER.resolve(), ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another user
        yield Path(folder)


def _truths(data: Data) -> Callable[[str], Truths]:
    """Return the true answers to some vacancies, by the name of who has to find them."""
    which = range(0, len(data.vac), max(1, len(data.vac) // CHECKED))
    plain = {at: reference.truth(data, data.vac[at], BEST) for at in which}
    crowd, taxonomy = full.make_crowd(data), full.make_taxonomy(data)
    scales = {at: full.make_scale(data, taxonomy, data.vac[at]) for at in which}
    whole = {at: full_reference.truth(data, crowd, scales[at], data.vac[at], BEST) for at in which}
    return lambda name: whole if name == "begawi_full" else plain


def _built(
    names: Sequence[str], truths: Callable[[str], Truths], begin: Callable[[str], Contender]
) -> tuple[list[Contender], list[str]]:
    """Return the contenders that are there and answer exactly, and why the others are left out."""
    ready, left_out = [], []
    for name in names:
        contender = begin(name)
        try:
            _build(contender, truths(name))
        except (Absent, Failed) as error:
            left_out.append(f"{name}: {error}")
            _say(f"  {name} is left out: {error}")
            contender.__exit__()
        else:
            _say(f"  {name} is built in {contender.found.build_s:.1f} s, and exact")
            ready.append(contender)
    return ready, left_out


def _build(contender: Contender, truths: Truths) -> None:
    built = contender.ask("build", within_s=BUILDS_WITHIN_S)
    contender.found.build_s, contender.found.own = built["seconds"], built["bytes"]
    answers = contender.ask("answers", list(truths), within_s=ANSWERS_WITHIN_S)
    wrong = [at for at, answer in zip(truths, answers, strict=True) if not reference.is_exact(answer, truths[at])]
    if wrong:
        raise Failed(f"{len(wrong)} of {len(truths)} answers are not the truth")
    contender.found.servers = contender.ask("servers", within_s=ANSWERS_WITHIN_S)


def _timed(contenders: list[Contender], vacancies: int) -> list[str]:
    """Measure all in turn; return why some were left out, and leave them out."""
    left_out = []
    for turn in range(ROUNDS + 1):
        for contender in list(contenders):
            try:
                if turn < ROUNDS:
                    span = vacancies * turn // ROUNDS, vacancies * (turn + 1) // ROUNDS
                    contender.found.times |= contender.ask("times", *span, ROUND_S, within_s=ANSWERS_WITHIN_S)
                else:
                    _finish(contender)
            except Failed as error:
                left_out.append(f"{contender.name}: {error}")
                contenders.remove(contender)
    return left_out


def _finish(contender: Contender) -> None:
    """Measure what no other contender is measured beside; changes last, as answers are others after them."""
    contender.found.engine = contender.ask("engine", within_s=ANSWERS_WITHIN_S)
    changes = contender.ask("changes", CHANGES, CHANGES_S, within_s=ANSWERS_WITHIN_S)
    contender.found.changes, contender.found.seen = changes["ms"], changes["seen"]


def _say(line: str) -> None:
    print(line, flush=True)
