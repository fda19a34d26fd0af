"""Whoever asks too often waits: each person, each partner's program, each address, and less where it is sensitive."""

import time

import pytest
from flask import Flask
from limits import parse

from gateway import limits
from gateway.database import database
from services.common import access
from services.common.web.limits import ADDRESS, at_most, said
from tests.conftest import app_of, token
from tests.gateway.conftest import bearer

AT = "/api/registry/v1/skills"


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Allow three a minute to a person, four to a program, ten to an address."""
    for name, few in {"PER_PERSON": "3/minute", "PER_CLIENT": "4/minute", "PER_ADDRESS": "10/minute"}.items():
        monkeypatch.setattr(limits, name, few)
    app = app_of("gateway")
    monkeypatch.setitem(app.extensions, "limits", None)
    limits.install(app, on=True)
    began = time.time() // 60 * 60 + 10  # or a test might run into the next minute
    monkeypatch.setattr("time.time", lambda: began)


@pytest.fixture
def get(visitor, services):
    """Ask so many times, and return the statuses."""

    def get(times, path=AT, *, address="203.0.113.5", who=None, **headers):
        said = headers | (bearer(who) if who else {})
        asked = {"headers": said, "environ_base": {"REMOTE_ADDR": address}, "buffered": True}
        return [visitor.get(path, **asked).status_code for _ in range(times)]

    return get


def person(account="a-1"):
    return token("worker", "gateway", own="w-1", account=account, lives_s=600)


def program(account="c-1"):
    return token(
        "partner", "gateway", own="e-1", account=account, lives_s=600, party="employer", scope="vacancies.read"
    )


class TestAPerson:
    def test_may_ask_so_often(self, get):
        assert get(4, who=person()) == [200, 200, 200, 429]

    def test_is_counted_apart_from_the_others_at_the_same_address(self, get):
        get(4, who=person())

        assert get(1, who=person("a-2")) == [200]

    def test_is_the_same_at_every_address(self, get):
        get(3, who=person())

        assert get(1, who=person(), address="203.0.113.6") == [429]

    def test_may_ask_again_in_the_next_minute(self, get, monkeypatch):
        get(4, who=person())
        later = time.time() + 60
        monkeypatch.setattr("time.time", lambda: later)

        assert get(1, who=person()) == [200]

    def test_is_told_how_much_is_left(self, visitor, services):
        told = [visitor.get(AT, headers=bearer(person())).headers for _ in range(2)]

        assert [headers["RateLimit"] for headers in told] == ['"person";r=2;t=50', '"person";r=1;t=50']
        assert told[0]["RateLimit-Policy"] == '"person";q=3;w=60'


class TestAProgramOfAPartner:
    def test_has_a_limit_of_its_own(self, get):
        assert get(5, who=program()) == [200, 200, 200, 200, 429]
        assert get(1, who=program("c-2")) == [200]


class TestAnAddress:
    def test_may_ask_so_often_whoever_asks(self, get):
        assert get(8) + get(2, who=person()) == [200] * 10
        assert get(1) == get(1, who=person("a-2")) == [429]
        assert get(1, address="203.0.113.6") == [200]

    def test_is_counted_before_it_is_known_who_asks(self, get):
        assert get(11, who="no.token.atall") == [401] * 10 + [429]

    def test_of_ipv6_is_the_network_of_a_house(self, get):
        get(10, address="2001:db8:0:1::1")

        assert get(1, address="2001:db8:0:1:ffff:ffff:ffff:ffff") == [429]
        assert get(1, address="2001:db8:0:2::1") == [200]

    def test_of_ipv4_is_the_same_when_it_is_written_as_ipv6(self, get):
        get(10)

        assert get(1, address="::ffff:203.0.113.5") == [429]

    def test_is_not_what_the_client_says(self, get):
        get(10)

        said = {"X-Forwarded-For": "198.51.100.7", "Forwarded": "for=198.51.100.7", "X-Real-IP": "198.51.100.7"}
        assert get(1, **said) == [429]

    @pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/begawi.css"])
    def test_may_always_ask_how_it_goes_and_how_it_looks(self, get, path):
        get(10)

        assert get(20, path) == [200] * 20


class TestARequestTooMany:
    def test_is_a_problem_that_says_when_to_come_back(self, visitor, get):
        get(3, who=person())

        answer = visitor.get(AT, headers=bearer(person()) | {"Accept-Language": "en"})

        assert (answer.status_code, answer.content_type) == (429, "application/problem+json")
        assert answer.json["type"] == "too-many-requests"
        assert answer.headers["Retry-After"] == "50"
        assert answer.headers["RateLimit"] == '"person";r=0;t=50'

    def test_reaches_no_service(self, get, registry):
        get(5, who=person())

        assert len(registry.asked) == 3


class TestASensitiveRoute:
    """Declared with at_most, and counted in MongoDB."""

    @pytest.fixture
    def route(self, monkeypatch):
        """Return how such a route answers to so many requests with a login, in an app of its own."""
        app = Flask("sensitive")

        @app.post("/")
        @access.allow(access.PUBLIC)
        @at_most("5/minute", per=ADDRESS)
        @at_most("2/hour", per=said("login"))
        def view():
            return ""

        @app.before_request
        def begin():
            from flask import g

            from services.common.web import limits as kernel

            g.actor = access.NOBODY
            kernel.check()

        limits.install(app, on=True)

        def post(times, login, address="203.0.113.5"):
            asked = {"json": {"login": login}, "environ_base": {"REMOTE_ADDR": address}}
            return [app.test_client().post("/", **asked).status_code for _ in range(times)]

        return post

    def test_has_all_its_limits(self, route):
        assert route(3, "siti") == [200, 200, 429]
        assert route(3, "budi") == [200, 200, 429]  # the sixth of the address, whoever it is
        assert route(1, "ani") == [429]
        assert route(1, "ani", "203.0.113.6") == [200]

    def test_takes_a_login_for_the_same_however_it_is_written(self, route):
        assert route(1, "Siti") + route(1, " siti ") + route(1, "SITI") == [200, 200, 429]

    def test_does_not_count_what_is_not_said(self, route):
        assert route(5, None) == [200] * 5

    def test_keeps_nobodys_address_or_login(self, route):
        route(1, "siti")

        kept = str(list(database.reader().db.counts.find()))
        assert "count" in kept
        assert "siti" not in kept
        assert "203.0.113" not in kept


class TestAService:
    def test_counts_partners_that_come_without_the_gateway(self, client, monkeypatch):
        from services.common.web import limits as kernel

        monkeypatch.setattr(kernel, "COARSE", kernel.Limits(client=parse("2/minute")))
        program = client("vacancies", "partner", own="e-1", party="employer", scope="vacancies.read")
        officer = client("vacancies", "officer")

        assert [program.get("/v1/vacancies").status_code for _ in range(3)][2] == 429
        assert 429 not in [officer.get("/v1/vacancies").status_code for _ in range(5)]
