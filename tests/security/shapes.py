"""Where strings and objects stand in the JSON that an operation takes, as its document says."""

from copy import deepcopy

from tests.contracts.document import json_body
from tests.security.asking import resolved


def places(operation, side):
    """Yield each place of the body: its way, what the document says of it, and a function that puts something there."""
    schema = json_body(operation.said)["schema"]
    for way, said in _places(operation, schema, ()):
        yield way, said, lambda what, way=way: _put(operation.example(side), way, what)


def takes(said, kind):
    """Tell whether a value of a kind may stand there: string, object, array, null."""
    kinds = said.get("type", [])
    return kind in ([kinds] if isinstance(kinds, str) else kinds)


def _places(operation, schema, way):
    said = resolved(operation, schema)
    yield way, said
    for each in said.get("allOf", []) + said.get("anyOf", []) + said.get("oneOf", []):
        yield from _places(operation, each, way)
    for name, each in said.get("properties", {}).items():
        yield from _places(operation, each, (*way, name))
    if "items" in said:
        yield from _places(operation, said["items"], (*way, 0))


def _put(body, way, what):
    """Return a body with something at a place; what stands around it is made where it is not there."""
    whole = [deepcopy(body)]
    at, last = whole, 0
    for step in way:
        inner = at[last]
        if isinstance(step, int):
            if not isinstance(inner, list) or not inner:
                at[last] = inner = [{}]
        elif not isinstance(inner, dict):
            at[last] = inner = {}
        if isinstance(step, str):
            inner.setdefault(step, None)
        at, last = inner, step
    at[last] = what
    return whole[0]
