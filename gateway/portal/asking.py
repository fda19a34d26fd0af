"""What the pages of those who have signed in ask of the registry, in their name and language."""

from typing import Any
from urllib.parse import quote

from flask import Response, request

from gateway import upstream
from gateway.portal import visit
from gateway.upstream import Page

REGISTRY = "registry"
AT_ONCE = 200  # as many as a list gives at once
PIECE = 64 * 1024
KEPT = ("Content-Type", "Content-Disposition", "Content-Length")


def read(path: str, **query: str | int | None) -> Page:
    """Return what the registry shows at a path; raises as `upstream.read` does, and so do the others."""
    return upstream.read(REGISTRY, path, actor=visit.visitor(), language=visit.language(), **query)


def each(path: str, at_most: int = 1_000, **query: str | int | None) -> list[Any]:
    """Return all that a list of the registry has, or its first `at_most`."""
    found: list[Any] = []
    cursor = None
    while True:
        page = read(path, limit=AT_ONCE, cursor=cursor, **query)
        found += page.body
        cursor = page.cursor
        if cursor is None or len(found) >= at_most:
            return found[:at_most]


def send(method: str, path: str, said: Any) -> Any:
    """Send JSON to the registry, and return what it answers."""
    return upstream.send(REGISTRY, method, path, said, actor=visit.visitor(), language=visit.language()).body


def pass_form_on(path: str) -> Any:
    """Pass the visitor's form on to the registry as it comes in, its files too, and return what it answers."""
    length = request.content_length
    said = [("Content-Type", request.headers.get("Content-Type", ""))]
    said += [("Content-Length", str(length))] if length else []
    headers = [*upstream.wanting(visit.language()), *said]
    body, chunked = request.stream, length is None
    answer = upstream.call(
        REGISTRY, "POST", path, actor=visit.visitor(), headers=headers, body=body, chunked=chunked
    )  # fmt: skip
    return upstream.page_of(answer).body


def pass_file_back(path: str) -> Response:
    """Pass a file of the registry back to the visitor as it comes in."""
    headers = [("Accept-Language", visit.language())]
    answer = upstream.call(REGISTRY, "GET", path, actor=visit.visitor(), headers=headers)
    if answer.status >= 400:  # noqa: PLR2004
        upstream.check(answer.status, answer.read())
    kept = [(name, answer.headers[name]) for name in KEPT if name in answer.headers]
    said = Response(answer.stream(PIECE, decode_content=False), headers=kept)
    # One that was broken off halfway must not carry the next one's answer.
    said.call_on_close(answer.close)
    return said


def part(id_: object) -> str:
    """Return an id as a part of a path."""
    return quote(str(id_), "")
