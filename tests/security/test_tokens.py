"""Tokens that are forged, meant for somebody else, or over: every app refuses them, and takes the good one beside."""

import base64
import hmac
import json
import time

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from gateway import keys
from services.common import standing
from services.reference import clock
from tests.conftest import KEY, SERVICES, app_of, database_of, token
from tests.security.asking import everything
from tests.security.world import IDENTITY, http

pytestmark = pytest.mark.xdist_group("security-tokens")

HASHES = {"HS256": "sha256", "HS512": "sha512"}
OTHER = ECKey.generate_key("P-256", {"kid": "other"})
NOW, HOUR = time.time(), 3600
# Something of each app that officers may and the public may not.
DOORS = {
    "registry": "/v1/workers", "vacancies": "/v1/employers", "matching": "/v1/profiles/w-1",
    "gateway": f"{IDENTITY}/accounts",
}  # fmt: skip
KIDS = [
    "../../../../dev/null", "/dev/null", "' UNION SELECT 'x", "test' OR '1'='1", "http://127.0.0.1:1/key", "test\x00",
    "", " test", "TEST", ["test"], {"$ne": None}, 0, None, True, "x" * 5000,
]  # fmt: skip


def b64(said):
    whole = said if isinstance(said, bytes) else json.dumps(said).encode()
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def claims(service, **said):
    found = {"sub": "a-1", "role": "officer", "aud": service, "iat": NOW, "exp": int(time.time()) + 60} | said
    return {name: value for name, value in found.items() if value is not ...}


def signed(service, key=KEY, head=None, **said):
    return jwt.encode({"alg": "ES256", "kid": "test"} | (head or {}), claims(service, **said), key)


def unsigned(service, head, signature=b""):
    return f"{b64({'alg': 'none', 'kid': 'test'} | head)}.{b64(claims(service))}.{b64(signature)}"


def hashed(service, secret, algorithm="HS256"):
    said = f"{b64({'alg': algorithm, 'kid': 'test'})}.{b64(claims(service))}"
    return f"{said}.{b64(hmac.digest(secret.encode(), said.encode(), HASHES[algorithm]))}"


def public_key():
    return json.dumps(keys.published()["keys"][0])


def foreign_head(service):
    """Return a token whose head says more than was signed."""
    _, body, signature = signed(service).split(".")
    return f"{b64({'alg': 'ES256', 'kid': 'test', 'typ': 'at+jwt'})}.{body}.{signature}"


def other_body(service):
    head, _, signature = signed(service, role="worker").split(".")
    return f"{head}.{b64(claims(service))}.{signature}"


def tricks(service):
    """Yield tokens that are none, with what is wrong with them."""
    elsewhere = next(each for each in SERVICES if each != service)
    for algorithm in ("none", "None", "NONE", "nOnE", "", "ES256", "HS256", "ES384", "RS256", "EdDSA"):
        yield f"unsigned: {algorithm}", unsigned(service, {"alg": algorithm})
    yield "a signature of zeros", unsigned(service, {"alg": "ES256"}, bytes(64))
    yield "a signature of the order", unsigned(service, {"alg": "ES256"}, b"\xff" * 64)
    yield "HS256 with the public key", hashed(service, public_key())
    yield "HS512 with the public key", hashed(service, public_key(), "HS512")
    yield "HS256 with the public key as PEM", hashed(service, KEY.as_pem(private=False).decode())
    yield "HS256 with nothing", hashed(service, " ")
    for kid in KIDS:
        yield f"foreign key, kid {kid!r:.30}", signed(service, OTHER, {"kid": kid}) if isinstance(kid, str) else (
            f"{b64({'alg': 'ES256', 'kid': kid})}.{b64(claims(service))}.{b64(bytes(64))}")  # fmt: skip
    yield "a key that it brings along", signed(service, OTHER, {"jwk": OTHER.as_dict(private=False)})
    for name, said in {"jku": "http://127.0.0.1:1/k", "x5u": "http://127.0.0.1:1/c"}.items():
        yield f"a key that it points to by {name}", signed(service, OTHER, {name: said})
        yield f"none of ours by {name}", signed(service, OTHER, {"kid": "other", name: said})
    yield "something critical that is unknown", (
        f"{b64({'alg': 'ES256', 'kid': 'test', 'crit': ['x'], 'x': 1})}.{b64(claims(service))}.{b64(bytes(64))}")  # fmt: skip  # noqa: E501
    yield "another head", foreign_head(service)
    yield "another body", other_body(service)
    yield "over", signed(service, exp=int(time.time()) - 1)
    yield "from the future", signed(service, iat=NOW + HOUR)
    yield "not yet valid", signed(service, nbf=int(NOW + HOUR))
    for name in ("aud", "exp", "iat", "sub", "role"):
        yield f"without {name}", signed(service, **{name: ...})
    for audience in (elsewhere, [elsewhere], [], "", "*", f"{service}x", service.upper(), [f"{service} {elsewhere}"]):
        yield f"for {audience}", signed(service, aud=audience)
    whole = signed(service)
    for changed in (whole[:-2], f"{whole}.x", f".{whole}", whole.replace(".", ".."), f"{whole}\x00", "a.b.c", "." * 5,
                    "x" * 20_000, b64({"payload": "x", "signatures": []})):  # fmt: skip
        yield f"changed: {changed[-12:]!r}", changed


def asked(service, said):
    header = {"Authorization": f"Bearer {said}"}
    return app_of(service).test_client().get(DOORS[service], headers=header)


@pytest.mark.parametrize("service", SERVICES)
class TestAToken:
    def test_that_is_none_of_ours_opens_nothing(self, service, empty):
        found = {trick: asked(service, said) for trick, said in tricks(service)}

        assert {trick: each.status_code for trick, each in found.items() if each.status_code != 401} == {}
        assert {each.headers["WWW-Authenticate"] for each in found.values()} == {"Bearer"}

    def test_that_is_ours_opens(self, service, empty):
        good = [signed(service), signed(service, aud=["x", service]), signed(service, nbf=int(NOW) - 5)]

        assert {asked(service, said).status_code for said in good} <= {200, 404}

    @pytest.mark.parametrize("said", ["Basic YTpi", "Bearer", "bearer ", "Token x", "Bearer x y", "", "x"])
    def test_of_another_scheme_opens_nothing(self, service, empty, said):
        answer = app_of(service).test_client().get(DOORS[service], headers={"Authorization": said})

        assert answer.status_code == 401

    @pytest.mark.parametrize("elsewhere", SERVICES)
    def test_of_another_app_opens_nothing(self, service, empty, elsewhere):
        assert (asked(service, token("officer", elsewhere)).status_code == 401) == (service != elsewhere)

    def test_with_a_role_that_there_is_not_opens_nothing(self, service, empty):
        for role in ("root", "Officer", "officer ", ["officer"], {"$ne": None}, True, 7):
            assert asked(service, signed(service, role=role)).status_code in {401, 403}, role

    def test_opens_nothing_once_its_subject_has_ended(self, service, empty):
        later, database = clock.now(), database_of(service)
        for ended, said in {"a-7": {"account": "a-7"}, "s-7": {"account": "a-8", "sid": "s-7"}}.items():
            database.transact(standing.end, subject=ended, now=later)
            app_of(service).extensions["watch"] = standing.Watch(database)
            assert asked(service, token("officer", service, **said)).status_code == 401
        assert asked(service, token("officer", service, account="a-8", sid="s-8")).status_code in {200, 404}


class TestAProgramsToken:
    @pytest.fixture
    def given(self, world):
        """Return what a token that was given for a scope opens: of each service, something that needs a scope."""

        def given(scope):
            said = {"grant_type": "client_credentials", "client_id": world.a["client_id"], "scope": scope}
            answer = http("gateway", None).post(
                f"{IDENTITY}/oauth/token", data=said | {"client_secret": world.a["client_secret"]})  # fmt: skip
            return {"Authorization": f"Bearer {answer.json['access_token']}"}

        return given

    def test_opens_the_services_of_its_scopes_alone(self, given, world):
        mine = given("vacancies.read")

        def status(service, path):
            return app_of(service).test_client().get(path, headers=mine).status_code

        assert status("vacancies", f"/v1/vacancies/{world.a['vacancy_id']}") == 200
        assert status("matching", f"/v1/vacancies/{world.a['vacancy_id']}/candidates") == 401
        assert status("registry", "/v1/batches") == 401
        assert status("gateway", f"{IDENTITY}/accounts") == 403

    def test_is_as_little_as_its_scopes(self, given, world):
        mine = given("vacancies.read")
        body = {"json": {"employer_id": world.a["employer_id"]}, "headers": mine}

        assert app_of("vacancies").test_client().post("/v1/vacancies", **body).status_code == 403
        assert app_of("vacancies").test_client().get(f"/v1/employers/{world.a['employer_id']}",
                                                     headers=mine).status_code == 403  # fmt: skip

    def test_lives_five_minutes_at_most_and_is_never_a_persons(self, given):
        said = jwt.decode(given("vacancies.read")["Authorization"][7:], KEY, algorithms=["ES256"]).claims

        assert said["exp"] - said["iat"] <= 300
        assert (said["role"], sorted(said["aud"])) == ("partner", ["gateway", "vacancies"])


def test_no_token_of_the_gateways_own_role_is_given_to_anybody(world):
    """Neither by an account, nor by a program, nor by a scope: only the gateway signs it, and only for a service."""
    desk, refused = http("gateway", "admin"), []
    for role in ("gateway", "partner", "unenrolled", "public"):
        said = {"login": f"x.{role}", "password": "sungai balangan pagi", "role": role}
        refused.append(desk.post(f"{IDENTITY}/accounts", json=said).status_code)
    for changes in (
        {"party": "gateway"},
        {"scopes": ["gateway"]},
        {"scopes": ["partner:own"]},
        {"scopes": ["officer"]},
    ):
        said = {"name": "x", "party": "employer", "own": "e", "scopes": ["vacancies.read"]} | changes
        refused.append(desk.post(f"{IDENTITY}/clients", json=said).status_code)

    assert refused == [422] * 8
    assert {each.path for each in everything() if "gateway" in each.allowed} == {
        "/v1/claims", "/v1/claims/addresses", "/v1/registrations",
    }  # fmt: skip
