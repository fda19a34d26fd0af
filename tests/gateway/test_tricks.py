"""Tricks of a client, played on the server as it runs: what a service hears, the gateway has said."""

from contextlib import ExitStack

import pytest

from gateway import upstream
from tests.benchmarks.stand import free_port
from tests.common import raw
from tests.common.processes import Process, answers
from tests.gateway.conftest import Service

AT = "/api/registry/v1/skills"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory, migrated):
    """Run a gateway before services that record what they are asked."""
    port, log = free_port(), tmp_path_factory.mktemp("tricks") / "log"
    services = {name: Service() for name in upstream.ADDRESSES}
    urls = {f"{name.upper()}_URL": service.url for name, service in services.items()}
    process = Process(log, "gateway.web", PORT=port, LIMITS="off", **urls)
    process.port, process.services = port, services
    answers(lambda: ask(port, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
    yield process
    assert process.stop() == 0
    for service in services.values():
        service.stop()


@pytest.fixture
def registry(gateway):
    for service in gateway.services.values():
        service.asked.clear()
        service.answer = lambda asked: asked.say({})
    return gateway.services["registry"]


@pytest.fixture
def client(gateway):
    with ExitStack() as stack:
        yield lambda: stack.enter_context(raw.Client(gateway.port))


def ask(port, sent):
    with raw.Client(port) as client:
        return client.send(sent).answer()


def request(*headers, method="GET", target=AT, body=""):
    return "\r\n".join([f"{method} {target} HTTP/1.1", "Host: x", *headers, "", body])


class TestTheBodysEnd:
    """A request whose end two servers see in two places lets the second one be smuggled in."""

    @pytest.mark.parametrize(
        "framing",
        [
            ["Content-Length: 5", "Content-Length: 6"],
            ["Content-Length: 5, 6"],
            ["Content-Length: 5", "Transfer-Encoding: chunked"],
            ["Transfer-Encoding: chunked", "Content-Length: 5"],
            ["Transfer-Encoding: xchunked"],
            ["Transfer-Encoding : chunked"],
            ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
            ["Transfer-Encoding:\x0bchunked"],
            ["Content-Length: 0x5"],
            ["Content_Length: 5", "Content-Length: 0x0"],
        ],
    )
    def test_that_is_told_in_two_ways_is_refused(self, client, registry, framing):
        sent = request(
            *framing, method="POST", body="0\r\n\r\nGET /api/registry/v1/smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
        )
        asking = client().send(sent)

        assert asking.answer().status in {400, 501}
        assert asking.is_closed(3)
        assert not registry.asked

    def test_is_where_it_was_told(self, client, registry):
        heard = []
        registry.answer = lambda asked: (heard.append((asked.command, asked.headers["Content-Length"])), asked.say({}))
        asking = client().send(request("Content-Length: 3", method="POST", body="abc" + request()))

        assert [asking.answer().status, asking.answer().status] == [200, 200]
        assert heard == [("POST", "3"), ("GET", None)]

    def test_in_chunks_is_told_anew(self, client, registry):
        sent = request("Transfer-Encoding: chunked", method="POST", body="3;x=1\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n")

        assert client().send(sent).answer().status == 200
        [asked] = registry.asked
        assert (asked.body, asked.headers["X-Trailer"]) == (b"abc", None)

    def test_of_a_get_is_told_too(self, client, registry):
        assert client().send(request("Content-Length: 3", body="abc")).answer().status == 200
        assert registry.asked[0].body == b"abc"


class TestATarget:
    @pytest.mark.parametrize(
        "target",
        [
            "/api/registry/v1/../../metrics",
            "/api/registry/v1/%2e%2e/metrics",
            "/api/registry/v1/%2E%2E%2Fmetrics",
            "/api/registry/v1/..%5cmetrics",
            "/api/registry/v1/..;/metrics/..",
            "/api/registry/v1/skills%00",
            "/api/registry/v1/skills%0d%0aX-Evil:%201",
            "/api/registry/v1//evil.example/",
            "/api/registry/../registry/v1/skills",
            "/api/registry%2fv1%2f..%2fmetrics",
            "//evil.example/api/registry/v1/skills/",
            "http://evil.example/v1/skills",
        ],
    )
    def test_leads_nowhere_else(self, client, registry, target):
        answer = client().send(request(target=target)).answer()

        assert answer.status in {400, 404}
        assert not registry.asked

    def test_with_a_host_before_it_goes_where_its_path_says(self, client, registry):
        target = f"http://evil.example{AT}?q=http://evil.example"

        assert client().send(request(target=target)).answer().status == 200
        [asked] = registry.asked
        assert asked.path == "/v1/skills?q=http://evil.example"
        assert asked.headers["Host"] == registry.url.removeprefix("http://")

    @pytest.mark.parametrize(
        "target", ["*", "evil.example:443", "/api/registry/v1/sk ills", "/api/registry/v1/sk\x7fills"]
    )
    def test_that_is_none_is_refused(self, client, registry, target):
        assert client().send(request(target=target)).answer().status in {400, 404}
        assert not registry.asked

    def test_may_not_be_connected_through(self, client, registry):
        answer = client().send(request(method="CONNECT", target="evil.example:443")).answer()

        assert answer.status in {400, 404, 405}

    def test_keeps_a_query_as_it_is(self, client, registry):
        client().send(request(target=f"{AT}?a=%00&b=%0d%0aX-Evil:1&c=..%2f")).answer()

        assert registry.asked[0].path.lower() == "/v1/skills?a=%00&b=%0d%0ax-evil:1&c=..%2f"


class TestAHeader:
    @pytest.mark.parametrize(
        "header",
        [
            "X-Forwarded-For: 1.2.3.4",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Port: 1",
            "X-Forwarded-Server: evil.example",
            "Forwarded: for=1.2.3.4",
            "X-Real-IP: 1.2.3.4",
            "X-Client-IP: 1.2.3.4",
            "True-Client-IP: 1.2.3.4",
            "Via: 1.1 evil",
            "X-HTTP-Method-Override: DELETE",
            "X-HTTP-Method: DELETE",
            "X-Method-Override: DELETE",
            "X-Original-URL: /metrics",
            "X-Rewrite-URL: /metrics",
            "X-Script-Name: /evil",
            "Cookie: begawi=secret",
            "Proxy: http://evil.example",
            "Trailer: X-Trailer",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAAP__",
        ],
    )
    def test_that_is_not_the_clients_to_say_is_not_heard(self, client, registry, header):
        name = header.partition(":")[0]

        assert client().send(request(header, method="POST")).answer().status == 200
        [asked] = registry.asked
        assert asked.command == "POST"
        assert asked.headers[name] is None

    def test_says_the_prefix_by_the_gateway_alone(self, client, registry):
        client().send(request("X-Forwarded-Prefix: /evil", "x-forwarded-prefix: /evil")).answer()

        assert registry.asked[0].headers.get_all("X-Forwarded-Prefix") == ["/api/registry"]

    @pytest.mark.parametrize("header", ["X_Forwarded_Prefix: /evil", "X_Request_Id: evil", "Authorization_: evil"])
    def test_with_an_underscore_is_not_taken_for_another(self, client, registry, header):
        client().send(request(header)).answer()

        assert "evil" not in str(registry.asked[0].headers)

    def test_that_is_declared_to_be_of_this_hop_cannot_take_ours_away(self, client, registry):
        trick = "Connection: close, X-Request-Id, traceparent, X-Forwarded-Prefix, Accept-Language"

        client().send(request(trick, "X-Request-Id: r-7", "Accept-Language: en")).answer()

        [asked] = registry.asked
        assert asked.headers["X-Request-Id"] == "r-7"
        assert asked.headers["X-Forwarded-Prefix"] == "/api/registry"
        assert asked.headers["Accept-Language"] is None

    def test_that_is_too_large_is_refused(self, client, registry):
        assert client().send(request(f"X-Large: {'a' * 9000}")).answer().status == 431
        assert not registry.asked

    def test_cannot_be_made_of_an_id(self, client, registry):
        answer = client().send(request("X-Request-Id: <script>", "traceparent: evil")).answer()

        [asked] = registry.asked
        assert "<" not in asked.headers["X-Request-Id"] + answer.headers["x-request-id"]
        assert asked.headers["traceparent"].startswith("00-")


class TestTheHost:
    @pytest.mark.parametrize("host", ["evil.example", "evil.example:80@x", "[::1", "x/../y", ""])
    def test_is_neither_passed_on_nor_answered_with(self, gateway, registry, host):
        answer = ask(gateway.port, f"GET {AT} HTTP/1.1\r\nHost: {host}\r\n\r\n")

        assert answer.status in {200, 400}
        assert "evil" not in str(answer.headers)
        assert all(asked.headers["Host"] == registry.url.removeprefix("http://") for asked in registry.asked)


class TestWhatAServiceAnswers:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_as_a_redirect_goes_to_the_client_and_is_not_followed(self, client, registry, gateway, status):
        elsewhere = gateway.services["matching"]
        registry.answer = lambda asked: asked.say(b"", status, Location=f"{elsewhere.url}/v1/secret")

        assert client().send(request()).answer().status == status
        assert not elsewhere.asked

    def test_cannot_switch_protocols(self, client, registry):
        registry.answer = lambda asked: asked.say(b"", 200, Upgrade="h2c", Connection="Upgrade")

        assert "upgrade" not in client().send(request()).answer().headers
