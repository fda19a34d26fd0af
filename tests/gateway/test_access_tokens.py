"""Which tokens the gateway believes, for itself and for whom it passes on."""

import base64
import json
import time

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from gateway import keys
from tests.conftest import KEY, token
from tests.gateway.conftest import bearer

OTHER = ECKey.generate_key("P-256", {"kid": "other"})
SAME_NAME = ECKey.generate_key("P-256", {"kid": "test"})
ME, SKILLS = "/api/identity/v1/accounts/me", "/api/registry/v1/skills"


def claims(**said):
    now = time.time()
    return {"sub": "a-1", "role": "officer", "aud": "gateway", "iat": now, "exp": int(now) + 60} | said


def signed(key=KEY, header=None, **said):
    return jwt.encode({"alg": "ES256", "kid": key.kid} | (header or {}), claims(**said), key)


def unsigned(algorithm):
    parts = [{"alg": algorithm, "kid": "test"}, claims()]
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


def signed_with_the_public_key():
    """Return a token whose HMAC secret is what everybody can read."""
    secret = OctKey.import_key(json.dumps(keys.published()["keys"][0]))
    return jwt.encode({"alg": "HS256", "kid": "test"}, claims(), secret, algorithms=["HS256"])


TRICKS = {
    "none": unsigned("none"),
    "NoNe": unsigned("NoNe"),
    "a foreign key": signed(OTHER),
    "a foreign key of our name": signed(SAME_NAME),
    "a key it brings along": signed(OTHER, {"jwk": OTHER.as_dict(private=False)}),
    "a key it points to": signed(OTHER, {"jku": "http://127.0.0.1:1/keys"}),
    "for a service": signed(aud="registry"),
    "for nobody": jwt.encode({"alg": "ES256", "kid": "test"}, {"sub": "a-1", "role": "admin", "exp": 2**40}, KEY),
    "over": signed(exp=int(time.time()) - 1),
    "without end": jwt.encode({"alg": "ES256", "kid": "test"}, {"sub": "a", "role": "admin", "aud": "gateway"}, KEY),
    "changed": signed()[:-4] + "AAAA",
    "no token": "abc",
    "nothing": "",
}


class TestAToken:
    @pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
    @pytest.mark.parametrize("path", [ME, SKILLS])
    def test_that_is_none_of_ours_opens_nothing(self, services, visitor, path, trick):
        answer = visitor.get(path, headers=bearer(trick))

        assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
        assert not any(service.asked for service in services.values())

    @pytest.mark.parametrize("path", [ME, SKILLS])
    def test_with_an_hmac_of_the_public_key_opens_nothing(self, services, visitor, path):
        assert visitor.get(path, headers=bearer(signed_with_the_public_key())).status_code == 401

    @pytest.mark.parametrize("said", ["Basic YTpi", "Bearer", "Token abc"])
    def test_of_another_scheme_opens_nothing(self, services, visitor, said):
        assert visitor.get(SKILLS, headers={"Authorization": said}).status_code == 401

    def test_of_ours_opens(self, services, visitor):
        assert visitor.get(SKILLS, headers=bearer(signed())).status_code == 200

    def test_ends_on_time_although_it_was_believed_before(self, services, visitor, monkeypatch):
        mine = bearer(token("officer", "gateway", lives_s=60))
        assert visitor.get(SKILLS, headers=mine).status_code == 200

        later = time.time() + 61
        monkeypatch.setattr("time.time", lambda: later)

        assert visitor.get(SKILLS, headers=mine).status_code == 401


class TestThePublishedKeys:
    def test_are_public_halves_that_may_be_cached(self, visitor):
        answer = visitor.get("/.well-known/jwks.json")

        assert [key.keys() & {"d", "kid"} for key in answer.json["keys"]] == [{"kid"}]
        assert (answer.cache_control.public, answer.cache_control.max_age) == (True, 300)
