"""A service that speaks, but without an end, or reads with pauses."""

import threading
import time

import pytest
from urllib3 import Timeout

from gateway import upstream

AT = "/api/registry/v1/skills"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@pytest.fixture
def patient_for_a_moment(registry, monkeypatch):
    monkeypatch.setattr(upstream.pool(registry.url), "timeout", Timeout(connect=1, read=0.5))


def dripping(begun, drop, ended):
    """Answer in drops, each long before one would be missed."""

    def answer(asked):
        asked.wfile.write(begun)
        while not ended.wait(0.05):
            try:
                asked.wfile.write(drop)
            except OSError:
                ended.set()
        asked.close_connection = True

    return answer


@pytest.mark.usefixtures("patient_for_a_moment")
class TestAnAnswerInDropsWithoutEnd:
    @pytest.mark.parametrize(
        ("begun", "drop", "status"),
        [
            (b"HTTP/1.1 ", b"1", 504),
            (HEAD + b"X-Long: ", b"a", 504),
            (HEAD + b"Content-Length: 1000\r\n\r\n", b"a", 502),
        ],
        ids=["first line", "head", "short body"],
    )
    def test_is_told_as_none(self, visitor, registry, begun, drop, status):
        registry.answer, began = dripping(begun, drop, threading.Event()), time.monotonic()

        assert visitor.get(AT).status_code == status
        assert time.monotonic() - began < 3

    @pytest.mark.parametrize(
        ("framing", "drop"),
        [(b"Content-Length: 99999999\r\n\r\n", b"a"), (b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n")],
        ids=["length", "chunks"],
    )
    def test_is_broken_off_where_it_had_begun(self, visitor, registry, framing, drop):
        registry.answer = dripping(HEAD + framing, drop, threading.Event())
        began = time.monotonic()

        with pytest.raises(BrokenPipeError):  # which the server takes as a reason to close the connection
            assert len(visitor.get(AT).data) < 100
        assert time.monotonic() - began < 3

    def test_leaves_the_connection_to_nobody(self, visitor, registry):
        ended = threading.Event()
        registry.answer = dripping(HEAD + b"Content-Length: 1000\r\n\r\n", b"a", ended)
        visitor.get(AT)
        registry.answer = lambda asked: asked.say(b"mine")

        assert visitor.get(AT).data == b"mine"
        assert ended.wait(5), "the service still speaks to somebody"


class TestAServiceThatPausesInABody:
    def test_is_waited_for_longer_than_a_connection(self, visitor, registry):
        def read(asked):
            time.sleep(1.5)  # more than one may take to connect; the buffers between are full by then
            left = 20_000_000
            while left:
                left -= len(asked.rfile.read(min(left, 65536)))
            asked.say({}, 201)

        registry.read_itself = read

        assert visitor.post(AT, data=b"a" * 20_000_000).status_code == 201
