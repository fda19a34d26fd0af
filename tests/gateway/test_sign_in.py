"""Signing in over the API."""

import time

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from gateway.database import database
from tests.gateway.conftest import PASSWORD, bearer

SESSIONS = "/api/identity/v1/sessions"
ME = "/api/identity/v1/accounts/me"


class TestSigningIn:
    def test_gives_a_pair_of_tokens_that_no_cache_keeps(self, account, sign_in):
        account("budi", "officer")

        answer = sign_in()

        assert answer.status_code == 201
        assert answer.json.keys() == {"access_token", "refresh_token", "token_type", "expires_in", "role", "device"}
        assert (answer.json["token_type"], answer.json["expires_in"], answer.json["role"]) == ("Bearer", 900, "officer")
        assert answer.headers["Cache-Control"] == "no-store"

    def test_gives_a_token_that_says_who_it_is(self, account, sign_in, visitor):
        account("siti", "worker", own="w-1")

        me = visitor.get(ME, headers=bearer(sign_in("siti").json["access_token"]))

        assert (me.status_code, me.json["login"], me.json["role"], me.json["own"]) == (200, "siti", "worker", "w-1")
        assert "password" not in me.json

    def test_gives_a_token_that_the_published_keys_verify(self, account, sign_in, visitor):
        created = account("siti", "worker", own="w-1")
        keys = KeySet.import_key_set(visitor.get("/.well-known/jwks.json").json)

        claims = jwt.decode(sign_in("siti").json["access_token"], keys, algorithms=["ES256"]).claims

        said = {"sub": created.id, "role": "worker", "own": "w-1", "aud": "gateway"}
        assert claims.items() >= said.items()
        assert 899 < claims["exp"] - claims["iat"] <= 900
        assert claims["sid"]

    @pytest.mark.parametrize("login", ["BUDI", "  Budi "])
    def test_takes_a_login_in_any_case(self, account, sign_in, login):
        account("budi")

        assert sign_in(login).status_code == 201

    def test_keeps_neither_password_nor_token_as_they_are(self, account, sign_in):
        account("budi")

        refresh_token = sign_in().json["refresh_token"]

        kept = repr([*database.reader().db.accounts.find(), *database.reader().db.sessions.find()])
        assert "$argon2id$" in kept
        assert not any(secret in kept for secret in (PASSWORD, *refresh_token.split(".")))


class TestARefusedSignIn:
    def test_is_the_same_whether_the_login_or_the_password_is_wrong(self, account, sign_in):
        account("budi")

        unknown, wrong = sign_in("siapa", PASSWORD), sign_in("budi", "sungai barito")

        assert unknown.status_code == wrong.status_code == 401
        assert unknown.json | {"instance": ""} == wrong.json | {"instance": ""}
        assert unknown.json["type"] == "login-wrong"
        assert unknown.headers["WWW-Authenticate"] == "Bearer"

    def test_takes_as_long_whether_the_login_or_the_password_is_wrong(self, account, sign_in):
        account("budi")

        def fastest(login):
            return min(_seconds(lambda: sign_in(login, "sungai barito")) for _ in range(5))

        assert 0.5 < fastest("siapa") / fastest("budi") < 2

    def test_is_that_of_a_disabled_account_too(self, account, sign_in):
        account("budi")
        database.reader().db.accounts.update_one({"login": "budi"}, {"$set": {"disabled": True}})

        assert sign_in().json["type"] == "login-wrong"

    def test_speaks_the_language_of_whoever_asks(self, visitor):
        said = {"login": "siapa", "password": PASSWORD}

        english = visitor.post(SESSIONS, json=said, headers={"Accept-Language": "en"})

        assert visitor.post(SESSIONS, json=said).json["title"] == "Nama masuk atau kata sandi salah."
        assert english.json["title"] == "The login or the password is wrong."

    @pytest.mark.parametrize("trick", [{"$ne": None}, {"$gt": ""}, {"$regex": ".*"}, ["budi"], None, 1, True])
    @pytest.mark.parametrize("field", ["login", "password"])
    def test_is_that_of_anything_that_is_no_text(self, account, visitor, field, trick):
        account("budi")

        answer = visitor.post(SESSIONS, json={"login": "budi", "password": PASSWORD} | {field: trick})

        assert answer.status_code == 422
        assert f"/{field}" in answer.json["errors"]


def _seconds(act):
    """Return what it costs in CPU time: whatever else the machine does meanwhile does not count."""
    began = time.process_time()
    act()
    return time.process_time() - began
