"""Refreshing a session, and ending it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from gateway.database import database
from gateway.session import commands
from gateway.session.model import Try
from services.reference import clock
from tests.conftest import app_of
from tests.gateway.conftest import PASSWORD, bearer, otp
from tests.waiting import until

CURRENT = "/api/identity/v1/sessions/current"
ME = "/api/identity/v1/accounts/me"


@pytest.fixture
def refresh():
    """Refresh with a token and return the answer; each time as a client of its own, also from several threads."""

    def refresh(token):
        return app_of("gateway").test_client().post("/api/identity/v1/sessions/refresh", json={"refresh_token": token})

    return refresh


@pytest.fixture
def first(account, sign_in):
    account("budi")
    return sign_in().json


class TestRefreshing:
    def test_gives_a_new_pair(self, first, refresh, visitor):
        answer = refresh(first["refresh_token"])

        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert answer.json["refresh_token"] != first["refresh_token"]
        assert visitor.get(ME, headers=bearer(answer.json["access_token"])).json["login"] == "budi"

    def test_can_be_done_again_and_again(self, first, refresh):
        token = first["refresh_token"]
        for _ in range(3):
            token = refresh(token).json["refresh_token"]

        assert refresh(token).status_code == 200

    def test_with_a_token_that_was_used_ends_the_whole_session(self, first, refresh):
        second = refresh(first["refresh_token"]).json

        stolen = refresh(first["refresh_token"])

        assert (stolen.status_code, stolen.json["type"]) == (401, "session-over")
        assert refresh(second["refresh_token"]).status_code == 401

    def test_leaves_the_other_sessions_of_the_account(self, first, refresh, sign_in):
        other = sign_in().json
        refresh(first["refresh_token"])
        refresh(first["refresh_token"])

        assert refresh(other["refresh_token"]).status_code == 200

    def test_at_the_same_moment_succeeds_once(self, first, refresh):
        with ThreadPoolExecutor(4) as pool:
            statuses = list(pool.map(refresh, [first["refresh_token"]] * 4))

        assert sorted(answer.status_code for answer in statuses) == [200, 401, 401, 401]

    def test_is_refused_thirty_days_after_the_last(self, first, refresh, monkeypatch):
        later = clock.now() + timedelta(days=30, seconds=1)
        monkeypatch.setattr(clock, "now", lambda: later)

        assert refresh(first["refresh_token"]).status_code == 401

    def test_is_refused_to_a_disabled_account(self, first, refresh):
        database.reader().db.accounts.update_one({"login": "budi"}, {"$set": {"disabled": True}})

        assert refresh(first["refresh_token"]).status_code == 401

    def test_is_refused_with_the_cookie_of_the_portal(self, first, refresh):
        said = Try(login="budi", password=PASSWORD, otp=otp("budi"))
        cookie, _ = commands.enter(database.reader(), said=said, now=clock.now())

        assert {refresh(token).status_code for token in (cookie, f"{cookie}.", f"{cookie}.{cookie}")} == {401}

    @pytest.mark.parametrize("token", ["", ".", "x.y", "ñ.ñ", "$ne"])
    def test_is_refused_with_something_else(self, refresh, token):
        assert refresh(token).status_code == 401

    def test_of_an_expired_session_is_left_to_the_database(self):
        index = database.reader().db.sessions.index_information()["expiry"]

        assert (index["key"], index["expireAfterSeconds"]) == ([("ends_at", 1)], 0)


class TestSigningOut:
    def test_ends_the_session(self, first, refresh, visitor):
        answer = visitor.delete(CURRENT, headers=bearer(first["access_token"]))

        assert (answer.status_code, answer.data) == (204, b"")
        assert refresh(first["refresh_token"]).status_code == 401

    def test_ends_the_access_token_within_a_second(self, first, visitor):
        mine = bearer(first["access_token"])
        assert visitor.get(ME, headers=mine).status_code == 200
        visitor.delete(CURRENT, headers=mine)

        until(lambda: visitor.get(ME, headers=mine).status_code == 401, 1)

    def test_leaves_the_other_sessions(self, first, refresh, sign_in, visitor):
        other = sign_in().json
        visitor.delete(CURRENT, headers=bearer(first["access_token"]))

        assert refresh(other["refresh_token"]).status_code == 200

    def test_needs_a_session(self, visitor):
        assert visitor.delete(CURRENT).status_code == 401
