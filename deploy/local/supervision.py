"""Supervisor (supervisord.org) keeps every process running; this writes its configuration and talks to it."""

import http.client
import os
import resource
import shlex
import socket
import subprocess
import sys
import xmlrpc.client
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from deploy.local import leftovers
from deploy.local.obstacle import Obstacle
from deploy.local.places import REPOSITORY, Places

SERVERS: Final = "servers"
PROCESSES: Final = "processes"
OPEN_FILES_WANTED = 8192

HEAD = """\
[supervisord]
logfile={logs}/supervisord.log
logfile_maxbytes=5MB
logfile_backups=1
pidfile={root}/supervisord.pid
childlogdir={logs}
directory={directory}
minfds={open_files}

[unix_http_server]
file={socket}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""

PROGRAM = """
[program:{name}]
command={command}
environment={environment}
autostart=false
autorestart=true
startsecs=1
startretries=100
stopsignal=TERM
stopwaitsecs={patience_s}
killasgroup=true
redirect_stderr=true
stdout_logfile={logs}/{name}.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=1
"""

# A lower priority starts earlier and stops later.
GROUP = """
[group:{name}]
programs={programs}
priority={priority}
"""


@dataclass(frozen=True)
class Program:
    """What Supervisor keeps running."""

    name: str
    group: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    patience_s: int = 20  # from SIGTERM to SIGKILL


def start(places: Places, programs: list[Program], environment: Mapping[str, str]) -> None:
    """Start supervisord in the background, with none of its programs running yet.

    :raises Obstacle: it does not start.
    """
    places.logs.mkdir(parents=True, exist_ok=True)
    places.socket_directory().mkdir(mode=0o700, exist_ok=True)
    path = places.root / "supervisord.conf"
    path.write_text(_configuration(places, programs))
    marked = {**os.environ, **environment, leftovers.MARK: str(places.root)}
    command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(path)]
    done = subprocess.run(command, env=marked, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Obstacle(f"supervisord does not start: {done.stdout}{done.stderr}")


def is_up(places: Places) -> bool:
    try:
        with _talk(places) as supervisor:
            return bool(supervisor.getState()["statename"] == "RUNNING")
    except OSError:
        return False


def start_group(places: Places, group: str) -> None:
    with _talk(places) as supervisor:
        supervisor.startProcessGroup(group, False)  # noqa: FBT003 XML-RPC knows no names: do not wait


def start_program(places: Places, group: str, name: str) -> None:
    with _talk(places) as supervisor:
        if supervisor.getProcessInfo(f"{group}:{name}")["statename"] in {"STOPPED", "EXITED", "FATAL"}:
            supervisor.startProcess(f"{group}:{name}", False)  # noqa: FBT003


def shut_down(places: Places) -> None:
    with _talk(places) as supervisor:
        supervisor.shutdown()


def programs(places: Places) -> dict[str, dict[str, Any]]:
    """Return what Supervisor knows of each: `statename`, `pid` (0 if it has none), `start` and `now` in seconds."""
    with _talk(places) as supervisor:
        known = sorted(supervisor.getAllProcessInfo(), key=lambda each: (each["group"] != SERVERS, each["name"]))
        return {each["name"]: each for each in known}


def _configuration(places: Places, programs: list[Program]) -> str:
    head = HEAD.format(
        root=places.root,
        logs=places.logs,
        directory=REPOSITORY,
        socket=places.socket_directory() / "supervisor",
        open_files=_open_files(),
    )
    groups = [_group(SERVERS, 1, programs), _group(PROCESSES, 2, programs)]
    return head + "".join([*(_program(places, each) for each in programs), *groups])


def _program(places: Places, program: Program) -> str:
    pairs = (f'{name}="{value}"' for name, value in program.environment.items())
    return PROGRAM.format(
        name=program.name,
        command=shlex.join(program.command),
        environment=",".join(pairs),
        patience_s=program.patience_s,
        logs=places.logs,
    )


def _group(name: str, priority: int, programs: Iterable[Program]) -> str:
    members = [program.name for program in programs if program.group == name]
    return GROUP.format(name=name, programs=",".join(members), priority=priority) if members else ""


def _open_files() -> int:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return OPEN_FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES_WANTED)


@contextmanager
def _talk(places: Places) -> Iterator[Any]:
    with xmlrpc.client.ServerProxy("http://localhost", transport=_UnixTransport(places)) as proxy:
        yield proxy.supervisor


class _UnixTransport(xmlrpc.client.Transport):
    def __init__(self, places: Places) -> None:
        super().__init__()
        self._path = str(places.socket_directory() / "supervisor")

    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        self._extra_headers = []
        connection = self._connection[1] if self._connection else None
        self._connection = host, connection or _UnixConnection(self._path)
        return self._connection[1]


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=10)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        try:
            self.sock.connect(self._path)
        except OSError:
            self.close()
            raise
