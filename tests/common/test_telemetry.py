"""What a process tells its operator."""

import io
import json
import logging
import socket

import pytest
import urllib3

from services.common import settings, telemetry


@pytest.fixture
def lines(monkeypatch):
    """Log as a process does, and return what it logged so far."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    telemetry.start_logging("trial", "web")
    return lambda: [json.loads(line) for line in written.getvalue().splitlines()]


class TestALine:
    def test_is_json_with_the_service_the_process_and_the_request(self, lines):
        telemetry.bind("request-1")
        logging.getLogger("x").info("done", extra={"count": 3})

        (line,) = lines()
        assert (line["event"], line["count"], line["level"]) == ("done", 3, "info")
        assert (line["service"], line["process"], line["request_id"]) == ("trial", "web", "request-1")

    def test_of_an_error_shows_where_it_was_and_never_what_the_variables_held(self, lines):
        def register(name):
            raise ValueError

        try:
            register("Siti Rahasia")
        except ValueError:
            logging.getLogger("x").exception("broken")

        (line,) = lines()
        assert line["exception"][0]["exc_type"] == "ValueError"
        assert "register" in json.dumps(line)
        assert "Rahasia" not in json.dumps(line)


class TestATrace:
    def test_goes_along_and_is_made_where_it_is_missing_or_strange(self):
        telemetry.bind("r-1", "00-" + "a" * 32 + "-" + "b" * 16 + "-01")
        assert telemetry.trace() == {"request_id": "r-1", "traceparent": "00-" + "a" * 32 + "-" + "b" * 16 + "-01"}

        telemetry.bind("{strange}\n", "nonsense")
        made = telemetry.trace()
        assert telemetry.SAFE_ID.fullmatch(made["request_id"])
        assert telemetry.TRACEPARENT.fullmatch(made["traceparent"])


class TestHealth:
    def test_tells_that_it_lives_and_whether_it_is_ready(self, monkeypatch):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        monkeypatch.setattr(settings, "HEALTH_PORT", port)
        away = []

        def broker():
            if away:
                raise ConnectionError

        telemetry.serve_health("trial", {"mongodb": lambda: None, "rabbitmq": broker})
        http = urllib3.PoolManager()

        def get(path):
            return http.request("GET", f"http://127.0.0.1:{port}{path}")

        assert (get("/livez").status, get("/readyz").status, get("/other").status) == (200, 200, 404)
        assert b"python_info" in get("/metrics").data
        away.append(1)
        assert (get("/readyz").status, get("/readyz").data) == (503, b"trial: rabbitmq away\n")
        assert get("/livez").status == 200
        http.clear()
