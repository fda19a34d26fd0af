"""The page of the documents, and the documents that are the gateway's own."""

import gzip
import mimetypes
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, jsonify, make_response, render_template, request, send_from_directory

from gateway.documents import asyncapi
from services.common.access import PUBLIC, allow

LOOK = Path(__file__).parent / "look"
SWAGGER_UI = "5.35.0"
WEEK_S = 7 * 24 * 3600
SERVICES = {
    "registry": "people, trainings, certificates, skills and spreadsheets",
    "vacancies": "employers and their vacancies",
    "matching": "who fits what, and why",
    "identity": "accounts, sessions, teams, partners' programs and notices",
}
# As strict as that of the other pages, but for our own scripts, what they ask us, and Swagger UI's drawn arrows.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

documents = Blueprint("documents", __name__, template_folder="templates")


@documents.get("/api")
@allow(PUBLIC)
def show_all() -> Response:
    """List the documents, and show one at a time where the browser runs scripts."""
    answer = make_response(render_template("documents.html", services=SERVICES, address=_address))
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


@documents.get("/api/events.json")
@allow(PUBLIC)
def show_events() -> Response:
    """Show what the services tell each other, as AsyncAPI."""
    return jsonify(asyncapi.document())


@documents.get("/api/look/<any('documents.js', 'documents.css', 'swagger-ui-bundle.js', 'swagger-ui.css'):name>")
@allow(PUBLIC)
def look(name: str) -> Response:
    """Send a script or a style, packed for whoever can unpack it: 2 MB are much on a weak network."""
    if not request.accept_encodings.quality("gzip"):
        return send_from_directory(LOOK, name, max_age=WEEK_S)
    kind, _ = mimetypes.guess_type(name)
    answer = Response(_packed(name), mimetype=kind, headers={"Content-Encoding": "gzip"})
    answer.cache_control.max_age = WEEK_S
    return answer


def _address(name: str) -> str:
    """Return where a file is, by its version, so that a browser may keep it."""
    return f"/api/look/{name}?{SWAGGER_UI}"


@cache
def _packed(name: str) -> bytes:
    return gzip.compress((LOOK / name).read_bytes(), mtime=0)
