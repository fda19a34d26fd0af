"""Where everything lies and listens: all files under one root, all ports from one base."""

import fcntl
import hashlib
import os
import socket
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local import narration
from deploy.local.obstacle import Obstacle

REPOSITORY = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
LOWEST = 1024  # below it only root may listen
HIGHEST = 65535 - 33  # epmd takes the last one, 33 above the base


@dataclass(frozen=True)
class Places:
    """The files and ports of one platform; several stand beside each other with other roots and bases."""

    root: Path
    port: int

    def __post_init__(self) -> None:
        if not LOWEST <= self.port <= HIGHEST:
            raise Obstacle(f"BEGAWI_PORT is {self.port}; it must lie between {LOWEST} and {HIGHEST}.")
        if set(str(self.root)) & set('%"'):  # Supervisor's configuration gives them a meaning
            raise Obstacle(f'BEGAWI_HOME is {self.root}; it must not hold % or ".')

    @property
    def logs(self) -> Path:
        return self.root / "log"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def mongodb(self) -> Path:
        return self.root / "mongodb"

    @property
    def rabbitmq(self) -> Path:
        return self.root / "rabbitmq"

    @property
    def mongodb_port(self) -> int:
        return self.port + 30

    @property
    def amqp_port(self) -> int:
        return self.port + 31

    @property
    def distribution_port(self) -> int:
        return self.port + 32

    @property
    def epmd_port(self) -> int:
        return self.port + 33

    def socket_directory(self) -> Path:
        """Return a short directory of ours alone: a Unix socket's path ends at 107 characters, a root may not.

        :raises Obstacle: something that is not ours alone lies there.
        """
        digest = hashlib.sha256(str(self.root).encode()).hexdigest()[:12]
        path = Path(tempfile.gettempdir()) / f"begawi-{os.getuid()}-{digest}"
        if os.path.lexists(path):
            found = path.lstat()  # not through a link that somebody else has laid there
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
                raise Obstacle(f"{path} is not a directory of yours alone; remove it.")
        return path

    @contextmanager
    def reserved(self) -> Iterator[None]:
        """Keep a second `up` or `down` of the same platform waiting until this one is through."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                narration.say("another command is at work on this platform; waiting for it")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def check_free(ports: dict[int, str]) -> None:
    """Raise an Obstacle that names each port a stranger holds, and what needed it."""
    taken = [f"{port} ({use})" for port, use in ports.items() if not _can_bind(port)]
    if taken:
        raise Obstacle(
            f"Another program holds port {', '.join(taken)}.\n"
            "End it, or give the platform other ports: BEGAWI_PORT=18000 make run"
        )


def _can_bind(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port in TIME_WAIT is free
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
