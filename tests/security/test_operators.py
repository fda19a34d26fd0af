"""What MongoDB would take for an operator is data: refused where a text is expected, and never a fault of ours."""

import io
import json

import pytest

from tests.conftest import SERVICES, app_of
from tests.contracts.document import json_body
from tests.security.asking import FORM, IDENTITY, Asker, everything, send
from tests.security.kept import Kept
from tests.security.shapes import places, takes
from tests.security.world import SECRET, http

pytestmark = pytest.mark.xdist_group("security-operators")

OPERATORS = [{"$ne": None}, {"$gt": ""}, {"$where": "sleep(1000)"}, {"$regex": ".*"}, {"$expr": True}, [{"$ne": 1}]]
NAMES = ["$ne", "$gt", "$where", "$in"]
TEXTS = [json.dumps(OPERATORS[0]), "$where", "a.b", "\\u0000", "' || '1'=='1", ".*", "a\x00b"]
WHO = ["officer", "admin", "gateway", "worker", "employer"]
each_service = pytest.mark.parametrize("service", SERVICES)


def strongest(operation, world):
    """Return somebody whom an operation lets in, on whatever it is."""
    role = next((each for each in WHO if each in operation.allowed), None)
    accounts = {"officer": world.offices["officer"], "admin": world.offices["admin"], "worker": world.a.accounts["worker"],  # noqa: E501
                "employer": world.a.accounts["employer", "manager"], "gateway": "gateway", None: ""}  # fmt: skip
    own = {"worker": "worker_id", "employer": "employer_id"}.get(role)
    said = (("account", accounts[role]), *([("own", world.a[own])] if own else []))
    return Asker(str(role), role, said if role else ())


def its_own(operation, world):
    """Return the manager of whom an operation is about; the office may name whom it likes."""
    kind = next((each for each in ("employer", "institution") if f"/{each}s/{{" in operation.path), None)
    if f"{kind}:own" not in operation.allowed:
        return None
    said = (("own", world.a.own(kind)), ("account", world.a.accounts[kind, "manager"]), ("team", "manager"))
    return Asker(kind, kind, said)


def of(service):
    return [each for each in everything() if each.service == service]


def with_bodies(service):
    return [each for each in of(service) if json_body(each.said)]


@each_service
@pytest.mark.timeout(300)
def test_none_is_taken_where_a_text_is_expected_in_a_body(service, world):
    wrong, tried, kept = {}, 0, Kept(service)

    for operation in with_bodies(service):
        asker = strongest(operation, world)
        for way, said, put in places(operation, world.a):
            if not takes(said, "string"):
                continue
            for operator in OPERATORS:
                answer = send(operation, asker, operation.request(world.a, json=put(operator)))
                tried += 1
                if not 400 <= answer.status_code < 500:
                    wrong[f"{operation.where} {way} {operator}"] = answer.status_code

    assert (wrong, kept.changed()) == ({}, set())
    assert tried or service == "matching"


@each_service
@pytest.mark.timeout(300)
def test_a_text_that_looks_like_one_is_a_text(service, world):
    wrong, kept = {}, Kept(service)

    for operation in with_bodies(service):
        asker = strongest(operation, world)
        for way, said, put in places(operation, world.a):
            if not takes(said, "string"):
                continue
            for text in TEXTS:
                answer = send(operation, asker, operation.request(world.a, json=put(text)))
                if answer.status_code >= 500 and answer.json["type"] not in {"service-away", "service-broken"}:
                    wrong[f"{operation.where} {way} {text}"] = answer.text
                if answer.status_code < 300:
                    kept.put_back()

    assert wrong == {}


@each_service
def test_none_is_taken_in_a_query(service, world):
    wrong = {}

    for operation in of(service):
        asker = strongest(operation, world)
        names = [each["name"] for each in operation.said.get("parameters", []) if each.get("in") == "query"]
        for name in names:
            for operator in NAMES:
                answer = send(operation, asker, operation.request(world.a, query_string={f"{name}[{operator}]": "1"}))
                if answer.status_code != 422:
                    wrong[f"{operation.where} {name}[{operator}]"] = answer.status_code
            for text in TEXTS:
                answer = send(operation, asker, operation.request(world.a, query_string={name: text}))
                found = answer.json if answer.status_code == 200 and name != "q" else []
                if answer.status_code >= 500 or found:
                    wrong[f"{operation.where} {name}={text}"] = (answer.status_code, found)

    assert wrong == {}


@each_service
def test_none_is_anybodys_id(service, world):
    wrong, kept = {}, Kept(service)

    for operation in [each for each in of(service) if "{" in each.path]:
        asker, asked = its_own(operation, world) or strongest(operation, world), operation.request(world.a)
        for text in ['{"$ne": null}', "[$ne]", "$where", "%00", "*", ".*", "0" * 3000]:
            path = operation.path.format_map(_Every(text))
            answer = send(operation, asker, asked | {"path": path})
            if answer.status_code >= 500 or (answer.status_code < 300 and answer.get_json(silent=True) != []):
                wrong[f"{operation.method} {path[:80]}"] = answer.status_code

    kept.put_back()
    assert wrong == {}


class _Every(dict):
    def __init__(self, value):
        super().__init__()
        self._value = value

    def __missing__(self, _):
        return self._value


class TestAForm:
    @pytest.mark.parametrize("name", ["client_id", "client_secret", "grant_type", "scope"])
    @pytest.mark.parametrize("operator", NAMES)
    def test_of_a_program_gets_no_token(self, world, name, operator):
        said = {"grant_type": "client_credentials", "client_id": world.a["client_id"],
                "client_secret": world.a["client_secret"]}  # fmt: skip
        said |= {"scope": "vacancies.read"}
        good = http("gateway", None).post(f"{IDENTITY}/oauth/token", data=said)
        assert good.status_code == 200

        del said[name]
        answer = http("gateway", None).post(f"{IDENTITY}/oauth/token", data=said | {f"{name}[{operator}]": "x"})

        # Without a scope, a program has all of its own: what stands there instead is not read.
        assert answer.status_code in ({200} if name == "scope" else {400, 401})
        if name != "scope":
            text = http("gateway", None).post(f"{IDENTITY}/oauth/token", data=said | {name: '{"$ne": null}'})
            assert text.status_code in {400, 401}

    @pytest.mark.parametrize("name", ["institution_id[$ne]", "institution_id", "as_of[$gt]"])
    def test_with_a_file_is_not_taken(self, world, name):
        [operation] = [each for each in everything() if each.where == "POST /v1/intakes"]
        file = {"file": (io.BytesIO(b"a;b"), "a.csv")}
        said = {name: '{"$ne": null}'} | file

        answer = http("registry").post(operation.path, data=said, content_type=FORM)

        assert answer.status_code in {404, 422}

    @pytest.mark.parametrize("form", [
        {"login[$ne]": "x", "password[$ne]": "x"}, {"login": '{"$ne": null}', "password": '{"$ne": null}'},
        {"login": f"{SECRET}.a", "password[$gt]": ""}, {"login": "$where", "password": "$where"},
    ])  # fmt: skip
    def test_of_a_page_lets_nobody_in(self, world, form):
        answer = http("gateway", None).post("/masuk", data=form, headers={"Sec-Fetch-Site": "same-origin"})

        assert answer.status_code == 401
        assert "Set-Cookie" not in answer.headers


def test_headings_that_look_like_operators_are_headings(world):
    names = ["$set", "$where", "a.b", "", "$", "__proto__", "\N{SNOWMAN}"]
    mine = http("registry", "institution", own=world.a["institution_id"], team="manager")
    path, kept = f"/v1/institutions/{world.a['institution_id']}/columns", Kept("registry")

    answers = {name: mine.patch(path, json={"columns": {name: "name"}}) for name in names}

    assert {name: each.status_code for name, each in answers.items() if each.status_code >= 500} == {}
    assert mine.get(path).status_code == 200
    kept.put_back()


def test_every_app_was_asked():
    assert {each.service for each in everything()} == {name for name in SERVICES if app_of(name)}
