"""Open redirects: whatever is asked for, nobody is led away from here."""

import re
import time
from urllib.parse import quote

import pytest

from gateway.portal import visit
from tests.conftest import app_of
from tests.gateway.conftest import PASSWORD, otp
from tests.gateway.home import OURS
from tests.gateway.showing import Page
from tests.security.pages import SESSION, address, browsers, rules
from tests.security.world import SECRET

pytestmark = pytest.mark.xdist_group("security-pages")

ELSEWHERE = [
    "//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "/x//evil.example",
    "javascript:alert(1)", "/a\r\nX-Evil: 1", "/%0d%0aX-Evil: 1", "///evil.example", "/.evil.example", "/..//evil",
    "http:evil.example", "/@evil.example", "data:text/html,x", "/\tevil.example", "/ /evil.example", " //evil.example",
    "/%2F%2Fevil.example", "/masuk?to=//evil.example", "/x#//evil.example", "//evil.example:443/x",
    "\x00//evil.example",
    "/\N{FULLWIDTH SOLIDUS}evil.example", "https:/\\evil.example",
]  # fmt: skip
NAMES = ["to", "next", "return", "return_to", "redirect", "redirect_uri", "url", "from", "back", "continue"]
HERE = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")


@pytest.fixture(scope="module")
def everybody(world):
    return browsers(world)


def away(answer):
    """Return where an answer leads, if that is not here."""
    found = answer.headers.get("Location", "/").removeprefix("http://localhost")
    return None if HERE.fullmatch(found) and "X-Evil" not in answer.headers else found


def fault(answer):
    return away(answer) or (answer.status_code if answer.status_code >= 500 else None)


@pytest.mark.parametrize("asked", ELSEWHERE, ids=range(len(ELSEWHERE)))
class TestComingIn:
    def test_leads_nowhere_else(self, world, asked):
        visitor = app_of("gateway").test_client()
        form = {"login": f"{SECRET}.a", "password": PASSWORD, "otp": otp(f"{SECRET}.a"), "to": asked}

        answer = visitor.post("/masuk", data=form, headers=OURS)

        assert answer.status_code == 303
        assert "evil" not in answer.headers["Location"]

    def test_is_not_asked_for_on_a_page_that_leads_elsewhere(self, world, asked):
        answer = app_of("gateway").test_client().get("/masuk", query_string={"to": asked})

        assert answer.status_code == 200
        assert [each["value"] for each in Page(answer).all("input") if each.get("name") == "to"] == ["/"]


def test_coming_in_leads_on_to_the_page_that_was_asked_for(empty):
    answer = app_of("gateway").test_client().get("/masuk?to=/unggah")

    assert [each["value"] for each in Page(answer).all("input") if each.get("name") == "to"] == ["/unggah"]


@pytest.mark.timeout(30)
@pytest.mark.parametrize("asked", ["/" + "a" * 26 + "!", "/" + "a-" * 13 + "!", "/" + "a/" * 5000 + "!", "/" * 5000])
def test_a_page_to_go_on_to_is_looked_at_in_no_time(empty, asked):
    began = time.monotonic()

    visit.our_page(asked)

    assert time.monotonic() - began < 0.5


def test_no_page_leads_elsewhere_whatever_its_address_says(world, everybody):
    wrong = {}

    for method in ("GET", "POST"):
        for rule in [rule for rule in rules(method) if rule.arguments and "<uuid" not in rule.rule]:
            for asked in ELSEWHERE:
                try:
                    path = address(rule, world.a, **dict.fromkeys(rule.arguments, asked))
                except ValueError:
                    continue  # a number, or one of some names
                for name, visitor in everybody.items():
                    answer = visitor.open(path, method=method, headers=OURS, buffered=True)
                    wrong |= {f"{method} {path[:60]} as {name}": fault(answer)} if fault(answer) else {}

    assert wrong == {}


def test_no_page_leads_elsewhere_whatever_its_query_says(world, everybody):
    wrong, query = {}, "&".join(f"{name}={quote(ELSEWHERE[0])}" for name in NAMES)

    for rule in rules("GET"):
        for name, visitor in everybody.items():
            answer = visitor.get(f"{address(rule, world.a)}?{query}", buffered=True)
            wrong |= {f"{rule.rule} as {name}": fault(answer)} if fault(answer) else {}

    assert wrong == {}


def test_no_page_leads_elsewhere_whatever_its_form_says(world, everybody):
    wrong = {}

    for rule in [each for each in rules("POST") if each.rule != "/keluar"]:
        for name in ("worker", "nobody"):
            visitor, cookie = app_of("gateway").test_client(), everybody[name].get_cookie(SESSION)
            if cookie:
                visitor.set_cookie(SESSION, cookie.value)
            answer = visitor.post(address(rule, world.b), data=dict.fromkeys(NAMES, ELSEWHERE[0]), headers=OURS)
            wrong |= {f"{rule.rule} as {name}": fault(answer)} if fault(answer) else {}

    assert wrong == {}


@pytest.mark.parametrize("host", ["evil.example", "localhost:80@evil.example", "evil.example/x", "localhost\xb0"])
def test_a_host_that_is_not_ours_leads_nowhere(world, host):
    visitor = app_of("gateway").test_client()

    for path in ("/akun", "/masuk", "/unggah", "/api/identity/v1/notices", "/.well-known/oauth-authorization-server"):
        answer = visitor.get(path, headers={"Host": host, "X-Forwarded-Host": host})
        assert away(answer) is None
        assert "evil.example" not in answer.text
