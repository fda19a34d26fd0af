"""`/api/<service>/v1/…`: passes a request on to its service, and the answer back, without looking into either."""

import errno
import logging
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from flask import Blueprint, Response, request
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError
from werkzeug.exceptions import NotFound

from gateway import upstream
from gateway.upstream import ServiceBroken
from services.common import access
from services.common.web import uploads

LOG = logging.getLogger(__name__)

proxy = Blueprint("proxy", __name__)

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
# An empty, "." or ".." part could lead out of /v1; so could what some server takes for a slash.
TRICK = re.compile(r"(?:^|/)\.{0,2}(?:/|$)|[\\\x00-\x1f\x7f]")
LEGAL = "/:@!$&'()*+,;=~"  # RFC 3986: what a path may hold besides letters, digits and -._
CHUNK = 64 * 1024
SHORT = 256 * 1024  # bytes of an answer that is taken at once, and is the kernel's at once (services.common.web)
LARGEST = 52 * 1024 * 1024  # bytes of a body that any service takes; each knows what its routes take
HOP_BY_HOP = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade",
}  # fmt: skip
# What a client may say to a service; all else is of this hop, the gateway's to say, or for some other server's ears.
HEARD = (
    "Accept", "Accept-Encoding", "Accept-Language", "Content-Encoding", "Content-Type", "Idempotency-Key", "If-Match",
    "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Prefer", "Range", "tracestate",
    "User-Agent",
)  # fmt: skip
OURS_BACK = {"server", "date", "set-cookie", "x-request-id", "ratelimit", "ratelimit-policy"}


class Passed(Response):
    """A service's answer; what the service did not say of it, nobody adds."""

    default_mimetype = None


@proxy.route(
    f"/api/<any({', '.join(upstream.ADDRESSES)}):service>/v1/<path:path>",
    methods=METHODS,
    provide_automatic_options=False,
    merge_slashes=False,
)
@access.allow(access.PUBLIC)
@uploads.body_at_most(LARGEST)
def forward(service: str, path: str) -> Response:
    """Pass the request on; the service decides who may, by the token that says who asks."""
    if TRICK.search(path):
        raise NotFound
    length, chunked = request.content_length, "Transfer-Encoding" in request.headers
    answer = upstream.call(
        service,
        request.method,
        _target(path),
        actor=access.actor(),
        headers=_passed_on(length),
        body=request.stream if length or chunked else None,
        chunked=chunked,
    )
    said = Passed(_body(answer), answer.status, _passed_back(answer))
    # One that was broken off halfway must not carry the next one's answer.
    said.call_on_close(answer.close)
    return said


def _target(path: str) -> str:
    query = request.environ.get("QUERY_STRING")
    return f"/v1/{quote(path, LEGAL)}" + (f"?{query}" if query else "")


def _passed_on(length: int | None) -> Iterator[tuple[str, str]]:
    dropped = _named(request.headers.get("Connection"))
    for name in HEARD:
        value = request.headers.get(name)
        if value is not None and name.lower() not in dropped:
            yield name, value
    if length:
        yield "Content-Length", str(length)


def _passed_back(answer: BaseHTTPResponse) -> list[tuple[str, str]]:
    dropped = HOP_BY_HOP | OURS_BACK | _named(answer.headers.get("Connection"))
    return [(name, value) for name, value in answer.headers.items() if name.lower() not in dropped]


def _named(connection: str | None) -> set[str]:
    """Return the headers that a Connection header declares to be of this hop alone."""
    return {name.strip().lower() for name in connection.split(",")} if connection else set()


def _body(answer: BaseHTTPResponse) -> Iterable[bytes]:
    """Return a short body whole, so that its connection is free at once, and a longer one as it comes."""
    length = answer.length_remaining
    if length is None or length > SHORT:
        return _stream(answer)
    try:
        return [answer.read(decode_content=False)]
    except HTTPError as error:
        raise ServiceBroken from error


def _stream(answer: BaseHTTPResponse) -> Iterator[bytes]:
    """Yield a body; where it breaks off, break off: the client must not take what it has for the whole."""
    try:
        yield from answer.stream(CHUNK, decode_content=False)
    except HTTPError as error:
        LOG.warning("the service broke off within its answer", extra={"error": type(error).__name__})
        raise BrokenPipeError(errno.EPIPE, "the service broke off") from error
