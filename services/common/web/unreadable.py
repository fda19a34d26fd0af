"""The answer to bytes that are no request: the same problem details as any other error, without a word of theirs."""

import json
import logging
import socket
from contextlib import suppress
from http import HTTPStatus

from gunicorn.http import errors
from werkzeug.exceptions import RequestTimeout

from services.common.web import problems
from services.common.web.words import say

LOG = logging.getLogger(__name__)
STATUS: dict[type[Exception], HTTPStatus] = {
    errors.InvalidResponseHeader: HTTPStatus.INTERNAL_SERVER_ERROR,  # ours; gunicorn has it among the client's
    errors.InvalidResponseHeaderName: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ParseException: HTTPStatus.BAD_REQUEST,
    RequestTimeout: HTTPStatus.REQUEST_TIMEOUT,
    Exception: HTTPStatus.INTERNAL_SERVER_ERROR,
}


def answer(client: socket.socket, error: Exception) -> None:
    """Say what is wrong, if the client still listens; its words are neither logged nor repeated."""
    status = next(status for kind, status in STATUS.items() if isinstance(error, kind))
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        LOG.error("unhandled", exc_info=error)
    else:
        LOG.info("unreadable", extra={"status": status, "error": type(error).__name__})
    with suppress(OSError):
        client.settimeout(0.0)
        client.send(_problem(status))


def _problem(status: HTTPStatus) -> bytes:
    title = problems.SENTENCES[500 if status is HTTPStatus.INTERNAL_SERVER_ERROR else 400]
    kind = status.phrase.lower().replace(" ", "-")
    body = json.dumps({"type": kind, "title": say(title), "status": status}).encode()
    head = {
        "Connection": "close",
        "Content-Type": "application/problem+json",
        "Content-Length": len(body),
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in head.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
