"""Who may call a route; tokens true and forged; the gateway's keys, fetched and rotated."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from services.common import access, settings, tokens
from services.common.web import app as web
from services.common.web.blueprint import Blueprint
from tests.conftest import KEY, token


@pytest.fixture
def http(database, folder):
    """Return a client of an app with a route for each way to declare."""
    trial = Blueprint("trial", __name__)

    def employer_of(vacancy_id):
        return {"v-1": "e-1"}.get(vacancy_id)

    def route(path, *declared, **options):
        def view(**_):
            return {"who": access.actor().id}

        if declared:
            view = access.allow(*declared, **options)(view)
        trial.add_url_rule(path, endpoint=path.strip("/").split("/")[0], view_func=view, methods=["GET", "POST"])

    route("/undeclared")
    route("/public", "public")
    route("/officers", "officer")
    route("/workers/<worker_id>", "worker:self")
    route("/vacancies/<vacancy_id>", "employer:own", owner=employer_of)
    route("/scoped/<employer_id>", "officer", "employer:own", "partner:vacancies.write")
    route("/lists", "officer", "partner:skills.read")
    route("/partners/<job_id>", "partner:own", owner=lambda job_id: "e-1" if job_id == "j-1" else None)
    route("/bodies", "employer:own", owner=access.in_body("employer_id"))
    return web.make_app("registry", database, trial, folder=folder).test_client()


def status(http, path, said=None, **asked):
    headers = {"Authorization": f"Bearer {said}"} if said else {}
    return http.open(path, headers=headers, method="POST" if asked else "GET", **asked).status_code


class TestARoute:
    @pytest.mark.parametrize("role", ["officer", "admin", "worker", "public"])
    def test_that_declares_nobody_is_for_nobody(self, http, role):
        assert status(http, "/undeclared") == 401
        assert status(http, "/undeclared", token(role, own="x")) == 403

    def test_is_for_the_roles_that_it_names(self, http):
        assert status(http, "/officers", token("officer")) == 200
        assert status(http, "/officers", token("admin")) == 403
        assert status(http, "/officers") == 401

    def test_that_is_public_is_for_all_but_a_bad_token(self, http):
        assert status(http, "/public") == status(http, "/public", token("worker")) == 200
        assert status(http, "/public", "forged") == 401

    def test_with_a_relation_is_for_whom_it_is_and_does_not_exist_for_others(self, http):
        assert status(http, "/workers/w-1", token("worker", own="w-1")) == 200
        assert status(http, "/workers/w-1", token("worker", own="w-2")) == 404
        assert status(http, "/workers/w-1", token("worker")) == 404
        assert status(http, "/workers/w-1", token("employer", own="w-1")) == 403

    def test_may_look_up_whose_it_is(self, http):
        assert status(http, "/vacancies/v-1", token("employer", own="e-1")) == 200
        assert status(http, "/vacancies/v-1", token("employer", own="e-2")) == 404
        assert status(http, "/vacancies/none", token("employer", own="e-1")) == 404

    @pytest.mark.parametrize("body", [{"employer_id": "e-2"}, {}, ["e-1"], {"employer_id": {"$ne": 1}}])
    def test_may_read_in_the_body_whose_it_is(self, http, body):
        assert status(http, "/bodies", token("employer", own="e-1"), json={"employer_id": "e-1"}) == 200
        assert status(http, "/bodies", token("employer", own="e-1"), json=body) == 403


def partner(scope, own="e-1", party="employer"):
    return token("partner", own=own, party=party, scope=scope)


class TestAPartnersProgram:
    def test_may_do_for_its_party_what_its_scopes_open(self, http):
        assert status(http, "/scoped/e-1", partner("vacancies.write")) == 200
        assert status(http, "/scoped/e-1", partner("vacancies.read vacancies.write"), json={}) == 200
        assert status(http, "/scoped/e-2", partner("vacancies.write")) == 404

    @pytest.mark.parametrize("scope", ["", "vacancies.read", "vacancies", "own", "employer:own", "vacancies.write2"])
    def test_may_not_without_the_scope(self, http, scope):
        assert status(http, "/scoped/e-1", partner(scope)) == 403

    def test_may_not_as_the_other_kind_of_party(self, http):
        assert status(http, "/scoped/e-1", partner("vacancies.write", party="institution")) == 403

    def test_needs_the_scope_alone_where_nothing_is_anybodys(self, http):
        assert status(http, "/lists", partner("skills.read")) == 200
        assert status(http, "/lists", partner("vacancies.read")) == 403

    def test_has_what_is_its_own_without_a_scope(self, http):
        assert status(http, "/partners/j-1", partner("")) == 200
        assert status(http, "/partners/j-1", partner("", own="e-2")) == 404

    def test_is_no_officer_whatever_its_scopes(self, http):
        assert status(http, "/officers", partner("officer admin partner:own")) == 403


class TestAViewer:
    def test_reads_and_changes_nothing(self, http):
        viewer = token("employer", own="e-1", team="viewer")

        assert status(http, "/scoped/e-1", viewer) == 200
        assert status(http, "/scoped/e-1", viewer, json={}) == 403
        assert status(http, "/scoped/e-1", token("employer", own="e-1", team="member"), json={}) == 200


def claims(**changes):
    now = time.time()
    return {"sub": "a", "role": "officer", "aud": "registry", "iat": now, "exp": int(now) + 60} | changes


def signed(key=KEY, algorithm="ES256", kid="test", **changes):
    said = {name: value for name, value in claims(**changes).items() if value is not None}
    return jwt.encode({"alg": algorithm, "kid": kid}, said, key, algorithms=[algorithm])


class TestAToken:
    def test_is_believed_when_the_gateway_signed_it_for_this_service(self, http):
        assert status(http, "/officers", signed()) == 200

    @pytest.mark.parametrize(
        "changes",
        [
            {"aud": "matching"},
            {"aud": None},
            {"exp": 1},
            {"exp": None},
            {"sub": None},
            {"role": None},
            {"exp": "soon"},
            {"iat": None},
            {"iat": "now"},
            {"iat": time.time() + 3600},
        ],
    )
    def test_is_not_believed_with_other_claims(self, http, changes):
        assert status(http, "/officers", signed(**changes)) == 401

    def test_is_not_believed_with_another_key(self, http):
        assert status(http, "/officers", signed(ECKey.generate_key("P-256"))) == 401
        assert status(http, "/officers", signed(ECKey.generate_key("P-256"), kid="foreign")) == 401

    def test_is_not_believed_signed_with_the_public_key_as_a_secret(self, http):
        secret = OctKey.import_key(json.dumps(KEY.as_dict(private=False)))
        assert status(http, "/officers", signed(secret, "HS256")) == 401

    def test_is_not_believed_unsigned(self, http):
        head, body, _ = signed().split(".")
        none = base64.urlsafe_b64encode(b'{"alg": "none", "kid": "test"}').decode().rstrip("=")
        assert status(http, "/officers", f"{none}.{body}.") == 401
        assert status(http, "/officers", f"{head}.{body}.") == 401

    def test_is_remembered_and_never_past_its_end(self, http):
        short = signed(exp=int(time.time()) + 2)
        assert status(http, "/officers", short) == 200
        end = time.time() + 2.1
        while time.time() < end:
            time.sleep(0.05)
        assert status(http, "/officers", short) == 401


@pytest.fixture
def keys(monkeypatch):
    """Publish keys as the gateway does, a problem while there are none; the list is them, and `asked` counts."""
    published, asked = [], []

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(1)
            said = {"keys": [key.as_dict(private=False) for key in published]} if published else {"status": 503}
            body = json.dumps(said).encode()
            self.send_response(200 if published else 503)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(settings, "JWKS_URL", f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setattr(tokens, "REFRESH_S", 0.0)
    yield published, asked
    server.shutdown()
    server.server_close()


class TestTheGatewaysKeys:
    def test_are_fetched_once_and_again_when_a_token_names_a_new_one(self, http, keys):
        published, asked = keys
        published.append(KEY)
        assert {status(http, "/officers", signed(sub=f"a-{n}")) for n in range(5)} == {200}
        assert len(asked) == 1

        new = ECKey.generate_key("P-256", {"kid": "new"})
        published.insert(0, new)

        assert status(http, "/officers", signed(new, kid="new")) == status(http, "/officers", signed(sub="b")) == 200
        assert len(asked) == 2

    def test_are_not_fetched_for_each_foreign_token(self, http, keys, monkeypatch):
        published, asked = keys
        published.append(KEY)
        status(http, "/officers", signed())
        monkeypatch.setattr(tokens, "REFRESH_S", 60.0)

        assert {status(http, "/officers", signed(kid=f"foreign-{n}")) for n in range(20)} == {401}
        assert len(asked) == 1

    @pytest.mark.parametrize("address", ["http://127.0.0.1:9/", None], ids=["nobody answers", "a problem answers"])
    def test_that_cannot_be_had_are_no_reason_to_let_in_or_to_call_a_token_forged(
        self, http, keys, monkeypatch, address
    ):
        monkeypatch.setattr(settings, "JWKS_URL", address or settings.JWKS_URL)

        answer = http.get("/officers", headers={"Authorization": f"Bearer {signed()}"})

        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
