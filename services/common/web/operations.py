"""What a document says of one operation: for whom it is, what it takes, which headers it has and how it can end."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from werkzeug.routing import Rule

from services.common.errors import Refused
from services.common.web import refusals

JSON = "application/json"
CONTENT = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
WHO = {"public": "anybody", "worker:self": "the worker it is about", "partner:own": "the partner's program it is about"}
PARAMETERS: Mapping[str, dict[str, Any]] = {
    "Idempotency-Key": {
        "description": "names the request: sent again within 24 hours, it is done once and answered as the first time",
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
        "example": "5f8a7c1e-2b9d-4f63",
    },
    "If-Match": {
        "description": "the ETag of your last read: nobody overwrites what they have not seen; `*` overwrites all",
        "required": True,
        "schema": {"type": "string"},
        "example": '"1"',
    },
    "If-None-Match": {
        "description": "the ETag of your last read: 304 says that it still stands",
        "schema": {"type": "string"},
        "example": '"1"',
    },
}
HEADERS: Mapping[str, dict[str, Any]] = {
    "ETag": {"description": "the version, for If-Match and If-None-Match", "required": True},
    "Location": {"description": "where it is found; with 202, the job that does it", "required": True},
    "Link": {"description": 'the next page, as `<…>; rel="next"`; there is none after the last one'},
    "Retry-After": {"description": "seconds after which to try again", "required": True},
    "WWW-Authenticate": {"description": "how to say who you are", "required": True},
}
HEADERS_OF = {401: ("WWW-Authenticate",), 429: ("Retry-After",), 503: ("Retry-After",)}


@dataclass(frozen=True, kw_only=True)
class Route:
    """A documented route. does: what its view calls; refuses: in which problems it can end, by status."""

    method: str
    rule: Rule
    view: Callable[..., Any]
    operation: dict[str, Any]
    does: set[str]
    refuses: Mapping[int, list[type[Refused]]]


def describe(route: Route, named: set[str]) -> None:
    """Say how an operation is called, and for whom it is. One that has several addresses is called after each."""
    operation = route.operation
    name = f"{operation['tags'][0]}_{route.view.__name__}".replace("-", "_")
    noun = route.rule.rule.partition("/v1/")[2].partition("/")[0].replace("-", "_")
    operation["operationId"] = f"{name}_{noun}" if name in named else name
    named.add(operation["operationId"])
    who = [WHO.get(each) or _who(each) for each in operation["x-allowed"]]
    operation["description"] = "\n\n".join(filter(None, [operation.get("description"), f"For {', '.join(who)}"]))


def _who(allowed: str) -> str:
    """Return a role, a relation or a scope in words."""
    role, _, which = allowed.partition(":")
    if role == "partner":
        return f"a partner's program that may `{which}`"
    return f"the {role} whose it is" if which else f"{role}s"


def add_parameters(route: Route, components: dict[str, Any]) -> None:
    said = route.operation.setdefault("parameters", [])
    for parameter in said:  # a query has no null: what is not asked for, is left out
        kind = parameter.get("schema", {}).get("type")
        if isinstance(kind, list):
            parameter["schema"]["type"] = kind[0]
        if "default" in parameter.get("schema", {}) and parameter["schema"]["default"] is None:
            del parameter["schema"]["default"]
        if None in parameter.get("schema", {}).get("enum", ()):
            parameter["schema"]["enum"].remove(None)
    for name in _parameters(route):
        components["parameters"][name] = {"in": "header", "name": name, **PARAMETERS[name]}
        said.append({"$ref": f"#/components/parameters/{name}"})
    if not said:
        del route.operation["parameters"]


def _parameters(route: Route) -> Iterator[str]:
    if _is_idempotent(route):
        yield "Idempotency-Key"
    if "conditional.expected" in route.does:
        yield "If-Match"
    if _has_etag(route) and route.method == "GET":
        yield "If-None-Match"


def _is_idempotent(route: Route) -> bool:
    return bool({"idempotency.create", "idempotency.change"} & route.does)


def _has_etag(route: Route) -> bool:
    return _is_idempotent(route) or "conditional.shown" in route.does or "ETag" in refusals.texts(route.view)


def add_headers(route: Route, components: dict[str, Any]) -> None:
    """Say which headers the good answers have, and that GET may be answered by 304."""
    names = [name for name, has in _headers(route).items() if has]
    for status, response in list(route.operation["responses"].items()):
        if status.startswith("2") and names:
            response["headers"] = _referred(names, components)
    if names and route.method == "GET" and "ETag" in names:
        unchanged = {"description": "as you know it", "headers": _referred(["ETag"], components)}
        route.operation["responses"]["304"] = unchanged


def _headers(route: Route) -> Mapping[str, bool]:
    queries = [each.get("name") for each in route.operation.get("parameters", ())]
    made = "idempotency.create" in route.does or "Location" in refusals.texts(route.view)
    return {"ETag": _has_etag(route), "Location": made, "Link": "cursor" in queries}


def _referred(names: Any, components: dict[str, Any]) -> dict[str, Any]:
    for name in names:
        components["headers"][name] = {**HEADERS[name], "schema": {"type": "string"}}
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def add_problems(route: Route, components: dict[str, Any], sentences: Mapping[int, str]) -> None:
    """Say in which problems a route can end; those with types of their own name them."""
    said = route.operation["responses"]
    for status, types in route.refuses.items():
        sentence = sentences.get(status) or HTTPStatus(status).phrase
        problem: dict[str, Any] = {"description": sentence, "content": CONTENT}
        problem |= {"headers": _referred(HEADERS_OF[status], components)} if status in HEADERS_OF else {}
        own = said.get(str(status), {})
        if "content" in own:  # the route may also answer in a shape of its own, as OAuth's is
            said[str(status)] = problem | own | {"content": {**own["content"], **CONTENT}}
        elif types:
            listed = (f"* `{refusals.kind(each.__name__)}`: {each.sentence()}" for each in types)
            said[str(status)] = problem | {"description": "\n".join([sentence, "", *listed])}
        else:
            name = HTTPStatus(status).name
            components["responses"][name] = problem
            said[str(status)] = {"$ref": f"#/components/responses/{name}"}
    route.operation["responses"] = dict(sorted(said.items()))


def add_example(route: Route, schemas: Mapping[str, Any]) -> None:
    body = route.operation.get("requestBody", {}).get("content", {}).get(JSON)
    if body and (example := _example(body["schema"], schemas)) is not None:
        body["example"] = example


def _example(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """Return an example that is made of those of a schema's fields; None where there is none."""
    if "example" in schema:
        return schema["example"]
    if "$ref" in schema:
        return _example(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "items" in schema:
        item = _example(schema["items"], schemas)
        return None if item is None else [item]
    found = {name: _example(each, schemas) for name, each in schema.get("properties", {}).items()}
    return {name: each for name, each in found.items() if each is not None} or None
