"""The gateway's HTTP process: `python -m gateway.web`."""

from pathlib import Path

from flask import Flask
from flask.typing import ResponseReturnValue
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway import keys, limits
from gateway.account.routes import AT, accounts
from gateway.claim.routes import claims
from gateway.client.routes import clients
from gateway.database import database
from gateway.grant.routes import discovery, oauth
from gateway.letter.routes import letters
from gateway.notice.routes import notices
from gateway.portal.routes import portal
from gateway.proxy import proxy
from gateway.recovery.routes import recoveries
from gateway.registration.routes import registrations
from gateway.session.routes import sessions, well_known
from gateway.team.routes import teams
from gateway.upstream import Unanswered
from services.common import settings
from services.common.tokens import Verifier
from services.common.web import app, problems, serve

IDENTITY = (sessions, accounts, registrations, claims, recoveries, teams, clients, oauth, notices, letters)
PAGES = (well_known, discovery, portal, proxy)


def create_app() -> Flask:
    made = app.make_app("gateway", database, *IDENTITY, folder=Path(__file__).parent, at=AT)
    for blueprint in PAGES:
        made.register_blueprint(blueprint)
    # Its own keys, in memory: it would ask itself over HTTP, and wait for itself.
    made.extensions["verifier"] = Verifier(keys.published)
    limits.install(made)
    made.register_error_handler(Unanswered, unanswered)
    if hops := settings.TRUSTED_PROXIES:
        made.wsgi_app = ProxyFix(made.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return made


def unanswered(error: Unanswered) -> ResponseReturnValue:
    """Answer that a service did not."""
    headers = {"Retry-After": str(error.retry_after)}
    return problems.problem(error.status, type(error).__name__, error.sentence(), headers=headers)


if __name__ == "__main__":
    serve.serve("gateway", create_app)
