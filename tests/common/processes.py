"""Processes that a test starts, watches through their log, and ends as it likes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.waiting import until

ROOT = Path(__file__).parents[2]
ENDS_WITHIN_S = 30


class Process:
    """A module of ours that runs, with its log; the environment is the test's, and what is given."""

    def __init__(self, log, module, *args, **environment):
        self.log = log
        with log.open("ab") as file:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *map(str, args)],
                cwd=ROOT,
                env=os.environ | {name: str(value) for name, value in environment.items()},
                stderr=file,
                stdout=subprocess.DEVNULL,
            )
        self.pid = self._process.pid

    def lines(self):
        """Return what it logged; a line that is not JSON would fail here."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def logged(self, event):
        return [line for line in self.lines() if line["event"].startswith(event)]

    def send(self, number):
        self._process.send_signal(number)

    def kill(self):
        self._process.kill()
        self._process.wait(ENDS_WITHIN_S)

    def stop(self):
        """Ask it to end, and return its exit code."""
        self.send(signal.SIGTERM)
        return self.ended()

    def ended(self):
        """Wait for its end, and return its exit code."""
        return self._process.wait(ENDS_WITHIN_S)

    def is_running(self):
        return self._process.poll() is None


def answers(condition, within_s=ENDS_WITHIN_S):
    """Wait for a condition that may raise LookupError or OSError until it holds."""

    def holds():
        try:
            return condition()
        except (LookupError, OSError):
            return False

    return until(holds, within_s)
