"""The registry itself, over HTTP on a port of its own, as the gateway meets it; it can be cut off."""

import socket
import threading
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

from gateway import upstream
from services.common import telemetry
from services.reference import clock
from services.registry.database import database
from tests.conftest import app_of
from tests.registry.test_register_worker import SITI

NIK, NUMBER = SITI["nik"], "LSP-07/2024.0012"
NOBODYS_NIK = "6311014107959999"
PASSING = {"X-Request-Id", "Date", "RateLimit"}  # headers that differ with each answer
CERTIFICATE = {"skill": "smaw-welding", "level": 3, "number": NUMBER, "issuer": "LSP", "issued_on": "2024-01-01"}


class Registry:
    """asked: the paths that were; loses: how many answers are lost on their way, after the registry has acted;
    breaks: how many connections end instead of an answer, likewise.
    """

    def __init__(self):
        self.asked = []
        self.loses = self.breaks = 0

    def __call__(self, environ, start_response):
        self.asked.append(environ["PATH_INFO"])
        if not self.loses and not self.breaks:
            return app_of("registry")(environ, start_response)
        answer = app_of("registry")(environ, lambda *_: None)
        list(answer)
        answer.close()
        if self.breaks:
            self.breaks -= 1
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            return []
        self.loses -= 1
        start_response("503 Service Unavailable", [("Content-Type", "application/json"), ("Content-Length", "2")])
        return [b"{}"]

    @property
    def workers(self):
        return list(database.reader().db.workers.find())

    def looks(self, worker_id):
        return [row["why"] for row in database.reader().db.looks.find({"worker_id": worker_id}).sort("_id")]


@contextmanager
def served(monkeypatch):
    """Serve the registry, and let the gateway find it."""
    telemetry.bind(None)
    registry = Registry()
    server = make_server("127.0.0.1", 0, registry, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    monkeypatch.setitem(upstream.ADDRESSES, "registry", f"http://127.0.0.1:{server.server_port}")
    yield registry
    server.shutdown()
    server.server_close()


def imported(officer, number=NUMBER, **said):
    """Register and certify somebody as an officer would, and return the worker's id."""
    worker = officer.post("/v1/workers", json=SITI | said).json["id"]
    if number:
        path = f"/v1/workers/{worker}/certificates"
        assert officer.post(path, json=CERTIFICATE | {"number": number}).status_code == 201
    return worker


def born(years):
    """Return the birthday of somebody who is so old today."""
    today = clock.today()
    return today.replace(year=today.year - years, day=min(today.day, 28)).isoformat()


def shown(answer):
    """Return all that an answer shows of what it found out."""
    body = {name: value for name, value in answer.json.items() if name != "instance"}
    headers = {name: value for name, value in answer.headers.items() if name not in PASSING}
    return answer.status_code, body, headers


class _Quiet(WSGIRequestHandler):
    def log(self, *_):
        pass
