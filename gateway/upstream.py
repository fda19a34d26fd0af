"""The services behind the gateway: where they are, the token each gets, and how long one waits for them."""

import json
import os
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import IO, Any, ClassVar
from urllib.parse import unquote, urlencode

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import (
    ConnectTimeoutError,
    EmptyPoolError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
)
from werkzeug.exceptions import HTTPException

from gateway import breaker, keys, wire
from services.common import telemetry
from services.common.access import NOBODY, Actor
from services.common.errors import Refused

ADDRESSES = {
    "registry": os.environ.get("REGISTRY_URL", "http://127.0.0.1:8081"),
    "vacancies": os.environ.get("VACANCIES_URL", "http://127.0.0.1:8082"),
    "matching": os.environ.get("MATCHING_URL", "http://127.0.0.1:8083"),
}
TOKEN_S, RENEWED_S = 120, 30  # a token is good for the first, and replaced when it has the second left
TOKENS_AT_MOST = 10_000
SMALL = 64 * 1024  # bytes of a body; a larger one is an upload
NEXT = re.compile(r'[?&]cursor=([^&>]+)[^>]*>; rel="next"')

_tokens: dict[tuple[Actor, str], tuple[str, float]] = {}


class Unanswered(Refused):
    """A part of the platform gave no answer."""

    status: ClassVar[int]

    def __init__(self, *, retry_after: int = 2) -> None:
        super().__init__()
        self.retry_after = retry_after


class ServiceAway(Unanswered):
    """This part of the platform is away right now, the others are not: try again in a moment."""

    status = 503


class ServiceBusy(Unanswered):
    """This part of the platform has more to do than it can take, and nothing was changed: try again in a moment."""

    status = 503


class ServiceBroken(Unanswered):
    """This part of the platform broke off before its answer: look whether it was done, or repeat the request
    with the same Idempotency-Key.
    """

    status = 502


class ServiceSlow(Unanswered):
    """This part of the platform takes too long to answer: look whether it was done, or repeat the request
    with the same Idempotency-Key.
    """

    status = 504


class Declined(HTTPException):
    """A service refused what a page asked.

    kind: as `nik-taken`; sentence: why, in the language that was asked for; fields: sentences by JSON pointer;
    subject: what it is about.
    """

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__()
        self.code = status
        said = _problem(body)
        self.kind: str | None = said.get("type")
        self.sentence: str | None = said.get("title")
        self.fields: Mapping[str, list[str]] = said.get("errors") or {}
        self.subject: str | None = said.get("detail")


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a service answered to a page of the portal; cursor leads to the next part of a list."""

    body: Any
    cursor: str | None


def call(
    service: str,
    method: str,
    target: str,
    *,
    actor: Actor,
    headers: Iterable[tuple[str, str]] = (),
    body: IO[bytes] | None = None,
    chunked: bool = False,
) -> BaseHTTPResponse:
    """Return a service's answer, of which no more than the head was read. Close it, or read it to its end.

    :param target: path and query, percent-encoded.
    :raises ServiceAway, ServiceBusy, ServiceBroken, ServiceSlow: there is none.
    """
    said = {**dict(headers), **_ours(service, actor)}
    address, upload = ADDRESSES[service], chunked or int(said.get("Content-Length", 0)) > SMALL
    try:
        with breaker.of(service, address).calling() as wait:
            connections = uploads(address) if upload else pool(address)
            return connections.ask(method, target, said, body, chunked=chunked, wait=wait)
    except breaker.Open as error:
        raise ServiceAway(retry_after=error.retry_after) from error
    except HTTPError as error:
        raise _told(error) from error


def _told(error: HTTPError) -> Unanswered:
    if isinstance(error, EmptyPoolError):
        return ServiceBusy(retry_after=1)
    if isinstance(error, ReadTimeoutError):
        return ServiceSlow()
    return ServiceAway() if isinstance(error, (NewConnectionError, ConnectTimeoutError)) else ServiceBroken()


def read(service: str, path: str, *, actor: Actor, language: str, **query: str | int | None) -> Page:
    """Return what a service shows at a path, as JSON.

    :raises ServiceAway, ServiceBroken, ServiceSlow: nothing came.
    :raises Declined: the service refused.
    """
    asked = urlencode({name: value for name, value in query.items() if value is not None})
    return page_of(call(service, "GET", f"{path}?{asked}", actor=actor, headers=wanting(language)))


def send(
    service: str, method: str, path: str, said: Any, *, actor: Actor, language: str, key: str | None = None
) -> Page:
    """Send JSON to a service, and return its answer; raises as `read` does.

    :param key: an Idempotency-Key. With one it is sent once more where the connection broke, often one that was kept.
    """
    body = json.dumps(said, sort_keys=True).encode()  # under one key it must be the same
    headers = [*wanting(language), ("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    headers += [("Idempotency-Key", key)] if key else []

    def sent() -> Page:
        return page_of(call(service, method, path, actor=actor, headers=headers, body=BytesIO(body)))

    try:
        return sent()
    except ServiceBroken:
        if key is None:
            raise
        return sent()


def wanting(language: str) -> list[tuple[str, str]]:
    """Return the headers of a page that asks for JSON in a language."""
    return [("Accept", "application/json"), ("Accept-Language", language)]


def page_of(answer: BaseHTTPResponse) -> Page:
    """Return a service's answer, read; raises as `read` does."""
    try:
        body = answer.read()
    except HTTPError as error:
        raise ServiceBroken from error
    check(answer.status, body)
    more = NEXT.search(answer.headers.get("Link", ""))
    return Page(body=json.loads(body), cursor=unquote(more[1]) if more else None)


def check(status: int, body: bytes) -> None:
    """:raises ServiceAway, Declined: the answer is that there is none."""
    if status >= 500:  # noqa: PLR2004
        raise ServiceAway
    if status >= 400:  # noqa: PLR2004
        raise Declined(status, body)


@cache
def pool(address: str) -> wire.Pool:
    """Return the kept connections to an address."""
    return wire.Pool.to(address, at_once=wire.AT_ONCE)


@cache
def uploads(address: str) -> wire.Pool:
    """Return those that large bodies go over, so that slow ones are in nobody's way."""
    return wire.Pool.to(address, at_once=wire.UPLOADS_AT_ONCE)


def token(service: str, actor: Actor) -> str:
    """Return a token that tells a service who asks."""
    kept, ends_at = _tokens.get((actor, service), ("", 0.0))
    now = time.time()
    if ends_at - now > RENEWED_S:
        return kept
    fresh = keys.sign({**actor.claims(), "aud": service, "iat": now, "exp": int(now) + TOKEN_S})
    if len(_tokens) >= TOKENS_AT_MOST:
        _tokens.clear()
    _tokens[actor, service] = fresh, now + TOKEN_S
    return fresh


def _ours(service: str, actor: Actor) -> Mapping[str, str]:
    """Return the headers that the gateway answers for."""
    if not telemetry.trace():  # what a process does by itself has an id, too
        telemetry.bind(None)
    bound = telemetry.trace()
    said = {"X-Request-Id": bound["request_id"], "traceparent": bound["traceparent"]}
    said["X-Forwarded-Prefix"] = f"/api/{service}"
    return said if actor is NOBODY else {**said, "Authorization": f"Bearer {token(service, actor)}"}


def _problem(body: bytes) -> dict[str, Any]:
    """Return problem details (RFC 9457); nothing where it is something else."""
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
