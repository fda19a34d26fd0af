"""The gateway before the three services, each on a port of its own."""

import threading
from contextlib import ExitStack, contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

from gateway import upstream
from tests.conftest import app_of


@contextmanager
def served(monkeypatch):
    """Serve all of them, and return the address of the gateway."""
    with ExitStack() as running:
        for service in upstream.ADDRESSES:
            monkeypatch.setitem(upstream.ADDRESSES, service, running.enter_context(_served(service)))
        yield running.enter_context(_served("gateway"))
        for address in upstream.ADDRESSES.values():
            upstream.pool(address).close()


@contextmanager
def _served(service):
    server = make_server("127.0.0.1", 0, app_of(service), threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Quiet(WSGIRequestHandler):
    def log(self, *_):
        pass
