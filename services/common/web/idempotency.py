"""Commands that a client may send again: the Idempotency-Key is kept in the transaction of its effect."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from flask import request

from services.common import access, seal
from services.common.errors import Refused
from services.common.mongo import Database, Once, Repeated, Tx, new_id
from services.common.web import conditional
from services.common.web.conditional import Versioned

Resource = TypeVar("Resource", bound=Versioned)
KEY = re.compile(r"[\x21-\x7e]{1,200}")


class KeyUnusable(Refused):
    """An Idempotency-Key has 1 to 200 visible ASCII characters."""


def create(
    database: Database,
    command: Callable[..., Resource],
    read: Callable[[Tx, str], Resource],
    at: str,
    /,
    *,
    status: int = 201,
    body: str | None = None,
    **asked: Any,
) -> tuple[Resource, int, dict[str, str]]:
    """Carry out a command that makes a resource under a new id; answer a repeated request as the first, with
    the resource as it stands now.

    :param at: where the resource is found, as "/v1/workers/{}".
    :param body: what makes two requests the same, where the body was read in pieces.
    """
    id_ = new_id()
    made = _once(database, command, read, status=status, resource=id_, body=body, asked={"id": id_, **asked})
    location = {"Location": request.script_root + at.format(made.id)}
    return made, status, location | conditional.etag(made)


def change(
    database: Database,
    command: Callable[..., Resource],
    read: Callable[[Tx, str], Resource],
    resource: str,
    /,
    **asked: Any,
) -> tuple[Resource, dict[str, str]]:
    """Carry out a command that changes the resource; a repeated request changes nothing and gets it as it stands."""
    return conditional.shown(_once(database, command, read, status=200, resource=resource, asked=asked))


def _once(
    database: Database,
    command: Callable[..., Resource],
    read: Callable[[Tx, str], Resource],
    *,
    status: int,
    resource: str,
    asked: dict[str, Any],
    body: str | None = None,
) -> Resource:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return database.transact(command, **asked)
    if not KEY.fullmatch(key):
        raise KeyUnusable(key[:20])
    once = Once(key=f"{access.actor().id} {key}", fingerprint=_fingerprint(body), status=status, resource=resource)
    try:
        return database.transact_once(once, command, **asked)
    except Repeated as repeated:
        # In a transaction, whose end waits until the first one's is on disk too.
        return database.transact(read, repeated.resource)


def _fingerprint(body: str | None) -> str:
    body = body or request.get_data(cache=True).decode("utf-8", "replace")
    return seal.fingerprint("request", f"{request.method} {request.path}\n{body}")
