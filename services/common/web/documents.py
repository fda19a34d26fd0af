"""What an OpenAPI document says besides what routes say themselves: read from the app, so that it cannot go astray."""

import ast
import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from marshmallow import fields, validate
from werkzeug.routing import Rule

from services.common import settings
from services.common.access import PUBLIC
from services.common.errors import Refused
from services.common.web import operations, refusals
from services.common.web.operations import JSON, Route

ALWAYS = (401, 429, 503)  # a token may be over, a limit reached, a server away: whatever the route
CONVENTIONS = """
Errors are problem details (RFC 9457): `type` is for programs, `title` for people, `errors` names each wrong field by
JSON pointer. Sentences are Indonesian, or English with `Accept-Language: en`. Every answer has an `X-Request-Id`,
by which we find it in our logs. Behind the gateway, 502 and 504 say that this part of the platform broke off, or was
too slow: repeat the request with the same `Idempotency-Key`.
"""


def info(folder: Path) -> dict[str, Any]:
    """Return what a document says of a whole service, whose package says what it owns."""
    package = folder / "__init__.py"
    said = ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or "" if package.exists() else ""
    owns, _, _ = said.partition("\n\n")
    return {
        "description": f"{owns}\n{CONVENTIONS}",
        "contact": {"name": "Begawi, the manpower office of Balangan", "url": settings.PUBLIC_URL},
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }


def complete(
    document: dict[str, Any], app: Flask, sentences: Mapping[int, str], status_of: Callable[[type[Refused]], int]
) -> dict[str, Any]:
    """Return the document of an app with what its code says.

    :param sentences: what a problem means, by status.
    :param status_of: returns by which status a refusal is answered, unless it says so itself.
    """
    components = document["components"]
    components |= {"responses": {}, "parameters": {}, "headers": {}}
    for tag in document["tags"]:
        tag["description"] = _about(app.blueprints[tag["name"]].import_name)
    for name, schema in components["schemas"].items():
        if name.endswith("View") and schema.get("properties"):
            schema["required"] = sorted(schema["properties"])  # an answer leaves nothing out
    named: set[str] = set()
    for route in _routes(document, app, status_of):
        operations.describe(route, named)
        operations.add_parameters(route, components)
        operations.add_headers(route, components)
        operations.add_problems(route, components, sentences)
        operations.add_example(route, components["schemas"])
    return {**document, "components": {name: each for name, each in components.items() if each}}


def pattern(_: Any, field: fields.Field[Any], **__: Any) -> dict[str, str]:
    """Return a field's pattern as JSON Schema has it: it has no end of its own, and begins anywhere."""
    regexes = [str(each.regex.pattern) for each in field.validators if isinstance(each, validate.Regexp)]
    whole = [each.removeprefix("^").removesuffix("$").removesuffix(r"\Z") for each in regexes]
    return {"pattern": f"^(?:{whole[0]})$"} if whole else {}


def _routes(document: Mapping[str, Any], app: Flask, status_of: Callable[[type[Refused]], int]) -> Iterator[Route]:
    for rule in app.url_map.iter_rules():
        path = document["paths"].get(rule.rule.replace("<", "{").replace(">", "}"), {})
        view = app.view_functions[rule.endpoint]
        for method in sorted(rule.methods or ()):
            if operation := path.get(method.lower()):
                does, refuses = refusals.calls(view), _refuses(rule, view, operation, status_of)
                yield Route(method=method, rule=rule, view=view, operation=operation, does=does, refuses=refuses)


def _refuses(
    rule: Rule, view: Any, operation: Mapping[str, Any], status_of: Callable[[type[Refused]], int]
) -> Mapping[int, list[type[Refused]]]:
    found: dict[int, list[type[Refused]]] = defaultdict(list)
    for status in (*ALWAYS, *_by_the_kernel(rule, view, operation)):
        found[status] = []
    for refusal in refusals.of(view, view.owner):
        found[getattr(refusal, "status", None) or status_of(refusal)].append(refusal)
    return dict(sorted(found.items()))


def _by_the_kernel(rule: Rule, view: Any, operation: Mapping[str, Any]) -> Iterator[int]:
    """Yield the statuses of problems that a route need not know of."""
    body, does = operation.get("requestBody", {}).get("content", {}), refusals.calls(view)
    if PUBLIC not in view.allowed:
        yield 403
    if rule.arguments or any(":" in who for who in view.allowed):
        yield 404
    if JSON in body:
        yield from (400, 415)
    if body or "idempotency.change" in does:
        yield 408
        yield 413
    if "422" in operation["responses"]:
        yield 422
    if "conditional.expected" in does:
        yield from (412, 428)


def _about(import_name: str) -> str:
    """Return what the model of a slice says its noun is; what has no model speaks for itself."""
    module = sys.modules.get(f"{import_name.rpartition('.')[0]}.model") or sys.modules[import_name]
    return inspect.cleandoc(module.__doc__ or "")
