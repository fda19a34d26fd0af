"""The server of every web process; the one place that knows which it is."""

import ctypes
import signal
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger

from services.common import settings, telemetry
from services.common.web.worker import Worker

PR_SET_PDEATHSIG = 1  # prctl(2)


def serve(service: str, create_app: Callable[[], Flask]) -> None:
    """Answer HTTP on HOST:PORT until told to stop; WEB_WORKERS processes of WEB_THREADS threads."""
    telemetry.start_logging(service, "web")
    _Server(create_app).run()


class _Log(Logger):
    def setup(self, cfg: Config) -> None:
        """Leave it all to the process's own logging."""


class _Server(BaseApplication):
    def __init__(self, create_app: Callable[[], Flask]) -> None:
        self._create_app = create_app
        super().__init__()

    def load_config(self) -> None:
        chosen: dict[str, Any] = {
            "bind": f"{settings.HOST}:{settings.PORT}",
            "workers": settings.WEB_WORKERS,
            "worker_class": Worker,
            "threads": settings.WEB_THREADS,
            "keepalive": 75,
            "timeout": 60,
            "graceful_timeout": 15,
            "logger_class": _Log,
            "control_socket_disable": True,
            "sendfile": False,  # it would send without patience
            "post_fork": lambda _server, _worker: _end_with_master(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._create_app()


def _end_with_master() -> None:
    """Have the kernel end a worker with its master: an orphan holds the port for 15 s, and takes no new connection."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
