"""Large bodies flow through the gateway: it never holds one whole."""

import io
import threading

import pytest

from gateway.proxy import LARGEST

AT = "/api/registry/v1/intakes"
CHUNKED = {"headers": {"Transfer-Encoding": "chunked"}, "environ_overrides": {"wsgi.input_terminated": True}}


class Slow(io.RawIOBase):
    """A body whose second half is there only once the service has the first."""

    def __init__(self, first, second, arrived):
        self._parts, self._arrived = [first, second], arrived

    def readable(self):
        return True

    def readinto(self, buffer):
        if len(self._parts) == 1:
            assert self._arrived.wait(10), "the gateway waits for the whole body"
        part = self._parts.pop(0) if self._parts else b""
        buffer[: len(part)] = part
        return len(part)


class TestALargeBody:
    def test_arrives_while_it_is_still_sent(self, visitor, registry):
        arrived = threading.Event()
        first, second = b"a" * 16_000, b"b" * 16_000
        got = []

        def read(asked):
            got.append(asked.rfile.read(len(first)))
            arrived.set()
            got.append(asked.rfile.read(len(second)))
            asked.say({}, 201)

        registry.read_itself = read
        slow = {"wsgi.input": Slow(first, second, arrived), "CONTENT_LENGTH": str(len(first + second))}
        answer = visitor.post(AT, environ_overrides=slow)

        assert (answer.status_code, got) == (201, [first, second])

    def test_without_a_length_goes_on_in_chunks(self, visitor, registry):
        body = b"c" * 100_000

        visitor.post(AT, input_stream=io.BytesIO(body), **CHUNKED)

        [asked] = registry.asked
        assert (asked.headers["Transfer-Encoding"], asked.headers["Content-Length"]) == ("chunked", None)
        assert asked.body == body

    @pytest.mark.parametrize("sent", [CHUNKED, {"content_length": LARGEST + 1}], ids=["chunks", "whole"])
    def test_over_the_limit_is_refused(self, visitor, registry, sent):
        body = b"d" * (LARGEST + 1)
        registry.read_itself = lambda asked: asked.rfile.read()

        answer = visitor.post(AT, input_stream=io.BytesIO(body), **sent)

        assert (answer.status_code, answer.content_type) == (413, "application/problem+json")


class TestALargeAnswer:
    def test_arrives_while_it_is_still_made(self, visitor, registry):
        seen = threading.Event()

        def make(asked):
            asked.say(b"a" * 300_000, Content_Length=600_000)
            assert seen.wait(10), "the gateway waits for the whole answer"
            asked.wfile.write(b"b" * 300_000)

        registry.answer = make
        answer = visitor.get(AT)
        parts = answer.iter_encoded()
        first = next(parts)
        seen.set()

        assert first[:1] == b"a"
        assert len(first) + sum(map(len, parts)) == 600_000
        answer.close()

    def test_that_is_not_read_to_its_end_leaves_nothing_to_the_next(self, visitor, registry):
        registry.answer = lambda asked: asked.say(b"a" * 500_000)
        visitor.get(AT).close()

        registry.answer = lambda asked: asked.say(b"mine")

        assert visitor.get(AT).data == b"mine"

    def test_in_chunks_stays_so(self, visitor, registry):
        def make(asked):
            asked.send_response(200)
            asked.send_header("Transfer-Encoding", "chunked")
            asked.end_headers()
            asked.wfile.write(b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")

        registry.answer = make
        answer = visitor.get(AT)

        assert (answer.data, answer.headers.get("Transfer-Encoding")) == (b"abcdefg", None)
