"""Partners' programs, registered over HTTP by whoever may."""

import time

from gateway import keys
from services.common.tokens import Actor
from tests.gateway.conftest import bearer

CLIENTS = "/api/identity/v1/clients"
TOKEN = "/api/identity/v1/oauth/token"
EMPLOYER, INSTITUTION = "0190-employer", "0190-institution"
READ, WRITE, CANDIDATES = "vacancies.read", "vacancies.write", "candidates.read"
PROGRAM = {"name": "Sistem rekrutmen", "party": "employer", "own": EMPLOYER, "scopes": [WRITE, READ, CANDIDATES]}
ENGLISH = {"Accept-Language": "en"}


def as_(role="officer", *, own=None, team=None, account="someone"):
    """Return the headers of somebody who signed in."""
    now = time.time()
    said = Actor(account, role, own, team=team).claims()
    return bearer(keys.sign({**said, "aud": "gateway", "iat": now, "exp": int(now) + 60})) | ENGLISH


MANAGER = {"role": "employer", "own": EMPLOYER, "team": "manager"}


def register(visitor, headers=None, **said):
    """Register a program, and return what is shown of it."""
    answer = visitor.post(CLIENTS, json=PROGRAM | said, headers=headers or as_())
    assert answer.status_code == 201, answer.json
    return answer.json


def ask(visitor, program, *, secret=None, **form):
    """Ask for a token, by the form."""
    shown = {"client_id": program["id"], "client_secret": secret or program["secret"]}
    return visitor.post(TOKEN, data={"grant_type": "client_credentials"} | shown | form)


def token(visitor, program, **form):
    answer = ask(visitor, program, **form)
    assert answer.status_code == 200, answer.json
    return answer.json["access_token"]
