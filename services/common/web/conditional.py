"""ETag and If-Match: nobody overwrites what they have not seen."""

import re
from typing import Any, Protocol, TypeVar

from flask import request
from werkzeug.exceptions import PreconditionRequired

VERSION = re.compile(r"[0-9]{1,18}")  # longer ones cannot all be read, and are no version


class Versioned(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


Resource = TypeVar("Resource", bound=Versioned)


def shown(resource: Resource) -> tuple[Resource, dict[str, str]]:
    """Answer with a resource and its ETag; `app` turns it into 304 where If-None-Match names it."""
    return resource, etag(resource)


def etag(resource: Versioned) -> dict[str, str]:
    return {"ETag": f'"{resource.version}"'}


def expected() -> int | None:
    """Return the version that whoever asks has seen; None when they said `*`.

    :raises PreconditionRequired: they did not say.
    """
    said: Any = request.if_match
    if said.star_tag:
        return None
    for tag in filter(None, said.as_set()):
        if VERSION.fullmatch(tag):
            return int(tag)
    if "If-Match" in request.headers:
        return -1  # not one of ours: no version is like it
    raise PreconditionRequired
