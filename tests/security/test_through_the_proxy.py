"""Tricks of headers, paths and framing, over real sockets: a gateway and a registry as they run, each on its port.

What the gateway alone may ask of the registry is reached by nobody through it, and no request rides in another's body.
"""

import json
import time
from contextlib import suppress

import pytest

from gateway.account.model import ROLES as ACCOUNTS
from services.common import settings
from tests.benchmarks.stand import free_port
from tests.common import raw
from tests.common.processes import Process, answers
from tests.conftest import token
from tests.contracts.world import NIK, example
from tests.security.framing import CLAIMS, FRAMED, FRAMES, HEADERS, PROTOCOLS, SMUGGLED
from tests.security.test_bodies import PACKED
from tests.security.world import http

pytestmark = pytest.mark.xdist_group("security-proxy")

NUMBER = "BNSP/2026/000001"
PROOF = json.dumps({"nik": NIK, "certificate_number": NUMBER})
ROLES = [*ACCOUNTS, "partner", "unenrolled", "stranger", None]
REFUSED = {400, 401, 403, 404, 405}
ANY = "/api/registry/v1/occupations?q=las"
CERTIFICATES = "/v1/workers/{worker_id}/certificates"
METHODS = ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "post", "POST\tx", "TRACE", "GATEWAY"]
REQUEST_IDS = ["a\r\n\tX-Evil: 1", "a\nX-Evil: 1", "a\rX-Evil: 1", "a\x00b", "a b", 'a"b', "a;b", "\xe9", "x" * 65, ""]
HOSTS = ["evil.example", "", "a b", "x, y", "evil.example:99999999", "[::1", "x\x00y", "../x"]


@pytest.fixture(scope="module")
def running(empty, tmp_path_factory):
    """Return the ports of a gateway and of the registry behind it, which knows somebody to claim, and their logs."""
    folder, front, back = tmp_path_factory.mktemp("proxy"), free_port(), free_port()
    common = {"LIMITS": "off", "WEB_THREADS": 4, "WEB_WORKERS": 1, "LOG_LEVEL": "INFO", "MONGO_URL": settings.MONGO_URL,
              "JWKS_URL": f"http://127.0.0.1:{front}/.well-known/jwks.json"}  # fmt: skip
    processes = [
        Process(folder / "registry.log", "services.registry.web", PORT=back, **common),
        Process(folder / "gateway.log", "gateway.web", PORT=front, REGISTRY_URL=f"http://127.0.0.1:{back}", **common),
    ]
    assert answers(lambda: ask(front, "GET /readyz").status == 200 and ask(back, "GET /readyz").status == 200)
    worker = http("registry").post("/v1/workers", json=example("registry", "/v1/workers", {}) | {"nik": NIK}).json["id"]
    certificate = example("registry", CERTIFICATES, {}) | {"number": NUMBER}
    assert http("registry").post(CERTIFICATES.format(worker_id=worker), json=certificate).status_code == 201
    yield front, back, folder
    for process in processes:
        process.kill()


@pytest.fixture
def front(running):
    return running[0]


@pytest.fixture
def back(running):
    return running[1]


@pytest.fixture
def logs(running):
    return {name: running[2] / f"{name}.log" for name in ("gateway", "registry")}


def ask(port, first, *headers, body="", role=None, audience="gateway"):
    """Send a request as it is written, and return the answer."""
    said = [f"{first} HTTP/1.1", "Host: begawi.test", *headers]
    said += [f"Authorization: Bearer {token(role, audience, own='w-1')}"] if role else []
    said += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
    return sent(port, "\r\n".join([*said, "", body]))


def sent(port, text):
    with raw.Client(port) as client:
        return client.send(text).answer()


class TestWhatIsTheGatewaysAlone:
    def test_is_there(self, back):
        assert ask(back, "POST /v1/claims", body=PROOF, role="gateway", audience="registry").status == 200

    @pytest.mark.parametrize("role", ROLES)
    def test_is_reached_by_nobody_through_it(self, front, role):
        found = {path: ask(front, f"POST {path}", body=PROOF, role=role).status for path in CLAIMS}

        assert {path: status for path, status in found.items() if status not in REFUSED} == {}

    @pytest.mark.parametrize("header", HEADERS)
    def test_is_reached_with_no_header_of_the_clients(self, front, header):
        for role in ("officer", "partner", None):
            assert ask(front, f"POST {CLAIMS[0]}", header, body=PROOF, role=role).status in {400, 401, 403}

    def test_is_not_reached_with_a_token_of_that_role_that_is_for_the_registry(self, front):
        theirs = f"Authorization: Bearer {token('gateway', 'registry')}"

        assert ask(front, f"POST {CLAIMS[0]}", theirs, body=PROOF).status == 401
        for role in ("officer", "worker"):
            mine = f"Authorization: Bearer {token(role, 'gateway')}"
            for both in ((theirs, mine), (mine, theirs), (mine, theirs.replace("Authorization", "authorization"))):
                assert ask(front, f"POST {CLAIMS[0]}", *both, body=PROOF).status in {400, 401, 403}

    @pytest.mark.parametrize("method", METHODS)
    def test_is_reached_with_no_other_method(self, front, method):
        with suppress(ConnectionError):
            assert ask(front, f"{method} {CLAIMS[0]}").status in REFUSED


class TestARequestInAnothersBody:
    @pytest.mark.parametrize("first", FRAMED)
    @pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
    def test_is_answered_to_nobody(self, front, logs, frame, first):
        answer = sent(front, f"{first} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{frame}")
        # Whoever comes next, on the same connections behind the gateway, gets their own answer.
        ids = [f"mine-{n}" for n in range(3)]
        others = [ask(front, f"GET {ANY}", f"X-Request-Id: {each}") for each in ids]

        assert answer.status < 500 or answer.status == 501
        assert [(each.status, each.headers["x-request-id"]) for each in others] == [(200, each) for each in ids]
        assert '"smuggled"' not in logs["registry"].read_text()

    @pytest.mark.parametrize("method", ["GET", "DELETE", "POST", "OPTIONS"])
    @pytest.mark.parametrize("noun", ["skills", "nothing", "workers"])
    def test_that_nobody_reads_is_no_request_of_the_next(self, front, logs, method, noun):
        """A body that the registry refuses unread stays in its connection, or ends it."""
        head = f"{method} /api/registry/v1/{noun} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(SMUGGLED)}\r\n\r\n"

        assert sent(front, head + SMUGGLED).status in {200, 415, *REFUSED}
        mine = ask(front, f"GET {ANY}", "X-Request-Id: mine")

        assert (mine.status, mine.headers["x-request-id"]) == (200, "mine")
        assert '"smuggled"' not in logs["registry"].read_text()


@pytest.mark.parametrize("said", REQUEST_IDS)
def test_the_id_of_a_request_carries_nothing_else(front, logs, said):
    answer = ask(front, f"GET {ANY}", f"X-Request-Id: {said}")

    assert answer.status in {200, 400}
    assert "x-evil" not in answer.headers
    assert answer.headers.get("x-request-id") != said
    for log in logs.values():
        assert all(json.loads(line) for line in log.read_text().splitlines())


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_leads_nowhere(front, host):
    for path in ("/api/registry/v1/institutions?limit=1", "/akun", "//akun//x", "/api/identity/v1/nothing"):
        answer = sent(front, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Host: evil.example\r\n\r\n")
        assert answer.status in {200, 303, 308, 400, 404}
        assert "evil.example" not in answer.headers.get("link", "") + answer.body.decode()
        # A doubled slash is mended by an address with the host that was asked, as browsers send no other.
        assert answer.status == 308 or "evil.example" not in answer.headers.get("location", "")


@pytest.mark.parametrize("first", PROTOCOLS)
def test_another_protocol_is_none(front, first):
    assert sent(front, first).status == 400


def test_a_body_that_is_packed_a_thousand_times_costs_nothing(front):
    """It is passed on as it is, and unpacked by nobody."""
    began = time.monotonic()
    head = ["POST /api/registry/v1/workers HTTP/1.1", "Host: x", "Content-Type: application/json",
            f"Authorization: Bearer {token('officer', 'gateway')}", "Content-Encoding: gzip",
            f"Content-Length: {len(PACKED)}", "", ""]  # fmt: skip

    assert sent(front, "\r\n".join(head).encode() + PACKED).status == 400
    assert time.monotonic() - began < 2


def test_no_answer_says_by_what_it_was_made(front, back):
    for port, path in ((front, "/masuk"), (front, ANY), (back, "/v1/skills"), (back, "/x")):
        said = ask(port, f"GET {path}").headers.get("server", "")
        assert not any(letter.isdigit() for letter in said), said
