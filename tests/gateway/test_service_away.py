"""A service is away, slow, or breaks off: its part of the platform says so, the others go on."""

import socket
import threading
import time

import pytest
from urllib3 import Timeout

from gateway import upstream

AT = "/api/registry/v1/skills"


@pytest.fixture
def nowhere():
    """Return an address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def registry_is_away(monkeypatch, services, nowhere):
    monkeypatch.setitem(upstream.ADDRESSES, "registry", nowhere)


@pytest.mark.usefixtures("registry_is_away")
class TestAServiceThatIsAway:
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_is_told_as_a_problem_that_passes(self, visitor, method):
        answer = visitor.open(AT, method=method)

        assert (answer.status_code, answer.json["type"]) == (503, "service-away")
        assert int(answer.headers["Retry-After"]) > 0

    def test_leaves_the_others_alone(self, visitor):
        visitor.get(AT)

        assert visitor.get("/api/vacancies/v1/vacancies").status_code == 200

    def test_leaves_the_gateway_ready(self, visitor):
        visitor.get(AT)

        assert [visitor.get(path).status_code for path in ("/livez", "/readyz")] == [200, 200]


class TestAServiceThatBreaksOff:
    @pytest.fixture
    def breaking(self, registry):
        def hang_up(asked):
            asked.connection.shutdown(socket.SHUT_RDWR)
            asked.close_connection = True

        registry.answer = hang_up
        return registry

    def test_before_its_answer_is_asked_once_more_where_that_does_no_harm(self, visitor, breaking):
        answer = visitor.get(AT)

        assert (answer.status_code, answer.json["type"]) == (502, "service-broken")
        assert "Retry-After" in answer.headers
        assert len(breaking.asked) == 2

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    def test_is_not_asked_again_to_change_something(self, visitor, breaking, method):
        assert visitor.open(AT, method=method, data=b"{}").status_code == 502
        assert len(breaking.asked) == 1

    def test_having_closed_a_kept_connection_is_asked_on_a_new_one(self, visitor, registry):
        visitor.get(AT)
        registry.asked[0].connection.shutdown(socket.SHUT_RDWR)

        assert visitor.get(AT).status_code == 200

    def test_within_a_short_answer_is_told_as_a_problem(self, visitor, registry):
        def half(asked):
            asked.say(b"half", Content_Length=100)
            asked.connection.shutdown(socket.SHUT_RDWR)
            asked.close_connection = True

        registry.answer = half

        assert visitor.get(AT).status_code == 502


class TestAServiceThatIsSlow:
    def test_is_waited_for_no_longer_than_said(self, visitor, registry, monkeypatch):
        done = threading.Event()
        registry.answer = lambda asked: (done.wait(10), asked.say({}))
        monkeypatch.setattr(upstream.pool(registry.url), "timeout", Timeout(connect=1, read=0.2))
        began = time.monotonic()

        answer = visitor.get(AT)
        done.set()

        assert (answer.status_code, answer.json["type"]) == (504, "service-slow")
        assert time.monotonic() - began < 5
        assert len(registry.asked) == 1
