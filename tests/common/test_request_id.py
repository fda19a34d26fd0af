"""A request's way: its id and its trace go from HTTP through the outbox and the broker into the handler's log."""

import socket

import pytest
import urllib3

from services.common import telemetry
from tests.common import queues
from tests.waiting import until

WITHIN_S = 40
TRACE = f"00-{'a' * 32}-{'b' * 16}-01"


@pytest.fixture
def web(start, database):
    """Start the web process; return it and its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = start("tests.common.trial.web", database.service, PORT=port)
    return process, f"http://127.0.0.1:{port}"


@pytest.fixture
def http():
    with urllib3.PoolManager(retries=False) as found:
        yield found


def answers(http, address):
    try:
        return http.request("GET", f"{address}/readyz", headers={"Connection": "close"}).status == 200
    except urllib3.exceptions.HTTPError:
        return False


class TestARequestsWay:
    def test_can_be_followed_to_the_handler(self, web, http, start, queue, tmp_path):
        process, address = web
        consumer = start("tests.common.trial.consumer", queue, tmp_path / "never")
        relay = start("tests.common.trial.relay", queue)
        until(lambda: answers(http, address) and queues.is_consumed(queue), WITHIN_S)

        headers = {"X-Request-Id": "request-7", "traceparent": TRACE}
        answer = http.request("POST", f"{address}/v1/things", json={"label": "n"}, headers=headers)

        assert (answer.status, answer.headers["X-Request-Id"]) == (201, "request-7")
        handled = until(lambda: len(consumer.logged("handled")) == 2 and consumer.logged("handled"), WITHIN_S)
        of_the_request = [*handled, *consumer.logged("reacting"), process.logged("answered")[-1]]
        assert {(line["request_id"], line["traceparent"]) for line in of_the_request} == {("request-7", TRACE)}
        assert all(line["service"] == queue for each in (process, consumer, relay) for line in each.lines())

    def test_says_by_route_and_never_by_address_what_was_asked(self, web, http):
        process, address = web
        until(lambda: answers(http, address), WITHIN_S)

        http.request("GET", f"{address}/v1/things/a-person?of=somebody")

        until(lambda: "/v1/things/<thing_id>" in {line["route"] for line in process.logged("answered")}, WITHIN_S)
        assert [said for said in ("a-person", "somebody") if said in process.log.read_text()] == []

    def test_ends_with_the_process_that_is_told_to_end(self, web, http):
        process, address = web
        until(lambda: answers(http, address), WITHIN_S)

        assert process.stop() == 0


class TestATraceInAProcess:
    def test_is_none_outside_of_a_request(self):
        telemetry.contextvars.clear_contextvars()

        assert telemetry.trace() == {}
