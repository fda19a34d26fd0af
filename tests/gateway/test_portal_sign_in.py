"""Signing in and out on the portal's pages."""

from datetime import timedelta

import pytest

from gateway.database import database
from services.reference import clock
from tests.gateway.conftest import PASSWORD, otp
from tests.gateway.showing import VACANCY_ID, Page

OURS = {"Origin": "http://localhost"}
SHORTLIST = f"/lowongan/{VACANCY_ID}/kandidat"


@pytest.fixture
def enter(visitor):
    """Send the form and return the answer."""

    def enter(login="budi", password=PASSWORD, *, to="/", headers=OURS, **options):
        form = {"login": login, "password": password, "otp": otp(login), "to": to}
        return visitor.post("/masuk", data=form, headers=headers, **options)

    return enter


def is_inside(visitor):
    return "/keluar" in [form.get("action") for form in Page(visitor.get("/api")).all("form")]


class TestTheForm:
    def test_names_its_fields(self, visitor):
        page = Page(visitor.get("/masuk"))

        names = {field["id"]: field["name"] for field in page.all("input") if "id" in field}
        assert {label["for"] for label in page.all("label")} == names.keys() == {"login", "password", "otp"}

    def test_lets_in_and_leads_on(self, visitor, account, enter):
        account("budi")

        answer = enter(to=SHORTLIST)

        assert (answer.status_code, answer.headers["Location"]) == (303, SHORTLIST)
        assert is_inside(visitor)

    def test_sets_a_cookie_that_no_script_and_no_other_site_can_use(self, account, enter):
        account("budi")

        for cookie in enter().headers.getlist("Set-Cookie"):
            assert cookie.startswith("__Host-")
            assert {"HttpOnly", "SameSite=Strict", "Path=/", "Secure"} <= set(cookie.split("; "))
            assert "Domain" not in cookie

    def test_keeps_no_cookie_as_it_is(self, visitor, account, enter):
        account("budi")
        enter()

        kept = repr(list(database.reader().db.sessions.find()))
        assert visitor.get_cookie("__Host-begawi").value not in kept

    @pytest.mark.parametrize(("login", "password"), [("siapa", PASSWORD), ("budi", "sungai barito"), ("", "")])
    def test_says_the_same_of_a_wrong_login_and_a_wrong_password(self, visitor, account, enter, login, password):
        account("budi")

        answer = enter(login, password)

        assert answer.status_code == 401
        assert "Nama masuk atau kata sandi salah." in Page(answer).text
        assert not is_inside(visitor)

    def test_keeps_what_was_typed_as_text(self, enter):
        page = Page(enter('"><script>alert(1)</script>', "x"))

        assert not page.all("script")
        assert '"><script>alert(1)</script>' in [field.get("value") for field in page.all("input")]

    @pytest.mark.parametrize(
        "elsewhere",
        ["//evil.example", "https://evil.example/", "/\\evil.example", "/x//evil", "javascript:1", "/a\r\nX: 1", ""],
    )
    def test_leads_to_no_other_site(self, account, enter, elsewhere):
        account("budi")

        assert enter(to=elsewhere).headers["Location"] == "/"


class TestAFormOfAnotherSite:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://localhost.evil.example"},
            {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Referer": "https://evil.example/localhost"},
            {},
        ],
    )
    def test_signs_nobody_in(self, visitor, account, enter, headers):
        account("budi")

        answer = enter(headers=headers)

        assert (answer.status_code, answer.mimetype) == (403, "text/html")
        assert "Set-Cookie" not in answer.headers
        assert not is_inside(visitor)

    def test_signs_nobody_out(self, visitor, account, enter):
        account("budi")
        enter()

        assert visitor.post("/keluar", headers={"Origin": "https://evil.example"}).status_code == 403
        assert is_inside(visitor)

    @pytest.mark.parametrize(
        "headers", [OURS, {"Sec-Fetch-Site": "same-origin"}, {"Referer": "http://localhost/masuk"}]
    )
    def test_is_told_from_ours(self, account, enter, headers):
        account("budi")

        assert enter(headers=headers).status_code == 303


class TestAVisit:
    def test_ends_with_signing_out(self, visitor, account, enter):
        account("budi")
        enter()
        cookie = visitor.get_cookie("__Host-begawi").value

        assert visitor.post("/keluar", headers=OURS).status_code == 303
        visitor.set_cookie("__Host-begawi", cookie)
        assert not is_inside(visitor)

    def test_ends_after_twelve_hours(self, visitor, account, enter, monkeypatch):
        account("budi")
        enter()

        later = clock.now() + timedelta(hours=12, seconds=1)
        monkeypatch.setattr(clock, "now", lambda: later)

        assert not is_inside(visitor)

    def test_is_not_begun_by_a_refresh_token(self, visitor, account, sign_in):
        account("budi")
        token = sign_in().json["refresh_token"]

        for value in (token, token.partition(".")[0]):
            visitor.set_cookie("__Host-begawi", value)
            assert not is_inside(visitor)
