"""Whether the processes answer that they are ready, and what is shown of one that does not become so."""

import http.client
import time
from collections.abc import Callable
from pathlib import Path

from deploy.local import narration, supervision
from deploy.local.obstacle import Obstacle
from deploy.local.places import LOOPBACK, Places
from deploy.local.processes import Process

STARTS_AT_MOST = 3  # a process that was started that often is not going to become ready
LINES_SHOWN = 25


def is_ready(process: Process) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, process.port, timeout=3)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def await_true(condition: Callable[[], bool], otherwise: str, *, timeout_s: float = 10) -> None:
    """Wait for a condition.

    :raises Obstacle: it does not come true within the time; `otherwise` is what that means.
    """
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise Obstacle(otherwise)
        time.sleep(0.05)


def await_all(places: Places, processes: list[Process], *, timeout_s: float = 180) -> None:
    """Wait until every process is ready, and say on the way how many are.

    :raises Obstacle: one ended again and again, or the time is over; the end of its log is in it.
    """
    deadline = time.monotonic() + timeout_s
    seen: dict[str, set[int]] = {each.name: set() for each in processes}
    with narration.step(f"starting {len(processes)} processes") as word:
        waiting = processes
        while remaining := [each for each in waiting if not is_ready(each)]:
            if len(remaining) < len(waiting):
                word(f"{len(processes) - len(remaining)}")
            waiting = remaining
            _check_alive(places, waiting, seen)
            if time.monotonic() > deadline:
                raise _not_ready(places, waiting[0].name)
            time.sleep(0.5)


def log_end(path: Path) -> str:
    try:
        lines = path.read_text(errors="replace").splitlines()[-LINES_SHOWN:]
    except OSError:
        lines = []
    return "\n".join(f"    {line}" for line in lines)


def _check_alive(places: Places, waiting: list[Process], seen: dict[str, set[int]]) -> None:
    known = supervision.programs(places)
    for each in waiting:
        seen[each.name].add(known[each.name]["pid"])
        if len(seen[each.name] - {0}) >= STARTS_AT_MOST or known[each.name]["statename"] == "FATAL":
            raise _not_ready(places, each.name)


def _not_ready(places: Places, name: str) -> Obstacle:
    log = places.logs / f"{name}.log"
    return Obstacle(f"{name} does not become ready. The end of {log}:\n{log_end(log)}")
