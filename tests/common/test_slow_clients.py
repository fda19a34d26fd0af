"""A client that is slow, by accident or on purpose, waits for itself: all others are served meanwhile."""

import threading
import time
from contextlib import ExitStack

import pytest

from tests.benchmarks.stand import free_port
from tests.common import raw
from tests.common.processes import Process, answers

THREADS, SECONDS = 2, 1.5
GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
UPLOAD = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
CHUNKS = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    port, log = free_port(), tmp_path_factory.mktemp("slow") / "log"
    process = Process(log, "tests.common.trial.patience", SECONDS, PORT=port, WEB_THREADS=THREADS, LOG_LEVEL="INFO")
    process.port = port
    answers(lambda: served(port))
    yield process
    assert process.stop() == 0


@pytest.fixture
def client(server):
    with ExitStack() as stack:
        yield lambda **said: stack.enter_context(raw.Client(server.port, **said))


def served(port):
    """Tell whether a client that is quick gets its answer at once."""
    began = time.monotonic()
    with raw.Client(port) as quick:
        status = quick.send(GET).answer().status
    return status == 200 and time.monotonic() - began < 1


class TestOneWhoDoesNotFinish:
    @pytest.mark.parametrize(
        "begun", ["G", "GET / HTTP/1.1\r\nX-A: ", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"],
        ids=["nothing yet", "head", "small body"],
    )  # fmt: skip
    def test_takes_no_thread_and_is_let_go(self, server, client, begun):
        slow = [client().send(begun) for _ in range(20)]

        assert served(server.port)
        assert all(each.is_closed(SECONDS + 2) for each in slow)

    @pytest.mark.parametrize(("begun", "byte"), [("GET /", b"a"), (GET.rstrip() + "\r\nX: ", b"a")])
    def test_has_no_more_time_by_sending_a_byte_now_and_then(self, client, begun, byte):
        began = time.monotonic()

        slow = client().send(begun).drip(byte, every_s=0.1, for_s=10)

        assert slow.is_closed(0.1)
        assert time.monotonic() - began < SECONDS + 2

    def test_a_second_request_behind_the_first_takes_no_thread_either(self, server, client):
        slow = [client().send(GET + "GET / HT") for _ in range(10)]

        assert all(each.answer().status == 200 for each in slow)
        assert served(server.port)
        assert all(each.is_closed(SECONDS + 2) for each in slow)


class TestAnUploadThatIsSlow:
    @pytest.mark.parametrize(("begun", "byte"), [(UPLOAD, b"a"), (CHUNKS, b"1\r\na\r\n")], ids=["length", "chunks"])
    def test_is_told_so_in_the_end(self, client, begun, byte):
        began = time.monotonic()

        answer = client().send(begun).drip(byte, every_s=0.1, for_s=10).answer()

        assert answer.status == 408
        assert time.monotonic() - began < SECONDS + 2

    def test_keeps_nobody_waiting_but_other_uploads(self, server, client):
        for _ in range(10):
            client().send(UPLOAD + "a")

        assert served(server.port)

    def test_is_none_when_it_goes_on(self, client):
        size = 20_000_000
        head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n"

        assert client().send(head).send(b"a" * size).answer().body == str(size).encode()

    def test_that_waits_to_be_asked_for_its_body_is_asked(self, client):
        slow = client().send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")

        assert slow.answer().status == 100
        assert slow.send("abc").answer().body == b"3"


class TestOneWhoDoesNotRead:
    def test_an_answer_of_usual_size_takes_no_thread(self, server, client):
        for _ in range(5 * THREADS):
            client(window=1024).send("GET /bytes/200000 HTTP/1.1\r\nHost: x\r\n\r\n")

        assert served(server.port)

    def test_a_long_answer_is_let_go(self, server, client):
        for _ in range(THREADS):
            client(window=1024).send("GET /bytes/50000000 HTTP/1.1\r\nHost: x\r\n\r\n")
        # It had its seconds, and one for each 10 MB.
        began = time.monotonic()
        answers(lambda: served(server.port))

        assert time.monotonic() - began < SECONDS + 5 + 2

    def test_a_long_answer_comes_whole_to_one_who_does(self, client):
        size = 30_000_000

        assert len(client().send(f"GET /bytes/{size} HTTP/1.1\r\nHost: x\r\n\r\n").answer().body) == size


class TestOneWhoDoesNotHangUp:
    def test_after_the_last_answer_keeps_nobody_waiting(self, server, client):
        last = GET.replace("Host", "Connection: close\r\nHost")

        staying = [client().send(last) for _ in range(20)]

        assert all(each.answer().status == 200 for each in staying)
        assert served(server.port)
        assert all(each.is_closed(3) for each in staying)


class TestOneWhoIsQuick:
    def test_asks_again_on_the_same_connection(self, client):
        quick = client()

        assert [quick.send(GET).answer().status for _ in range(3)] == [200] * 3

    def test_may_send_several_requests_at_once(self, client):
        quick = client().send(GET * 3)

        assert [quick.answer().status for _ in range(3)] == [200] * 3

    def test_may_send_a_request_in_pieces(self, client):
        quick = client()
        for piece in ("PO", "ST / HTTP/1.1\r\nHost: x\r", "\nContent-Length: 4\r\n\r", "\nab", "cd"):
            quick.send(piece)
            time.sleep(0.01)

        assert quick.answer().body == b"4"

    def test_is_served_among_many(self, server):
        found = []
        crowd = [threading.Thread(target=lambda: found.append(served(server.port))) for _ in range(30)]
        for each in crowd:
            each.start()
        for each in crowd:
            each.join()

        assert found == [True] * 30


class TestWhatIsNoRequest:
    @pytest.mark.parametrize(
        ("sent", "status"),
        [
            ("NONSENSE\r\n\r\n", 400),
            ("GET / HTTP/3.7\r\n\r\n", 400),
            ("GET /\x01secret HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nX-A: a\x00b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nX-A : secret\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\n folded: secret\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nX-A: a\nX-B: secret\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -3\r\n\r\nabc", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
            ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nExpect: secret\r\n\r\n", 417),
            (f"GET /{'a' * 9000} HTTP/1.1\r\nHost: x\r\n\r\n", 414),
            (f"GET / HTTP/1.1\r\nHost: x\r\nX-A: {'a' * 9000}\r\n\r\n", 431),
            ("GET / HTTP/1.1\r\n" + "X-A: a\r\n" * 200 + "\r\n", 431),
            ("GET / HTTP/1.1\r\n" + f"X-A: {'a' * 8000}\r\n" * 20, 431),
        ],
    )
    def test_is_answered_as_a_problem_that_repeats_nothing(self, server, client, sent, status):
        answer = client().send(sent).answer()

        assert (answer.status, answer.json["status"]) == (status, status)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["connection"] == "close"
        assert "secret" not in str(answer.json)
        assert "secret" not in server.log.read_text()
