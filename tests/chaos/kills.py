"""Ending processes of a platform the hard way; its supervisor brings them back."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress

from deploy.local import leftovers
from tests.waiting import until

BACK_WITHIN_S = 60
SERVERS = {"mongod", "rabbitmq", "epmd"}


def kill(platform, name):
    """Kill a process with all that it started, and return its id."""
    pid = until(lambda: platform.pid(name), BACK_WITHIN_S)
    _signal(leftovers.descendants(pid), signal.SIGKILL)
    return pid


def kill_alone(platform, name):
    """Kill a process, and leave what it started to notice."""
    pid = until(lambda: platform.pid(name), BACK_WITHIN_S)
    os.kill(pid, signal.SIGKILL)
    return pid


def comes_back(platform, name, killed):
    """Wait until another process stands where the killed one stood."""
    return until(lambda: (pid := platform.pid(name)) not in {0, killed} and pid, BACK_WITHIN_S)


@contextmanager
def frozen(platform, name):
    """Have a process stand still, its connections open and its callers unanswered, while the block runs."""
    pids = leftovers.descendants(platform.pid(name))
    _signal(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(pids, signal.SIGCONT)


@contextmanager
def stopped(platform, name):
    """Have a server stopped in order, while the block runs."""
    _supervisor(platform, "stop", name)
    try:
        yield
    finally:
        _supervisor(platform, "start", name)


def pids(platform):
    """Return who runs where."""
    return {each.name: platform.pid(each.name) for each in platform.processes}


def _signal(pids, number):
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _supervisor(platform, *words):
    *action, name = words
    socket = platform.places.socket_directory() / "supervisor"
    group = "servers" if name in SERVERS else "processes"
    command = [sys.executable, "-m", "supervisor.supervisorctl", "-s", f"unix://{socket}", *action, f"{group}:{name}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
