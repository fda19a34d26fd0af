"""What a process tells its operator: JSON lines with the request's id, health, metrics. Never a personal datum."""

import logging
import re
import secrets
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import prometheus_client
import structlog
from structlog import contextvars

from services.common import settings

LOG = logging.getLogger(__name__)
# By default the values of each frame's variables are logged too: passwords, names, whole bodies.
NO_LOCALS = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))
SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
Check = Callable[[], object]


def start_logging(service: str, process: str) -> None:
    """Send every record of this process to stderr, one JSON object a line."""
    shared: list[Any] = [
        contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        lambda _logger, _name, event: event | {"service": service, "process": process},
    ]
    last: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        NO_LOCALS,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[*last, structlog.processors.JSONRenderer()]
        )
    )
    logging.basicConfig(level=settings.LOG_LEVEL, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for talkative in ("celery.worker.strategy", "celery.app.trace"):  # bus says it, without the payload
        logging.getLogger(talkative).setLevel(logging.WARNING)


def bind(request_id: str | None, traceparent: str | None = None) -> None:
    """Let all that this thread logs, tells and asks carry the request's id; a missing or strange one is replaced."""
    contextvars.clear_contextvars()
    if not (request_id and SAFE_ID.fullmatch(request_id)):
        request_id = secrets.token_hex(8)
    if not (traceparent and TRACEPARENT.fullmatch(traceparent)):
        traceparent = f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
    contextvars.bind_contextvars(request_id=request_id, traceparent=traceparent)


def trace() -> dict[str, str]:
    """Return what a message or a call takes along: request_id and traceparent; empty outside of a request."""
    bound = contextvars.get_contextvars()
    return {key: bound[key] for key in ("request_id", "traceparent") if key in bound}


def serve_health(service: str, checks: Mapping[str, Check]) -> None:
    """Answer /livez, /readyz and /metrics on HEALTH_PORT, beside the process's own work."""
    if not settings.HEALTH_PORT:
        return
    server = make_server(
        settings.HOST, settings.HEALTH_PORT, _health(service, checks), WSGIServer, handler_class=_Quiet
    )
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()


def failing(checks: Mapping[str, Check]) -> list[str]:
    """Return the names of the checks that raise."""
    return [name for name, check in checks.items() if not _passes(name, check)]


def _passes(name: str, check: Check) -> bool:
    try:
        check()
    except Exception as error:  # noqa: BLE001 (whatever it is, the process is not ready)
        LOG.warning("not ready", extra={"check": name, "error": type(error).__name__})
        return False
    return True


def _health(service: str, checks: Mapping[str, Check]) -> Callable[..., Iterable[bytes]]:
    metrics = prometheus_client.make_wsgi_app()

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/metrics":
            answer: Iterable[bytes] = metrics(environ, start_response)
            return answer
        if path not in {"/livez", "/readyz"}:
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"/livez, /readyz, /metrics\n"]
        missing = failing(checks) if path == "/readyz" else []
        start_response("503 Service Unavailable" if missing else "200 OK", [("Content-Type", "text/plain")])
        return [f"{service}: {', '.join(missing) + ' away' if missing else 'ok'}\n".encode()]

    return app


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is inherited)
        """Say nothing: a probe every few seconds is no news."""
