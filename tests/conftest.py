"""What every test stands on: a real MongoDB and RabbitMQ (MONGO_URL, AMQP_URL), databases of its own, tokens."""

import importlib
import json
import os
import secrets
import shutil
import tempfile
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# Before any of ours is imported: a database per xdist worker, and secrets of this run alone.
os.environ["DATABASE_PREFIX"] = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_"
os.environ["LIMITS"] = "off"  # hundreds sign in from one address; the tests of limits turn them on
os.environ["SECRETS_DIR"] = tempfile.mkdtemp(prefix="begawi-secrets-")

import hypothesis
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from services.common import settings

SERVICES = {
    "registry": "services.registry",
    "vacancies": "services.vacancies",
    "matching": "services.matching",
    "gateway": "gateway",
}
# The same examples in each run, so that nothing but a change fails it; HYPOTHESIS_PROFILE=default draws others.
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
KEY = ECKey.generate_key("P-256", {"kid": "test"})
# What a deployment starts with stays; all else goes between tests.
STAYS = {"migrations", "data_keys", "skill_numbers"}  # a skill's number is for good: processes rely on it
EMPTY = {}  # by service how many rows there are when all is empty that is emptied
SEEDED = {("registry", "skills"), ("registry", "programmes")}


def pytest_configure():
    """Write the secrets that a first start would write."""
    (settings.SECRETS_DIR / "master.key").write_bytes(secrets.token_bytes(96))
    (settings.SECRETS_DIR / "hmac.key").write_bytes(secrets.token_bytes(32))
    (settings.SECRETS_DIR / "signing.json").write_text(json.dumps({"keys": [KEY.as_dict(private=True)]}))


def pytest_unconfigure():
    shutil.rmtree(settings.SECRETS_DIR, ignore_errors=True)


def database_of(service):
    return importlib.import_module(f"{SERVICES[service]}.database").database


@pytest.fixture(autouse=True, scope="session")
def _gateways_keys():
    """Publish the keys as the gateway does, over HTTP."""

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps({"keys": [KEY.as_dict(private=False)]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.JWKS_URL = f"http://127.0.0.1:{server.server_port}/"
    yield
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def migrated():
    """Bring the four databases and their queues to what this version needs, once a run."""
    for service, package in SERVICES.items():
        client = database_of(service).client
        client.drop_database(database_of(service).name)
        importlib.import_module(f"{package}.migrations").run()
    yield
    for service in SERVICES:
        database_of(service).client.drop_database(database_of(service).name)
        database_of(service).client.close()


@pytest.fixture(autouse=True)
def empty_databases(migrated):
    """Start each test from empty collections (emptied, not dropped: indexes stay, and it is fast).

    To count what lies in a database costs a tenth of emptying it, and most tests leave most of them alone.
    """
    for service in SERVICES:
        db = database_of(service).reader().db
        if db.command("dbStats")["objects"] != EMPTY.get(service):
            for name in db.list_collection_names():
                if name not in STAYS and (service, name) not in SEEDED and not name.startswith("system."):
                    db[name].delete_many({})
            EMPTY[service] = db.command("dbStats")["objects"]


def token(role, service="registry", *, own=None, account="someone", lives_s=60, **said):
    """Sign what the gateway would; said: team, party, scope, sid."""
    claims = {"sub": account, "role": role, "aud": service, "iat": time.time(), "exp": int(time.time()) + lives_s}
    return jwt.encode({"alg": "ES256", "kid": "test"}, claims | ({"own": own} if own else {}) | said, KEY)


@cache
def app_of(service):
    return importlib.import_module(f"{SERVICES[service]}.web").create_app()


@pytest.fixture
def client():
    """Make a client of a service for a role: `client("registry", "worker", own="w-1")`; None: without token."""

    def make(service, role="officer", *, own=None, account="someone", **said):
        http = app_of(service).test_client()
        if role is not None:
            http.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token(role, service, own=own, account=account, **said)}"
        return http

    return make


@pytest.fixture
def repository():
    return Path(__file__).parent.parent
