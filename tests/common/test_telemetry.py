"""What a process tells its operator."""

import io
import json
import logging
import smtplib
import socket
import subprocess
import sys

import pytest
import urllib3
from marshmallow import ValidationError
from pymongo.errors import DuplicateKeyError

from services.common import settings, telemetry
from services.reference.regions import RegionUnknown


@pytest.fixture
def lines(monkeypatch):
    """Log as a process does, and return what it logged so far."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    telemetry.start_logging("trial", "web")
    return lambda: [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.fixture
def at_debug(monkeypatch):
    """Let an operator want to know everything."""
    monkeypatch.setattr(settings, "LOG_LEVEL", "DEBUG")


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


def fail(error):
    raise error


class TestAnException:
    """Of others' exceptions the messages hold what was asked of them."""

    @pytest.fixture
    def logged(self, lines):
        def log(error, cause=None):
            error.__cause__ = cause
            try:
                fail(error)
            except type(error):
                logging.getLogger("x").exception("broken")
            return lines()[-1]["exception"]

        return log

    @pytest.mark.parametrize(
        "error",
        [
            DuplicateKeyError('E11000 duplicate key error dup key: { name: "Siti Rahasia" }', 11000, {}),
            ValidationError({"name": ["Siti Rahasia is none"]}),
            urllib3.exceptions.LocationParseError("/v1/workers?name=Siti Rahasia"),
            smtplib.SMTPRecipientsRefused({"Siti Rahasia": (550, b"no such user")}),
            ValueError("Siti Rahasia"),
            KeyError("Siti Rahasia"),
        ],
    )
    def test_shows_what_it_is_and_where_it_was_alone(self, logged, error):
        error.add_note("it was Siti Rahasia")
        (shown,) = logged(error)

        assert (shown["exc_type"], shown["exc_value"]) == (type(error).__name__, "")
        assert shown["frames"]
        assert "Rahasia" not in json.dumps(shown)
        assert telemetry.said(error).startswith(f"{type(error).__name__} at test_telemetry.py:")

    def test_shows_the_message_where_it_tells_of_code_or_is_ours(self, logged):
        assert logged(AttributeError("no attribute x"))[0]["exc_value"] == "no attribute x"
        assert logged(RegionUnknown("00.00.00"))[0]["exc_value"] == "00.00.00"
        assert telemetry.said(RegionUnknown("00.00.00")) == "RegionUnknown: 00.00.00"

    def test_is_as_discreet_of_what_it_came_from(self, logged):
        try:
            int("Siti Rahasia")
        except ValueError as cause:
            first, second = logged(AttributeError("no attribute x"), cause)

        assert (first["exc_value"], second["exc_type"], second["exc_value"]) == ("no attribute x", "ValueError", "")

    def test_that_ends_the_process_is_a_line_too(self, repository):
        code = "from services.common import telemetry as t; t.start_logging('trial', 'web'); {}['Siti Rahasia']"
        done = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, check=False)

        assert done.returncode == 1
        assert json.loads(done.stderr)["exception"][0]["exc_type"] == "KeyError"
        assert "Rahasia" not in done.stderr


class TestAMessage:
    @pytest.mark.parametrize(
        "personal",
        [
            "6311014107959001",
            "081234567890",
            "+62 812-3456-7890",
            "0812 3456 7890",
            "siti@example.com",
            "siti.r@x.co.id",
        ],
    )
    def test_of_a_library_is_freed_of_long_numbers_and_addresses(self, lines, personal):
        logging.getLogger("library").warning("refused %s, at /v1/workers?q=%s", personal, personal)

        assert lines()[0]["event"] == "refused ######, at /v1/workers?q=######"

    @pytest.mark.parametrize(
        "plain",
        ["0192e5a0-1234-7890-8123-123456789012", "127.0.0.1:8080", "12345678", "in 12.345678901 s", "w1234567890"],
    )
    def test_keeps_ids_addresses_of_machines_and_measures(self, lines, plain):
        logging.getLogger("library").warning("%s", plain)

        assert lines()[0]["event"] == plain

    @pytest.mark.parametrize("library", ["pymongo.command", "urllib3.connectionpool", "kombu", "celery", "amqp"])
    def test_of_a_library_that_shows_what_it_carries_is_not_logged(self, at_debug, lines, library):
        logging.getLogger(library).debug("Siti Rahasia")
        logging.getLogger("services.x").debug("ours")

        assert [line["event"] for line in lines()] == ["ours"]


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
