"""What the platform says while it works: one short line a step, with the time it took."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def say(line: str) -> None:
    """Print a line on stderr, so that stdout stays for what a command is asked for (a table, pytest's summary)."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def step(doing: str) -> Iterator[Callable[[str], None]]:
    """Print what begins, then how long it took; the yielded function adds a word on the way."""
    started = time.monotonic()
    _add(f"  {doing} …")
    try:
        yield lambda word: _add(f" {word}")
    except BaseException:
        say(" failed")
        raise
    say(f" {time.monotonic() - started:.1f} s")


def _add(text: str) -> None:
    print(text, end="", file=sys.stderr, flush=True)
