"""A gateway with accounts, before services that record what they are asked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyotp
import pytest

from gateway import breaker, upstream
from gateway.account import commands
from gateway.account.model import GUARDED, MANAGER, PARTIES, fold
from gateway.database import database
from services.common.mongo import new_id
from services.common.web import counting
from services.reference import clock
from tests.conftest import app_of

PASSWORD = "sungai balangan"
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Service:
    """A service on a port of its own; `answer` says what it answers, and how."""

    def __init__(self):
        self.asked = []
        self.answer = lambda request: request.say({})
        self.read_itself = None  # answers instead, before the body was read
        service = self

        class Request(Asked):
            service = None

        Request.service = service
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
        self._server.handle_error = lambda *_: None  # a client that hangs up is no news
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
        upstream.pool(self.url).close()


class Asked(BaseHTTPRequestHandler):
    """What a service was asked."""

    protocol_version = "HTTP/1.1"
    body = b""

    def respond(self):
        self.service.asked.append(self)
        if self.service.read_itself:
            self.service.read_itself(self)
            return
        if length := int(self.headers.get("Content-Length") or 0):
            self.body = self.rfile.read(length)
        if self.headers.get("Transfer-Encoding") == "chunked":
            while size := int(self.rfile.readline(), 16):
                self.body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        self.service.answer(self)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = respond  # noqa: N815 (http.server's names)

    def say(self, body=b"", status=200, **headers):
        said = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content_Type": "application/json", "Content_Length": len(said), **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said)

    def log_message(self, *_):
        pass


@pytest.fixture
def services(monkeypatch):
    running = {name: Service() for name in upstream.ADDRESSES}
    for name, service in running.items():
        monkeypatch.setitem(upstream.ADDRESSES, name, service.url)
    yield running
    for service in running.values():
        service.stop()
    upstream.pool.cache_clear()
    breaker.of.cache_clear()  # the next service may get the same port


@pytest.fixture
def registry(services):
    return services["registry"]


@pytest.fixture
def vacancies(services):
    return services["vacancies"]


@pytest.fixture
def matching(services):
    return services["matching"]


@pytest.fixture
def visitor():
    return app_of("gateway").test_client()


@pytest.fixture
def one_window(monkeypatch):
    """Let no window of a limit end while a test counts."""
    monkeypatch.setattr(counting, "window", lambda _rule: (1, 50.0))


@pytest.fixture
def account():
    """Create an account: `account("siti", "worker", own="w-1")`; officers and administrators with a second factor."""

    def create(login="budi", role="officer", own=None, team=None, totp=TOTP, **more):
        said = {"login": login, "password": PASSWORD, "role": role, "own": own, "now": clock.now(), **more}
        said["team"] = team or (MANAGER if role in PARTIES else None)
        made = database.transact(commands.create, id=new_id(), by="admin", **said)
        if role in GUARDED and totp:
            made = database.transact(commands.set_totp, account_id=made.id, totp=totp)
        return made

    return create


@pytest.fixture
def sign_in(visitor):
    """Sign in over the API and return the answer; with the code of the second factor, where there is one."""

    def sign_in(login="budi", password=PASSWORD, **more):
        said = {"login": login, "password": password, "otp": otp(login)} | more
        return visitor.post("/api/identity/v1/sessions", json=said)

    return sign_in


def otp(login):
    """Return the code that an app shows for the account now, unused: a test does not wait for the next one."""
    database.reader().db.accounts.update_one({"login": fold(login)}, {"$set": {"totp_step": 0}})
    return pyotp.TOTP(TOTP).now()


def bearer(token):
    return {"Authorization": f"Bearer {token}"}
