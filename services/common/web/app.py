"""The Flask app every service starts from: JSON in, JSON out, refusals as problem details."""

import logging
import time
from collections.abc import Mapping
from pathlib import Path

import prometheus_client
from flask import Flask, Response, g, request
from pymongo.errors import PyMongoError
from werkzeug.middleware.proxy_fix import ProxyFix

from services.common import access, acts, errors, settings, telemetry
from services.common.mongo import Database
from services.common.standing import Watch
from services.common.telemetry import Check
from services.common.tokens import Verifier
from services.common.web import documents, jobs, limits, problems, uploads, words
from services.common.web.blueprint import Blueprint
from services.common.web.problems import Problems

LOG = logging.getLogger("begawi.http")
SECONDS = prometheus_client.Histogram("begawi_http_seconds", "Time to answer", ["service", "method", "route", "status"])
HEADERS = {  # of data; pages have their own Content-Security-Policy and Referrer-Policy
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-cache",
    "Vary": "Accept-Language, Authorization",
}
HTTPS_ALONE = "max-age=31536000"  # a browser that came over HTTPS once, asks for nothing else for a year


def make_app(
    service: str,
    database: Database,
    *blueprints: Blueprint,
    folder: Path,
    checks: Mapping[str, Check] | None = None,
    at: str = "",
) -> Flask:
    """Return the app of a service.

    :param folder: the service's own, with the id.po of its sentences.
    :param checks: what must answer, besides the database, for the service to be ready.
    :param at: the path under which its API lies; "" for a service, which the gateway shows at /api/<service>.
    """
    words.learn(folder)
    app = Flask(service, static_folder=None)
    app.config.update(
        API_TITLE=f"Begawi: {service}",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=f"{at}/v1",
        MAX_CONTENT_LENGTH=settings.BODY_AT_MOST,
        API_SPEC_OPTIONS={
            "info": documents.info(folder),
            "servers": [{"url": "/" if at else f"/api/{service}"}],
            "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}},
        },
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions |= {"verifier": Verifier(), "watch": Watch(database)}
    if not at:  # the gateway itself believes nobody's X-Forwarded-Prefix
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=0, x_prefix=1)  # type: ignore[method-assign]
    _register(app, (*blueprints, jobs.make_jobs(database, at)))
    _watch(app, service)
    _add_health(app, {"mongodb": database.ping, **(checks or {})})
    return app


def _register(app: Flask, blueprints: tuple[Blueprint, ...]) -> None:
    api = Problems(app)
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    app.register_error_handler(errors.Refused, problems.refused)
    app.register_error_handler(PyMongoError, problems.away)
    app.register_error_handler(Exception, problems.broken)


def _watch(app: Flask, service: str) -> None:
    """Give each request its id, let in who may, and say how it went."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        telemetry.bind(request.headers.get("X-Request-Id"), request.headers.get("traceparent"))
        limits.arrive()
        uploads.limit()
        access.check(service)
        limits.check()

    @app.after_request
    def end(response: Response) -> Response:
        acts.bind(None)
        said = {name.lower() for name, _ in response.headers}
        response.headers.extend([each for each in HEADERS.items() if each[0].lower() not in said])
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = HTTPS_ALONE
        response.headers["X-Request-Id"] = telemetry.trace().get("request_id", "")
        if "If-None-Match" in request.headers and request.method in {"GET", "HEAD"} and response.status_code == 200:  # noqa: PLR2004
            response.make_conditional(request)
        _say(service, response)
        return response


def _say(service: str, response: Response) -> None:
    route = request.url_rule.rule if request.url_rule else "unknown"
    seconds = time.perf_counter() - g.began
    SECONDS.labels(service, request.method, route, response.status_code).observe(seconds)
    said = {"method": request.method, "route": route, "status": response.status_code, "ms": round(seconds * 1000, 1)}
    LOG.info("answered", extra=said)


def _add_health(app: Flask, checks: Mapping[str, Check]) -> None:
    def livez() -> dict[str, str]:
        return {"service": app.name}

    def readyz() -> tuple[dict[str, list[str]], int]:
        away = telemetry.failing(checks)
        return {"away": away}, 503 if away else 200

    def metrics() -> Response:
        return Response(prometheus_client.generate_latest(), content_type=prometheus_client.CONTENT_TYPE_LATEST)

    for view in (livez, readyz, metrics):
        app.add_url_rule(f"/{view.__name__}", view_func=access.allow(access.PUBLIC)(view))
