"""What a service gets of a request that goes through the gateway."""

import time

import pytest
from joserfc import jwt

from gateway import upstream
from services.common.access import Actor
from tests.conftest import KEY
from tests.gateway.conftest import bearer


def who(asked):
    """Return the claims of the token that a service got."""
    scheme, _, said = asked.headers["Authorization"].partition(" ")
    assert scheme == "Bearer"
    return jwt.decode(said, KEY, algorithms=["ES256"]).claims


class TestPassingOn:
    @pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
    def test_keeps_method_path_query_and_body(self, visitor, registry, method):
        body = b"" if method in {"GET", "HEAD", "OPTIONS"} else b'{"a": 1}'

        visitor.open("/api/registry/v1/workers/w-1?q=las%20listrik&b=%26", method=method, data=body)

        [asked] = registry.asked
        assert (asked.command, asked.path) == (method, "/v1/workers/w-1?q=las%20listrik&b=%26")
        assert asked.body == body

    @pytest.mark.parametrize("service", ["registry", "vacancies", "matching"])
    def test_goes_to_the_service_that_is_named(self, visitor, services, service):
        visitor.get(f"/api/{service}/v1/openapi.json")

        assert [name for name, each in services.items() if each.asked] == [service]

    def test_keeps_what_the_client_says_of_what_it_wants(self, visitor, registry):
        wanted = {
            "Accept": "application/json",
            "Accept-Language": "en",
            "If-Match": '"3"',
            "Idempotency-Key": "k-1",
            "Content-Type": "application/json",
        }

        visitor.post("/api/registry/v1/workers", data=b"{}", headers=wanted)

        assert {name: registry.asked[0].headers[name] for name in wanted} == wanted

    def test_drops_what_is_of_one_hop_or_not_the_clients_to_say(self, visitor, registry):
        dropped = {
            "Connection": "keep-alive, X-Private",
            "X-Private": "1",
            "Keep-Alive": "timeout=5",
            "TE": "trailers",
            "Upgrade": "h2c",
            "Proxy-Authorization": "Basic YTpi",
            "Cookie": "begawi=abc",
            "Forwarded": "for=1.2.3.4",
            "X-Forwarded-For": "1.2.3.4",
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Prefix": "/evil",
        }

        visitor.get("/api/registry/v1/skills", headers=dropped)

        got = registry.asked[0].headers
        assert not set(got) & (dropped.keys() - {"X-Forwarded-Prefix", "Connection"})
        assert got.get_all("X-Forwarded-Prefix") == ["/api/registry"]
        assert got["Host"] == registry.url.removeprefix("http://")

    def test_carries_the_id_of_the_request(self, visitor, registry):
        trace = f"00-{'a' * 32}-{'b' * 16}-01"

        answer = visitor.get("/api/registry/v1/skills", headers={"X-Request-Id": "r-1", "traceparent": trace})

        got = registry.asked[0].headers
        assert (got.get_all("X-Request-Id"), got.get_all("traceparent")) == (["r-1"], [trace])
        assert answer.headers.getlist("X-Request-Id") == ["r-1"]


class TestWhoAsks:
    def test_is_nobody_without_a_token(self, visitor, registry):
        assert visitor.get("/api/registry/v1/skills").status_code == 200

        assert "Authorization" not in registry.asked[0].headers

    def test_is_told_by_a_short_token_for_that_service_alone(self, client, matching):
        client("gateway", "worker", own="w-1", account="a-1").get("/api/matching/v1/workers/w-1/vacancies")

        claims = who(matching.asked[0])
        said = {"sub": "a-1", "role": "worker", "own": "w-1", "aud": "matching"}
        assert claims.items() >= said.items()
        assert 0 < claims["exp"] - time.time() <= 120

    def test_is_never_told_by_the_clients_own_token(self, account, sign_in, visitor, registry):
        account("budi")
        mine = sign_in().json["access_token"]

        visitor.get("/api/registry/v1/workers", headers=bearer(mine))

        assert mine not in str(registry.asked[0].headers)

    def test_is_told_by_the_same_token_until_shortly_before_its_end(self, monkeypatch):
        siti, began = Actor("a-2", "worker", "w-2"), time.time()
        first = upstream.token("registry", siti)

        def after(seconds):
            monkeypatch.setattr("time.time", lambda: began + seconds)
            return upstream.token("registry", siti)

        assert after(85) == first
        assert after(95) != first

    def test_is_told_apart(self):
        siti, budi = Actor("a-3", "worker", "w-3"), Actor("a-3", "worker", "w-4")

        tokens = {upstream.token(service, actor) for service in ("registry", "matching") for actor in (siti, budi)}

        assert len(tokens) == 4
