"""Tokens for partners' programs: OAuth 2 client credentials, asked for by libraries that are not ours."""

import base64
import logging
import threading
import time

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from joserfc import jwt
from joserfc.jwk import KeySet
from oauthlib.oauth2 import BackendApplicationClient
from oauthlib.oauth2.rfc6749 import errors
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session
from werkzeug.serving import make_server

from services.common import settings
from tests.conftest import app_of
from tests.gateway.partners import CANDIDATES, CLIENTS, EMPLOYER, READ, TOKEN, WRITE, as_, ask, register

GRANT = {"grant_type": "client_credentials"}


@pytest.fixture(scope="module")
def address():
    """Serve the gateway over HTTP."""
    server = make_server("127.0.0.1", 0, app_of("gateway"), threaded=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def program(visitor):
    return register(visitor)


@pytest.fixture(autouse=True)
def _over_loopback(monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")


def basic(program, **changed):
    said = program | changed
    shown = base64.b64encode(f"{said['id']}:{said['secret']}".encode()).decode()
    return {"Authorization": f"Basic {shown}"}


@pytest.fixture
def third_party(address, program):
    """Ask for a token with requests-oauthlib, by one of the two ways to show a secret."""

    def fetch(way, scope=None, **changed):
        said = program | changed
        with OAuth2Session(client=BackendApplicationClient(said["id"], scope=scope)) as session:
            if way == "basic":
                return session.fetch_token(address + TOKEN, auth=HTTPBasicAuth(said["id"], said["secret"]))
            shown = {"client_secret": said["secret"], "include_client_id": True}
            return session.fetch_token(address + TOKEN, **shown)

    return fetch


each_way = pytest.mark.parametrize("way", ["basic", "form"])


@each_way
class TestALibraryOfAPartner:
    def test_gets_a_token_of_five_minutes(self, third_party, way):
        token = third_party(way)

        assert (token["token_type"], token["expires_in"]) == ("Bearer", 300)
        assert set(token["scope"]) == {READ, WRITE, CANDIDATES}
        assert "refresh_token" not in token

    def test_gets_less_where_it_asks_for_less(self, third_party, way):
        assert list(third_party(way, [READ])["scope"]) == [READ]

    @pytest.mark.parametrize("scope", ["batches.read", "everything", f"{READ} employer.read"])
    def test_gets_nothing_where_it_asks_for_more(self, third_party, way, scope):
        with pytest.raises(errors.InvalidScopeError):
            third_party(way, scope)

    @pytest.mark.parametrize("changed", [{"secret": "wrong"}, {"id": "begawi-nobody"}], ids=["secret", "id"])
    def test_with_a_wrong_id_or_secret_gets_nothing(self, third_party, way, changed):
        with pytest.raises(errors.InvalidClientError):
            third_party(way, **changed)

    def test_is_served_as_well_when_it_is_authlibs(self, address, program, way):
        method = {"basic": "client_secret_basic", "form": "client_secret_post"}[way]
        with AuthlibSession(program["id"], program["secret"], token_endpoint_auth_method=method) as session:
            token = session.fetch_token(address + TOKEN, grant_type="client_credentials", scope=READ)

        assert (token["expires_in"], token["scope"]) == (300, READ)


class TestAToken:
    def test_says_whose_program_it_is_what_it_may_do_and_where(self, visitor, program):
        before = time.time()
        answer = ask(visitor, program, scope=f"{READ} {CANDIDATES}")
        keys = KeySet.import_key_set(visitor.get("/.well-known/jwks.json").json)

        claims = jwt.decode(answer.json["access_token"], keys, algorithms=["ES256"]).claims

        said = {"sub": program["id"], "role": "partner", "party": "employer", "own": EMPLOYER}
        assert said.items() <= claims.items()
        assert claims["scope"] == answer.json["scope"] == f"{CANDIDATES} {READ}"
        assert claims["aud"] == ["gateway", "matching", "vacancies"]
        assert claims["iat"] == pytest.approx(before, abs=5)
        assert 299 <= claims["exp"] - claims["iat"] <= 300

    def test_is_kept_by_no_cache_and_logged_nowhere(self, visitor, program, caplog):
        caplog.set_level(logging.DEBUG)

        answer = visitor.post(TOKEN, data=GRANT, headers=basic(program))
        refused = visitor.post(TOKEN, data=GRANT, headers=basic(program, secret="a wrong one"))

        headers = [(each.headers["Cache-Control"], each.headers["Pragma"]) for each in (answer, refused)]
        assert headers == [("no-store", "no-cache")] * 2
        secrets = (program["secret"], answer.json["access_token"], "a wrong one", basic(program)["Authorization"][6:])
        assert not any(secret in caplog.text for secret in secrets)

    def test_opens_what_the_body_asks_for_whatever_the_address_says(self, visitor, program):
        answer = visitor.post(TOKEN, query_string={"scope": READ}, data=GRANT, headers=basic(program))

        assert answer.json["scope"] == f"{CANDIDATES} {READ} {WRITE}"

    def test_opens_the_gateway_and_none_of_what_is_not_for_partners(self, visitor, program):
        headers = {"Authorization": f"Bearer {ask(visitor, program).json['access_token']}"}

        assert visitor.get(CLIENTS, headers=headers).status_code == 403
        assert visitor.get(f"{CLIENTS}/{program['id']}", headers=headers).status_code == 403


class TestARefusal:
    @pytest.mark.parametrize(
        ("sent", "error"),
        [
            ({"json": GRANT}, "invalid_request"),
            ({}, "invalid_request"),
            ({"data": {"scope": READ}}, "invalid_request"),
            ({"data": {"grant_type": ""}}, "invalid_request"),
            ({"data": {"grant_type": ["client_credentials"] * 2}}, "invalid_request"),
            ({"data": GRANT | {"scope": [READ, READ]}}, "invalid_request"),
            ({"query_string": GRANT, "data": {"scope": READ}}, "invalid_request"),
            ({"data": GRANT | {"client_secret": "twice"}}, "invalid_request"),
            ({"data": GRANT, "content_type": "multipart/form-data"}, "invalid_request"),
            ({"data": {"grant_type": "authorization_code", "code": "x"}}, "unsupported_grant_type"),
            ({"data": {"grant_type": "password"}}, "unsupported_grant_type"),
            ({"data": {"grant_type": 'refresh_token"é\n'}}, "unsupported_grant_type"),
            ({"data": GRANT | {"scope": 'é"\\'}}, "invalid_scope"),
        ],
    )
    def test_says_what_is_wrong_as_the_standard_has_it(self, visitor, program, sent, error):
        answer = visitor.post(TOKEN, headers=basic(program), **sent)

        assert (answer.status_code, answer.content_type, answer.json["error"]) == (400, "application/json", error)
        assert set(answer.json) == {"error", "error_description"}
        assert answer.json["error_description"].isascii()
        assert not set('"\\') & set(answer.json["error_description"])
        assert answer.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize(
        "said",
        [
            None, "Basic", "Basic ", "Basic !", "Basic YWJj", "Basic /w==", "Basic Og==", "Basic é", "Bearer abc",
            "Digest a=b", "Basic " + base64.b64encode(b"begawi-x:\xff").decode(),
        ],
    )  # fmt: skip
    def test_of_who_shows_no_secret_names_the_way_to_show_it(self, visitor, said):
        answer = visitor.post(TOKEN, data=GRANT, headers={"Authorization": said} if said else {})

        assert (answer.status_code, answer.json["error"]) == (401, "invalid_client")
        assert answer.headers["WWW-Authenticate"] == 'Basic realm="begawi"'

    def test_is_the_same_whether_the_program_is_unknown_has_ended_or_shows_a_wrong_secret(self, visitor, program):
        ended = register(visitor)
        assert visitor.post(f"{CLIENTS}/{ended['id']}/revocation", headers=as_()).status_code == 200

        wrong = [
            basic(program, id="begawi-x"),
            basic(ended),
            basic(program, secret="wrong"),
            basic(program, id="nobody"),
        ]
        answers = [visitor.post(TOKEN, data=GRANT, headers=headers) for headers in wrong]

        said = {(each.status_code, each.data, each.headers["WWW-Authenticate"]) for each in answers}
        assert len(said) == 1

    def test_comes_as_fast_whether_the_program_is_unknown_or_the_secret_is_wrong(self, visitor, program):
        def fastest(**changed):
            return min(_seconds(lambda: ask(visitor, program | changed)) for _ in range(15))

        assert 0.5 < fastest(id="begawi-nobody") / fastest(secret="wrong") < 2

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
    def test_of_another_method_names_the_one_that_there_is(self, address, method):
        answer = requests.request(method, address + TOKEN, params=GRANT, timeout=10)

        assert (answer.status_code, "POST" in answer.headers["Allow"]) == (405, True)

    def test_of_a_body_without_end_comes_before_it_is_read(self, visitor, program):
        assert ask(visitor, program, scope="x" * 10_000).status_code == 413

    def test_of_an_address_without_tls_says_so(self, visitor, program, monkeypatch):
        monkeypatch.setattr(settings, "PUBLIC_URL", "http://begawi.example")

        assert ask(visitor, program).json["error"] == "insecure_transport"

    def test_is_not_of_an_address_whose_tls_ends_before_us(self, visitor, program, monkeypatch):
        monkeypatch.setattr(settings, "PUBLIC_URL", "https://begawi.example")

        assert ask(visitor, program).status_code == 200


class TestTheMetadata:
    def test_tells_a_library_where_and_how_tokens_are_given(self, visitor):
        answer = visitor.get("/.well-known/oauth-authorization-server")
        said = AuthorizationServerMetadata(answer.json)

        for each in ("issuer", "token_endpoint", "jwks_uri", "scopes_supported", "grant_types_supported"):
            getattr(said, f"validate_{each}")()
        assert said["issuer"] == settings.PUBLIC_URL
        assert said["token_endpoint"] == settings.PUBLIC_URL + TOKEN
        assert said["grant_types_supported"] == ["client_credentials"]
        assert said["token_endpoint_auth_methods_supported"] == ["client_secret_basic", "client_secret_post"]
        assert {READ, "batches.write"} <= set(said["scopes_supported"])
        assert answer.cache_control.public

    def test_is_in_the_document_which_shows_the_form(self, visitor):
        document = visitor.get("/api/identity/v1/openapi.json").json

        token = document["paths"][TOKEN]["post"]
        assert set(token["requestBody"]["content"]) == {"application/x-www-form-urlencoded"}
        assert {"200", "400", "401"} <= set(token["responses"])
        assert token["x-allowed"] == ["public"]


def _seconds(act):
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
