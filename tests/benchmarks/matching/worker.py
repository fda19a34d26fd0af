"""A contender's process: it does what it is told over a pipe, until the pipe ends.

Answers to each command are pairs: how it went (if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

IS, ABSENT, FAILED), and what it was, or why not.
"""

import gc
import os
import time
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.benchmarks import adapters
from tests.benchmarks.adapters import Absent, Base
from tests.benchmarks.matching import engine
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.vacancies import LEVELS, Vac
from tests.benchmarks.matching.world import CHANGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

IS, ABSENT, FAILED = "is", "absent", "failed"
RARE = 2_000  # skills, of which somebody gets one
BEST = 100  # people that are asked for


def work(pipe: Connection, name: str, folder: str, workdir: str) -> None:
    """Be the contender of this name, on the data in a folder."""
    os.setpgrp()  # so that all that it starts can be ended with it
    worker: _Worker | None = None
    try:
        while True:
            command, *said = pipe.recv()
            try:
                worker = worker or _Worker(name, Path(folder), workdir)
                pipe.send((IS, worker.commands[command](*said)))
            except Absent as absent:
                pipe.send((ABSENT, str(absent)))
            except Exception:  # noqa: BLE001  the run tells what went wrong, and goes on without it
                pipe.send((FAILED, traceback.format_exc()))
    except EOFError:
        pass
    finally:
        with suppress(Exception):  # what was never started cannot be stopped
            if worker:
                worker.adapter.close()


class _Worker:
    def __init__(self, name: str, folder: Path, workdir: str) -> None:
        self.adapter: Base = adapters.load(name, workdir)
        self.data = Data.load(folder)
        self.commands: Mapping[str, Callable[..., Any]] = {
            "build": self._build,
            "answers": self._answers,
            "times": self._times,
            "changes": self._changes,
            "servers": lambda: sum(map(_share, self.adapter.pids())),
            "engine": lambda: engine.measure(self.adapter, self.data.vac, BEST),
        }

    def _build(self) -> dict[str, float]:
        """Return seconds, and the bytes that this process gained."""
        gc.collect()
        before, began = _own_bytes(), time.perf_counter()
        self.adapter.build(self.data)
        seconds = time.perf_counter() - began
        gc.collect()
        grown = _own_bytes() - before
        for vacancy in self.data.vac:
            self.adapter.know(vacancy)
        gc.freeze()  # what is there stays: no pause is due to it
        return {"seconds": seconds, "bytes": grown}

    def _answers(self, which: list[int]) -> list[tuple[Any, Any]]:
        answers = (self.adapter.query(self.data.vac[at], BEST) for at in which)
        return [(np.asarray(ids), np.asarray(scores)) for ids, scores in answers]

    def _times(self, begin: int, end: int, seconds: float) -> dict[int, float]:
        """Ask for some vacancies one after the other, as many as there is time for; return ms by vacancy."""
        found, over = {}, time.perf_counter() + seconds
        for at in range(begin, end):
            vacancy = self.data.vac[at]
            began = time.perf_counter_ns()
            self.adapter.query(vacancy, BEST)
            found[at] = (time.perf_counter_ns() - began) / 1e6
            if time.perf_counter() > over:
                break
        return found

    def _changes(self, count: int, seconds: float) -> dict[str, Any]:
        """Let people learn a rare skill; return ms of each change, and how many the very next query saw."""
        random, over = np.random.default_rng([0, CHANGES]), time.perf_counter() + seconds
        rare = np.argsort(np.bincount(self.data.sk, minlength=self.data.V), kind="stable")[:RARE]
        free = np.flatnonzero(self.data.avail)
        taken: list[float] = []
        seen = 0
        while len(taken) < count and time.perf_counter() < over:
            wid, skill = int(random.choice(free)), int(random.choice(rare))
            skills, levels = self.data.skills_of(wid)
            others = [each for each in skills if each != skill][:-1]
            said = [*others, skill], [*levels[: len(others)], LEVELS]
            began = time.perf_counter()
            self.adapter.update(wid, *said)
            taken.append((time.perf_counter() - began) * 1e3)
            seen += wid in np.asarray(self.adapter.query(self._whom(wid, skill), BEST)[0])
        return {"ms": taken, "seen": seen}

    def _whom(self, wid: int, skill: int) -> Vac:
        """Return a vacancy for whoever has a skill at the highest level, near to somebody."""
        home = int(self.data.district[wid])
        return Vac.of(self.data.band10, skills=[skill], weights=[10], mins=[LEVELS], must=[0], district=home)


def _own_bytes() -> int:
    """Return what this process alone has in memory, but for files."""
    return _kilobytes(Path("/proc/self/smaps_rollup"), "Anonymous:") * 1024


def _share(pid: int) -> int:
    """Return a process's part of the memory in use: what it shares with others counts for each in part."""
    return _kilobytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") * 1024


def _kilobytes(file: Path, name: str) -> int:
    return next(int(line.split()[1]) for line in file.read_text().splitlines() if line.startswith(name))
