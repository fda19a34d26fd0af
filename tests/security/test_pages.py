"""The portal, route by route: forms of other sites are refused, looking changes nothing, and nothing breaks it."""

import pytest

from gateway.database import database
from tests.conftest import SERVICES, app_of
from tests.gateway.home import OURS
from tests.security.asking import everything
from tests.security.kept import Kept
from tests.security.pages import SESSION, address, browser, browsers, rules, who

pytestmark = pytest.mark.xdist_group("security-pages")

FOREIGN = [
    {}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://evil.example", "Referer": "http://localhost/"}, {"Referer": "https://evil.example/localhost"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""}, {"Sec-Fetch-Site": "x"}, {"Origin": "http://localhost@evil.example"},
]  # fmt: skip
NAMES = [
    "login", "password", "otp", "to", "code", "version", "team", "email", "language", "name", "scopes", "find", "act",
    "again", "old", "nik", "skill", "worker", "column-1", "session", "from", "state", "enrolment", "enrolments",
]  # fmt: skip
ODD = ["x", "-1", "", "\x00", '{"$ne": null}', "9" * 5000, "²", "\ud7ff", "<script>alert(1)</script>", "a" * 30_000]
QUERY = "?lang=en&done=x&cursor=x&after=x&to=x&district=63.11.06"
SEEN = {"seen_at", "ends_at"}  # when a session was used last is no change


@pytest.fixture(scope="module")
def everybody(world):
    return browsers(world)


class All:
    """What lies in all four databases; that a session was used is left out."""

    def __init__(self):
        self._kept = {service: Kept(service) for service in SERVICES}
        self._sessions = _sessions()

    def changed(self):
        found = {(service, name) for service, kept in self._kept.items() for name in kept.changed()}
        return found - ({("gateway", "sessions")} if _sessions() == self._sessions else set())

    def put_back(self):
        for kept in self._kept.values():
            kept.put_back()


def _sessions():
    rows = database.reader().db.sessions.find().sort("_id")
    return [{name: value for name, value in row.items() if name not in SEEN} for row in rows]


class TestAFormOfAnotherSite:
    def test_is_refused_by_each_page_and_changes_nothing(self, world, everybody):
        wrong, kept, tried = {}, All(), 0
        assert {name for name, visitor in everybody.items() if visitor.get("/akun").status_code != 200} == {"nobody"}

        for rule in rules("POST"):
            for name, visitor in everybody.items():
                for headers in FOREIGN if name == "worker" else FOREIGN[:2]:
                    answer = visitor.post(address(rule, world.a), headers=headers, data={"team": "viewer"})
                    tried += 1
                    if (answer.status_code, answer.headers.getlist("Set-Cookie")) != (403, []):
                        wrong[f"{rule.rule} as {name} {headers}"] = answer.status_code

        assert (wrong, kept.changed(), tried > 500) == ({}, set(), True)

    def test_is_what_makes_the_difference(self, world, everybody):
        kept, form = All(), {"language": "en"}

        assert everybody["worker"].post("/akun", data=form, headers=OURS).status_code == 303
        assert kept.changed() != set()
        kept.put_back()


class TestLooking:
    def test_changes_nothing(self, world, everybody):
        changing, broken, kept = {}, {}, All()

        for name, visitor in everybody.items():
            for rule in rules("GET"):
                for query in ("", QUERY):
                    answer = visitor.get(address(rule, world.a) + query, headers=OURS, buffered=True)
                    broken |= {f"{rule.rule} as {name}": answer.status_code} if answer.status_code >= 500 else {}
            changing |= {name: found} if (found := kept.changed()) else {}
            kept.put_back()

        assert (changing, broken) == ({}, {})

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
    def test_has_no_other_methods(self, world, everybody, method):
        kept = All()
        answers = {rule.rule: everybody["worker"].open(address(rule, world.a), method=method) for rule in rules("GET")}

        assert {rule: answer.status_code for rule, answer in answers.items() if answer.status_code != 405} == {}
        assert kept.changed() == set()


class TestAFormOfOurs:
    def test_is_answered_whatever_it_says(self, world, everybody):
        broken, kept = {}, All()

        for rule in rules("POST"):
            visitor = everybody[who(rule)]
            session = visitor.get_cookie(SESSION)
            for said in ODD:
                answer = visitor.post(address(rule, world.a), data=dict.fromkeys(NAMES, said), headers=OURS)
                broken |= {f"{rule.rule} {said[:20]!r}": answer.status_code} if answer.status_code >= 500 else {}
                if answer.status_code < 400:
                    kept.put_back()
                    if session:
                        visitor.set_cookie(SESSION, session.value, secure=True)

        kept.put_back()
        assert broken == {}

    @pytest.mark.parametrize("content", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
    def test_is_none_in_another_shape(self, world, everybody, content):
        kept = All()
        answer = everybody["worker"].post("/akun", data=b'{"language": "en"}', content_type=content, headers=OURS)

        assert answer.status_code in {400, 415, 422}
        assert kept.changed() == set()


class TestACookie:
    def test_of_the_pages_opens_nothing_of_the_api(self, world, everybody):
        opened, kept = {}, Kept("gateway")
        for each in everything():
            if each.service == "gateway" and "public" not in each.allowed:
                answer = everybody["officer"].open(**each.request(world.a))
                opened |= {each.where: answer.status_code} if answer.status_code != 401 else {}
        passed = everybody["officer"].get("/api/registry/v1/workers", headers=OURS)

        assert (opened, passed.status_code, kept.changed()) == ({}, 401, set())

    @pytest.mark.parametrize(("base", "is_secure"), [("http://localhost", False), ("https://localhost", True)])
    def test_of_the_language_is_out_of_reach_of_scripts(self, empty, base, is_secure):
        [said] = app_of("gateway").test_client().get("/masuk?lang=en", base_url=base).headers.getlist("Set-Cookie")

        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(said.split("; "))
        assert ("Secure" in said) is is_secure

    def test_is_worth_nothing_changed_or_cut(self, world):
        mine = browser(world.b.accounts["worker"])
        good = mine.get_cookie(SESSION).value
        stranger = app_of("gateway").test_client(use_cookies=False)

        for said in (good[:-1], good + "x", good.swapcase(), "", "x" * 5000, '{"$ne": null}', f"x{good}"):
            answer = stranger.get("/akun", headers={"Cookie": f"{SESSION}={said}"})
            assert (answer.status_code, answer.headers.get("Location")) == (303, "/masuk?to=/akun")
        assert stranger.get("/akun", headers={"Cookie": f"{SESSION}={good}"}).status_code == 200

    def test_that_another_site_sets_beside_it_is_not_taken_for_it(self, world):
        mine, theirs = browser(world.b.accounts["worker"]), browser(world.b.accounts["employer", "member"])
        good, other = mine.get_cookie(SESSION).value, theirs.get_cookie(SESSION).value
        visitor = app_of("gateway").test_client(use_cookies=False)

        beside = visitor.get("/akun", headers={"Cookie": f"begawi={other}; {SESSION}={good}"})
        alone = visitor.get("/akun", headers={"Cookie": f"begawi={other}; Host-begawi={other}"})

        assert (beside.status_code, alone.status_code) == (200, 303)
