"""The gateway's HTTP process: `python -m gateway.web`."""

from pathlib import Path

from flask import Flask
from flask.typing import ResponseReturnValue

from gateway import keys
from gateway.database import database
from gateway.identity.model import LoginWrong, SessionOver
from gateway.identity.routes import AT, accounts, sessions, well_known
from gateway.notice.routes import notices
from gateway.portal.routes import portal
from gateway.proxy import proxy
from gateway.upstream import Unanswered
from services.common.access import Verifier
from services.common.web import app, problems, serve


def create_app() -> Flask:
    made = app.make_app("gateway", database, sessions, accounts, notices, folder=Path(__file__).parent, at=AT)
    for blueprint in (well_known, portal, proxy):
        made.register_blueprint(blueprint)
    # Its own keys, in memory: it would ask itself over HTTP, and wait for itself.
    made.extensions["verifier"] = Verifier(keys.published)
    for refusal in (LoginWrong, SessionOver):
        made.register_error_handler(refusal, unknown)
    made.register_error_handler(Unanswered, unanswered)
    return made


def unknown(error: LoginWrong | SessionOver) -> ResponseReturnValue:
    """Answer that we do not know who asks."""
    headers = {"WWW-Authenticate": "Bearer"}
    return problems.problem(401, type(error).__name__, error.sentence(), headers=headers)


def unanswered(error: Unanswered) -> ResponseReturnValue:
    """Answer that a service did not."""
    return problems.problem(error.status, type(error).__name__, error.sentence(), headers={"Retry-After": "2"})


if __name__ == "__main__":
    serve.serve("gateway", create_app)
