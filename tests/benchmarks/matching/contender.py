"""A contender as the run sees it: a process that is told what to do, and what was measured of it."""

import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.benchmarks.adapters import Absent
from tests.benchmarks.matching import worker

ENDS_WITHIN_S = 30
PAUSE_S = 0.05


class Failed(Exception):
    """A contender did not do what it was told, or not in time."""


@dataclass
class Measured:
    """What was found of a contender.

    build_s, own (bytes that its process gained), servers (their bytes); times: ms by vacancy; changes: ms each;
    seen: how many of them the next query saw; engine: what `engine.measure` found.
    """

    build_s: float = 0.0
    own: float = 0.0
    servers: float = 0.0
    times: dict[int, float] = field(default_factory=dict)
    changes: list[float] = field(default_factory=list)
    seen: int = 0
    engine: dict[str, Any] | None = None


class Contender:
    """Starts a contender's process, and ends it with all that it started; a context."""

    def __init__(self, name: str, data: Path, scratch: Path) -> None:
        self.name, self.found = name, Measured()
        self._workdir = tempfile.mkdtemp(prefix=f"{name}-", dir=scratch)
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=worker.work, args=(theirs, name, str(data), self._workdir))
        self._process.start()
        assert self._process.pid
        self._group, self._is_stuck = self._process.pid, False
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.close()  # it ends its servers and itself
        self._process.join(0 if self._is_stuck else ENDS_WITHIN_S)
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                self._end(sign)
        shutil.rmtree(self._workdir, ignore_errors=True)

    def _end(self, sign: signal.Signals) -> None:
        """Ask all that it started to end, and wait a while; raise ProcessLookupError once nothing is left."""
        os.killpg(self._group, sign)
        over = time.monotonic() + ENDS_WITHIN_S
        while time.monotonic() < over:
            self._process.join(PAUSE_S)
            os.killpg(self._group, 0)
            time.sleep(PAUSE_S)

    def ask(self, command: str, *said: Any, within_s: float) -> Any:
        """Return the answer to a command.

        :raises Absent: something that it needs is not on this machine.
        :raises Failed: it broke, or did not answer within the time.
        """
        try:
            self._pipe.send((command, *said))
            if not self._pipe.poll(within_s):
                self._is_stuck = True
                raise Failed(f"{command} took more than {within_s:.0f} s")
            how, answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise Failed(f"its process ended at {command}") from error
        if how == worker.ABSENT:
            raise Absent(answer)
        if how == worker.FAILED:
            raise Failed(answer)
        return answer
