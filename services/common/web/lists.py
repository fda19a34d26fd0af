"""Lists: a limit, an opaque cursor, the next page as a Link; stable under inserts."""

import base64
import json
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import request
from marshmallow import Schema, ValidationError, fields, validate

Item = TypeVar("Item")
LONGEST = 500  # characters; deeper nesting than fits in them would be a danger to the reader
FOREIGN = "Not a cursor of this list: take the link that came with the last page."


class Cursor(fields.Field[Any]):
    """Where a page ended, as only the list itself reads it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002 (inherited)
        try:
            key = json.loads(base64.urlsafe_b64decode(str(value)[:LONGEST] + "=="))
        except ValueError as error:
            raise ValidationError(FOREIGN) from error
        if not self.is_key(key):
            raise ValidationError(FOREIGN)
        return key

    def is_key(self, key: Any) -> bool:
        """Tell whether it can be where a page of this list ended; most lists are ordered by id."""
        return isinstance(key, str) and key.isprintable()


class PageQuery(Schema):
    """What every list takes."""

    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))
    cursor = Cursor(load_default=None, metadata={"type": "string", "description": "from the Link of the last page"})


def page(
    asked: dict[str, Any],
    find: Callable[..., list[Item]],
    key: Callable[[Item], Any] = lambda item: item.id,  # type: ignore[attr-defined]
) -> tuple[list[Item], dict[str, str]]:
    """Answer with a page.

    :param asked: what a `PageQuery` read, with the list's own filters.
    :param find: gets the filters, `after` (the key where the last page ended, or None) and `limit`.
    :param key: what orders the list, unique, as JSON.
    """
    limit, after = asked.pop("limit"), asked.pop("cursor")
    found = find(after=after, limit=limit + 1, **asked)
    if len(found) <= limit:
        return found, {}
    cursor = base64.urlsafe_b64encode(json.dumps(key(found[limit - 1])).encode()).decode().rstrip("=")
    query = urlencode({**request.args.to_dict(), "cursor": cursor})
    return found[:limit], {"Link": f'<{request.script_root}{request.path}?{query}>; rel="next"'}
