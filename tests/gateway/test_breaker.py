"""A service that gives no answer is not asked for a while; one that hangs takes none of the others with it."""

import io
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from gateway import breaker, upstream, wire
from services.common.access import NOBODY
from tests.gateway.conftest import app_of
from tests.waiting import until

AT, OTHER = "/api/registry/v1/skills", "/api/vacancies/v1/vacancies"


def hang_up(asked):
    asked.connection.shutdown(socket.SHUT_RDWR)
    asked.close_connection = True


def get(path):
    """Ask as a browser of its own would, in whichever thread."""
    return app_of("gateway").test_client().get(path)


def is_quick(began):
    return time.monotonic() - began < 0.5


@pytest.fixture
def broken(visitor, registry):
    registry.answer = hang_up
    for _ in range(breaker.FAILURES):
        assert visitor.post(AT).status_code == 502
    registry.asked.clear()
    return registry


@pytest.fixture
def soon(monkeypatch):
    monkeypatch.setattr(breaker, "PAUSE_S", 0.2)


@contextmanager
def hanging(service, how_many):
    """Have so many requests hang in a service, until the end."""
    done = threading.Event()
    service.answer = lambda asked: (done.wait(20), asked.say({}))
    with ThreadPoolExecutor(how_many) as threads:
        answers = [threads.submit(get, AT) for _ in range(how_many)]
        until(lambda: len(service.asked) == how_many, 5)
        try:
            yield answers
        finally:
            done.set()


class TestAServiceThatFailedSeveralTimesInARow:
    def test_is_not_asked_and_said_to_be_away_at_once(self, visitor, broken):
        began = time.monotonic()

        answer = visitor.get(AT)

        assert (answer.status_code, answer.json["type"]) == (503, "service-away")
        assert 1 <= int(answer.headers["Retry-After"]) <= breaker.PAUSE_S
        assert is_quick(began)
        assert not broken.asked

    def test_says_when_to_try_again(self, broken):
        with pytest.raises(upstream.ServiceAway) as found:
            upstream.call("registry", "GET", "/v1/skills", actor=NOBODY)

        assert 1 <= found.value.retry_after <= breaker.PAUSE_S

    def test_leaves_the_others_and_the_gateway_alone(self, visitor, broken):
        assert [visitor.get(path).status_code for path in (OTHER, "/livez", "/readyz")] == [200] * 3

    def test_is_shown_to_the_operator(self, visitor, broken):
        visitor.get(OTHER)

        shown = visitor.get("/metrics").text

        assert 'begawi_breaker{service="registry"} 2.0' in shown
        assert 'begawi_breaker{service="vacancies"} 0.0' in shown

    def test_is_asked_again_after_a_while_and_goes_on_at_its_first_answer(self, soon, visitor, broken):
        broken.answer = lambda asked: asked.say({})

        until(lambda: visitor.get(AT).status_code == 200, 5)

        assert visitor.get(AT).status_code == 200
        assert 'begawi_breaker{service="registry"} 0.0' in visitor.get("/metrics").text

    def test_that_fails_again_is_left_alone_for_another_while(self, soon, visitor, broken):
        until(lambda: visitor.post(AT).status_code == 502, 5)

        assert visitor.get(AT).status_code == 503
        assert len(broken.asked) == 1

    def test_is_tried_with_one_call_alone(self, soon, broken):
        time.sleep(breaker.PAUSE_S)  # that it is over shows in nothing but the next call
        with hanging(broken, 1) as [trying]:
            began = time.monotonic()

            assert [get(AT).status_code for _ in range(5)] == [503] * 5
            assert is_quick(began)
            assert len(broken.asked) == 1

        assert trying.result().status_code == 200
        assert get(AT).status_code == 200


class TestAServiceIsNotThoughtAway:
    def test_by_answers_of_failure(self, visitor, registry):
        registry.answer = lambda asked: asked.say({}, 500)

        assert [visitor.get(AT).status_code for _ in range(3 * breaker.FAILURES)] == [500] * 3 * breaker.FAILURES

    def test_by_failures_among_answers(self, visitor, registry):
        for _ in range(3):
            registry.answer = hang_up
            assert [visitor.post(AT).status_code for _ in range(breaker.FAILURES - 1)] == [502] * (breaker.FAILURES - 1)
            registry.answer = lambda asked: asked.say({})
            assert visitor.post(AT).status_code == 200

    def test_by_clients_that_break_off(self, visitor, registry):
        class Gone(io.RawIOBase):
            def readable(self):
                return True

            def readinto(self, _):
                raise ConnectionResetError

        registry.read_itself = lambda asked: asked.rfile.read(10)
        for _ in range(breaker.FAILURES + 1):
            gone = {"wsgi.input": Gone(), "CONTENT_LENGTH": "10"}
            assert visitor.post(AT, environ_overrides=gone).status_code == 400
        registry.read_itself = None

        assert visitor.get(AT).status_code == 200


class TestAServiceThatHangs:
    def test_takes_a_bounded_part_of_the_gateway(self, registry, vacancies):
        with hanging(registry, wire.AT_ONCE):
            refused = get(AT)
            began = time.monotonic()

            assert (refused.status_code, refused.json["type"]) == (503, "service-busy")
            assert int(refused.headers["Retry-After"]) > 0
            assert get(OTHER).status_code == 200
            assert is_quick(began)
            assert len(registry.asked) == wire.AT_ONCE

        assert get(AT).status_code == 200

    def test_is_not_waited_for_once_that_is_seen(self, registry):
        with hanging(registry, wire.AT_ONCE):
            get(AT)
            began = time.monotonic()

            assert [get(AT).status_code for _ in range(5)] == [503] * 5
            assert is_quick(began)

    def test_and_goes_on_in_time_is_waited_for(self, registry):
        registry.answer = lambda asked: (time.sleep(0.05), asked.say({}))

        with ThreadPoolExecutor(5 * wire.AT_ONCE) as threads:
            answers = list(threads.map(get, [AT] * 5 * wire.AT_ONCE))

        assert {answer.status_code for answer in answers} == {200}

    def test_with_uploads_is_still_read(self, visitor, registry):
        done = threading.Event()
        registry.read_itself = lambda asked: (done.wait(20), asked.rfile.read(100_000), asked.say({}))

        def upload(_):
            return app_of("gateway").test_client().post(AT, data=b"a" * 100_000).status_code

        with ThreadPoolExecutor(wire.UPLOADS_AT_ONCE) as threads:
            uploads = threads.map(upload, range(wire.UPLOADS_AT_ONCE))
            until(lambda: len(registry.asked) == wire.UPLOADS_AT_ONCE, 5)
            registry.read_itself = None

            assert visitor.get(AT).status_code == 200
            done.set()

        assert set(uploads) == {200}


class TestAnAnswerThatIsNotReadToItsEnd:
    def test_takes_no_place(self, visitor, registry):
        registry.answer = lambda asked: asked.say(b"a" * 2_000_000)
        for _ in range(3 * wire.AT_ONCE):
            visitor.get(AT).close()

        assert visitor.get(AT).status_code == 200

    def test_takes_no_place_even_when_it_is_forgotten(self, registry):
        registry.answer = lambda asked: asked.say(b"a" * 2_000_000)

        for _ in range(3 * wire.AT_ONCE):
            assert upstream.call("registry", "GET", "/v1/skills", actor=NOBODY).status == 200
