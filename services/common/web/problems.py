"""The one shape of every error of every service: RFC 9457 problem details."""

import logging
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from flask import current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_smorest import Api
from marshmallow import Schema, fields
from pymongo.errors import PyMongoError
from werkzeug.exceptions import HTTPException

from services.common import access, errors, mongo, telemetry
from services.common.web import documents, refusals
from services.common.web.words import say

LOG = logging.getLogger(__name__)
STATUS = {
    errors.Missing: 404,
    errors.Outdated: 412,
    errors.Conflict: 409,
    errors.Forbidden: 403,
    errors.Unproven: 401,
    errors.TooMany: 429,
    errors.NotReady: 503,
    errors.Refused: 422,
}
SENTENCES = {
    400: "The request cannot be read.",
    401: "Sign in first, or sign in again: the token is missing, over, or not for this service.",
    403: "You may not do this.",
    404: "There is nothing here, or nothing that you may see.",
    405: "This address does not take this method; the Allow header names those that it takes.",
    408: "The request came too slowly, and was not carried out: send it again, on a better connection if you can.",
    413: "The body is larger than this address takes.",
    409: "It contradicts something that already holds.",
    412: "It was changed by someone else meanwhile: read it again, then repeat your change.",
    415: "The body must be JSON, sent with Content-Type: application/json.",
    422: "Some fields are wrong; each is named with what is wrong.",
    428: "Say with If-Match which version you have seen (the ETag of your last read).",
    429: "Too many requests; wait for as long as Retry-After says.",
    500: "Something went wrong on our side; it is logged under this request's id.",
    503: "Part of the platform is away; nothing was changed. "
    "Try again after Retry-After seconds, with the same Idempotency-Key.",
}
KEPT_HEADERS = {"Allow", "Retry-After", "WWW-Authenticate", "Location"}


class Problem(Schema):
    """An error, as RFC 9457 has it."""

    type = fields.String(required=True, metadata={"description": "what kind of problem, in kebab-case"})
    title = fields.String(required=True, metadata={"description": "one sentence for a person"})
    status = fields.Integer(required=True)
    detail = fields.String(metadata={"description": "what exactly"})
    instance = fields.String(metadata={"description": "the request's id"})
    errors = fields.Dict(
        keys=fields.String(), values=fields.List(fields.String()), metadata={"description": "by JSON pointer"}
    )


class Problems(Api):
    """flask-smorest, with errors as problem details and their headers kept."""

    DEFAULT_ERROR_RESPONSE_NAME = None  # "default" would say that anything may come: each route names what does

    @cached_property
    def document(self) -> dict[str, Any]:
        return documents.complete(self.spec.to_dict(), self._app, SENTENCES, status_of)

    @access.allow(access.PUBLIC)
    def _openapi_json(self) -> ResponseReturnValue:
        return jsonify(self.document)

    def handle_http_exception(self, error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status < 400:  # noqa: PLR2004 (a redirect is no problem)
            return error.get_response()
        messages = (getattr(error, "data", None) or {}).get("messages", {})
        headers = {key: value for key, value in error.get_headers() if key in KEPT_HEADERS}
        if status == 401:  # noqa: PLR2004
            headers.setdefault("WWW-Authenticate", "Bearer")
        sentence = SENTENCES.get(status, error.name)
        return problem(status, type(error).__name__, sentence, fields=pointed(messages), headers=headers)

    def _init_spec(self, **options: Any) -> None:
        super()._init_spec(**options)
        self.ma_plugin.converter.add_attribute_function(documents.pattern)

    def _register_responses(self) -> None:
        """Document what a problem looks like; in which of them a route can end, its code says."""
        self.spec.components.schema("Problem", schema=Problem)

    def _register_pagination_header(self) -> None:
        """Document no header that no answer has: the next page is a Link."""


def problem(
    status: int,
    kind: str,
    title: str,
    *,
    fields: Mapping[str, list[str]] | None = None,
    headers: Mapping[str, str] | None = None,
    detail: str | None = None,
) -> ResponseReturnValue:
    """Return the answer for a problem.

    :param kind: a class's name; its kebab-case is the type.
    :param title: the English sentence.
    :param fields: English sentences by JSON pointer.
    """
    body: dict[str, Any] = {"type": refusals.kind(kind), "title": say(title), "status": status}
    if detail:
        body["detail"] = detail
    if fields:
        body["errors"] = {pointer: [say(sentence) for sentence in said] for pointer, said in fields.items()}
    body["instance"] = telemetry.trace().get("request_id", "")
    answer = current_app.json.response(body)
    answer.status_code = status
    answer.content_type = "application/problem+json"
    answer.headers.update(dict(headers or {}))
    return answer


def status_of(refusal: type[errors.Refused]) -> int:
    return next(STATUS[base] for base in refusal.__mro__ if base in STATUS)


def refused(error: errors.Refused) -> ResponseReturnValue:
    """Answer a refusal of a command."""
    status = status_of(type(error))
    headers = {}
    if status == 409 and error.path and error.subject:  # noqa: PLR2004
        headers["Location"] = request.script_root + error.path.format(error.subject)
    if isinstance(error, errors.TooMany):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, errors.NotReady):
        headers["Retry-After"] = "2"
    if status == 401:  # noqa: PLR2004
        headers["WWW-Authenticate"] = "Bearer"
    fields = {pointer: [sentence] for pointer, sentence in error.fields.items()}
    return problem(status, type(error).__name__, error.sentence(), fields=fields, headers=headers, detail=error.subject)


def away(error: PyMongoError) -> ResponseReturnValue:
    """Answer that MongoDB is away; any other fault of it is one of ours."""
    if mongo.is_away(error):
        LOG.warning("MongoDB is away", extra={"error": type(error).__name__})
        return problem(503, "ServiceUnavailable", SENTENCES[503], headers={"Retry-After": "2"})
    return broken(error)


def broken(error: Exception) -> ResponseReturnValue:
    """Answer a fault of ours, and log it."""
    LOG.error("unhandled", exc_info=error)
    return problem(500, "InternalServerError", SENTENCES[500])


def pointed(messages: Any) -> dict[str, list[str]]:
    """Return webargs' nested messages by JSON pointer; those of the query under `?name`."""
    if not isinstance(messages, dict):
        return {}
    found: dict[str, list[str]] = {}
    for location, nested in messages.items():
        prefix = {"query": "?", "headers": "header ", "path": "path "}.get(location, "/")
        for path, sentences in _leaves(nested):
            pointer = prefix + "/".join(path) if path != ["_schema"] else ""
            found.setdefault(pointer.removesuffix("/_schema"), []).extend(sentences)
    return found


def _leaves(nested: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[list[str], list[str]]]:
    if isinstance(nested, dict):
        for key, value in nested.items():
            yield from _leaves(value, (*path, str(key)))
    else:
        yield list(path), [str(sentence) for sentence in nested]
