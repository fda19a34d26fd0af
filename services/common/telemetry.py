"""What a process tells its operator: JSON lines with the request's id, health, metrics. Never a personal datum."""

import logging
import re
import secrets
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import prometheus_client
import structlog
from structlog import contextvars

from services.common import settings

LOG = logging.getLogger(__name__)
OURS = {"services", "gateway", "deploy"}
# They tell of code alone; others' messages hold what was asked: a duplicate key's value, a URL, an address refused.
TELL_OF_CODE = (TypeError, AttributeError, NameError, ImportError, NotImplementedError, OSError)
TALKATIVE = ("pymongo", "urllib3", "amqp", "kombu", "celery")  # at DEBUG they log what they carry
MASK = "######"
E_MAIL = re.compile(r"[^\s@\"'<>(),;=]+@[^\s@\"'<>(),;]+\.[^\W\d_]{2,}")
LONG_NUMBER = re.compile(r"(?<![\w.:-])\+?\d(?:[ -]?\d){8,}(?![\w-])")  # as a NIK, a phone number, a policy's
IDS = {"request_id", "traceparent", "event_id", "timestamp"}
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
        structlog.processors.ExceptionRenderer(_Discreet()),
        lambda _logger, _name, event: {name: _shown(name, value) for name, value in event.items()},
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[*last, structlog.processors.JSONRenderer()]
        )
    )
    logging.basicConfig(level=settings.LOG_LEVEL, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))
    for talkative in ("celery.worker.strategy", "celery.app.trace"):  # bus says it, without the payload
        logging.getLogger(talkative).setLevel(logging.WARNING)
    if sys.excepthook is sys.__excepthook__:  # Python's own prints what is wrong, with whatever the message holds
        sys.excepthook = _end
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = lambda ended: _end(ended.exc_type, ended.exc_value, ended.exc_traceback)


def said(error: BaseException) -> str:
    """Return what an exception is, with its message where that is ours or tells of code alone, else with its place."""
    kind = type(error)
    if message := _message(error):
        return f"{kind.__name__}: {message}"
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return kind.__name__ + place


def masked(text: str) -> str:
    """Return a text without e-mail addresses and long numbers."""
    return LONG_NUMBER.sub(MASK, E_MAIL.sub(MASK, text))


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


class _Discreet(structlog.tracebacks.ExceptionDictTransformer):
    """An exception as JSON: where it was, and never what variables, notes and others' messages hold."""

    def __init__(self) -> None:
        super().__init__(show_locals=False)  # by default they are shown: passwords, names, whole bodies

    def __call__(self, exc_info: Any) -> list[dict[str, Any]]:
        errors = _chain(exc_info[1])
        discreet: dict[str, Any] = {"exc_notes": [], "exceptions": []}
        return [
            stack | discreet | {"exc_value": _message(error) if (error := next(errors, None)) else ""}
            for stack in super().__call__(exc_info)
        ]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and those that it came from, in the order in which they are shown."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        cause, context = error.__cause__, None if error.__suppress_context__ else error.__context__
        error = next((each for each in (cause, context) if each and each.__traceback__), None)


def _message(error: BaseException) -> str:
    """Return its message; "" where that may hold something personal."""
    of = type(error).__module__
    is_ours = of.partition(".")[0] in OURS
    return masked(str(error)) if is_ours or (of == "builtins" and isinstance(error, TELL_OF_CODE)) else ""


def _shown(name: str, value: Any) -> Any:
    return masked(value) if isinstance(value, str) and name not in IDS else value


def _end(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        LOG.critical("ending", exc_info=(kind, error or kind(), trace))


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is inherited)
        """Say nothing: a probe every few seconds is no news."""
