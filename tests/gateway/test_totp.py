"""The second factor: set up, needed, used once, lost."""

from datetime import timedelta

import pyotp
import pytest

from gateway.database import database
from services.reference import clock
from tests.gateway.conftest import PASSWORD, TOTP, bearer, otp

TOTP_AT, SESSIONS = "/api/identity/v1/accounts/me/totp", "/api/identity/v1/sessions"


@pytest.fixture
def at(monkeypatch):
    """Let it be some seconds later."""
    began = clock.now()

    def at(seconds):
        monkeypatch.setattr(clock, "now", lambda: began + timedelta(seconds=seconds))
        return began + timedelta(seconds=seconds)

    return at


@pytest.fixture
def set_up(visitor, sign_in):
    """Set a second factor up and return its secret and the spare codes."""

    def set_up(login):
        mine = bearer(sign_in(login, otp=None).json["access_token"])
        secret = visitor.post(TOTP_AT, headers=mine).json["secret"]
        answer = visitor.post(f"{TOTP_AT}/confirmation", json={"code": pyotp.TOTP(secret).now()}, headers=mine)
        assert answer.status_code == 200, answer.text
        return secret, answer.json["spares"]

    return set_up


class TestAnOfficerWithoutASecondFactor:
    @pytest.fixture
    def pair(self, account, sign_in):
        account("budi", "officer", totp=None)
        return sign_in(otp=None).json

    def test_comes_in_as_nobody_yet(self, pair, client, visitor, registry):
        assert pair["role"] == "unenrolled"
        answer = visitor.get("/api/identity/v1/accounts", headers=bearer(pair["access_token"]))
        assert answer.status_code == 403

    def test_is_an_officer_once_it_is_set_up(self, pair, visitor, set_up):
        set_up("budi")

        fresh = visitor.post(f"{SESSIONS}/refresh", json={"refresh_token": pair["refresh_token"]}).json

        assert fresh["role"] == "officer"
        answer = visitor.get("/api/identity/v1/accounts", headers=bearer(fresh["access_token"]))
        assert answer.status_code == 200

    def test_cannot_take_it_off(self, account, sign_in, visitor):
        account("siti", "officer")
        mine = bearer(sign_in("siti").json["access_token"])

        answer = visitor.post(f"{TOTP_AT}/removal", json={"password": PASSWORD}, headers=mine)

        assert (answer.status_code, answer.json["type"]) == (403, "otp-mandatory")


class TestSigningInWithASecondFactor:
    def test_needs_a_code_and_says_so_only_to_whoever_knows_the_password(self, account, sign_in):
        account("budi")

        assert (sign_in(otp=None).status_code, sign_in(otp=None).json["type"]) == (401, "otp-needed")
        assert sign_in(password="salah salah", otp=None).json["type"] == "login-wrong"
        assert sign_in(otp="000000").json["type"] == "otp-wrong"

    def test_takes_a_code_once(self, account, visitor):
        account("budi")
        said = {"login": "budi", "password": PASSWORD, "otp": otp("budi")}

        assert [visitor.post(SESSIONS, json=said).status_code for _ in range(2)] == [201, 422]

    def test_takes_none_that_is_older_than_one_that_was_used(self, account, visitor, at):
        account("budi")
        now = at(0)
        codes = [pyotp.TOTP(TOTP).at(now + timedelta(seconds=off_s)) for off_s in (30, 0)]

        said = [{"login": "budi", "password": PASSWORD, "otp": code} for code in codes]
        assert [visitor.post(SESSIONS, json=each).status_code for each in said] == [201, 422]

    @pytest.mark.parametrize(("off_s", "status"), [(-60, 422), (-30, 201), (30, 201), (90, 422)])
    def test_takes_the_code_of_a_clock_that_is_a_little_off(self, account, visitor, at, off_s, status):
        account("budi")
        now = at(0)
        said = {"login": "budi", "password": PASSWORD, "otp": pyotp.TOTP(TOTP).at(now + timedelta(seconds=off_s))}

        assert visitor.post(SESSIONS, json=said).status_code == status

    def test_takes_a_spare_code_once(self, account, sign_in, set_up):
        account("siti", "worker", own="w-1")
        _, spares = set_up("siti")

        assert len(set(spares)) == 8
        assert sign_in("siti", otp=spares[0].upper()).status_code == 201
        assert sign_in("siti", otp=spares[0]).status_code == 422
        assert sign_in("siti", otp=spares[1]).status_code == 201

    def test_can_be_taken_off_by_a_worker_who_knows_the_password(self, account, visitor, sign_in, set_up):
        account("siti", "worker", own="w-1")
        _, spares = set_up("siti")
        mine = bearer(sign_in("siti", otp=spares[0]).json["access_token"])

        assert visitor.post(f"{TOTP_AT}/removal", json={"password": "salah"}, headers=mine).status_code == 422
        assert visitor.post(f"{TOTP_AT}/removal", json={"password": PASSWORD}, headers=mine).status_code == 204
        assert sign_in("siti", otp=None).status_code == 201


class TestSettingItUp:
    def test_needs_a_right_code(self, account, visitor, sign_in):
        account("siti", "worker", own="w-1")
        mine = bearer(sign_in("siti").json["access_token"])
        begun = visitor.post(TOTP_AT, headers=mine)

        assert begun.headers["Cache-Control"] == "no-store"
        assert begun.json["uri"].startswith("otpauth://totp/Begawi:siti?secret=")
        answer = visitor.post(f"{TOTP_AT}/confirmation", json={"code": "123456"}, headers=mine)
        assert (answer.status_code, sign_in("siti", otp=None).status_code) == (422, 201)

    def test_is_done_once(self, account, visitor, sign_in, set_up):
        account("siti", "worker", own="w-1")
        _, spares = set_up("siti")
        mine = bearer(sign_in("siti", otp=spares[0]).json["access_token"])

        assert visitor.post(TOTP_AT, headers=mine).json["type"] == "otp-set-up"

    def test_is_sealed(self, account, set_up):
        account("siti", "worker", own="w-1")
        secret, spares = set_up("siti")

        kept = repr(list(database.reader().db.accounts.find()))
        assert not any(said in kept for said in (secret, *spares))
