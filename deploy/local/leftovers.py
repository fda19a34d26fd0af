"""Which processes of this machine belong to a platform, and how much memory they take: read from /proc."""

import os
import signal
import time
from pathlib import Path

MARK = "BEGAWI_PLATFORM"  # in the environment of whatever the platform starts, and of nothing else


def of(root: Path) -> set[int]:
    """Return every living process that the platform under this root started, grandchildren and orphans too."""
    mark = f"{MARK}={root}".encode()
    return {pid for pid in _all() if mark in _environment(pid).split(b"\0")}


def end(root: Path, *, patience_s: float) -> set[int]:
    """Ask them all to stop, kill those that have not after a while, and return those that even then remain."""
    _signal(of(root), signal.SIGTERM)
    if await_gone(root, timeout_s=patience_s):
        _signal(of(root), signal.SIGKILL)
    return await_gone(root, timeout_s=5)


def await_gone(root: Path, *, timeout_s: float) -> set[int]:
    """Wait until none is left, and return those that still are when the time is over."""
    deadline = time.monotonic() + timeout_s
    while (left := of(root)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def command_line(pid: int) -> str:
    return _read(pid, "cmdline").replace(b"\0", b" ").decode(errors="replace").strip()


def memory_bytes(pids: set[int]) -> int:
    """Sum their proportional set sizes: memory that several share is counted once."""
    lines = [line for pid in pids for line in _read(pid, "smaps_rollup").splitlines() if line.startswith(b"Pss:")]
    return sum(int(line.split()[1]) for line in lines) * 1024


def descendants(pid: int) -> set[int]:
    """Return a process and whatever it started."""
    children: dict[int, set[int]] = {}
    for each in _all():
        children.setdefault(_parent(each), set()).add(each)
    found, unvisited = {pid}, [pid]
    while unvisited:
        fresh = children.get(unvisited.pop(), set()) - found
        found |= fresh
        unvisited.extend(fresh)
    return found


def _parent(pid: int) -> int:
    # The name, second and in brackets, may hold blanks and brackets of its own.
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    return int(fields[1]) if fields else 0


def _all() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _environment(pid: int) -> bytes:
    return _read(pid, "environ")


def _read(pid: int, name: str) -> bytes:
    try:
        return (Path("/proc") / str(pid) / name).read_bytes()
    except OSError:
        return b""  # it ended meanwhile, or is another user's


def _signal(pids: set[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
