"""Files that come in: bounded by their route, read in pieces."""

from collections.abc import Callable, Iterator
from typing import IO, Any, TypeVar

from flask import current_app, request
from werkzeug.exceptions import Forbidden

from services.common import access

View = TypeVar("View", bound=Callable[..., Any])
PIECE = 1024 * 1024


def body_at_most(size: int) -> Callable[[View], View]:
    """Declare how many bytes the body of a route's requests may have, where it is more than BODY_AT_MOST."""

    def declare(view: View) -> View:
        view.body_at_most = size  # type: ignore[attr-defined]
        return view

    return declare


def limit() -> None:
    """Let the request have the body that its route takes; before anything reads it."""
    view = current_app.view_functions.get(request.endpoint or "")
    size = getattr(view, "body_at_most", None)
    if size is not None:
        request.max_content_length = size


def in_form(name: str) -> Callable[..., str | None]:
    """Return an `owner` for `access.allow`: the request's form says whose it is."""

    def owner(**_: str) -> str | None:
        found = request.form.get(name)
        if found != access.actor().own:
            raise Forbidden
        return found

    return owner


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield what a file holds, in pieces of 1 MiB."""
    while piece := stream.read(PIECE):
        yield piece
