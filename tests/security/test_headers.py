"""The headers that shut in what an answer may do: on every answer of every app, whatever it is."""

import re

import pytest

from services.common import settings
from services.common.web import unreadable
from tests.conftest import SERVICES, app_of
from tests.gateway.home import OURS
from tests.security.asking import IDENTITY, Asker, everything, send
from tests.security.pages import address, browsers, rules, who
from tests.security.world import http

pytestmark = pytest.mark.xdist_group("security-headers")

SHUT = "default-src 'none'; frame-ancestors 'none'"
STRICT = {"default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'", "form-action": "'self'"}
LOOSE = re.compile(r"'unsafe-|\*|https?:|blob:")
VERSION = re.compile(r"\d|werkzeug|flask|python", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]* src=\"/api/look/)|\son\w+=|style=|javascript:")
JSON = {"application/json", "application/problem+json"}
ONE = {
    "/v1/skills/{skill_id}", "/v1/employers/{employer_id}", "/v1/profiles/{worker_id}",
    f"{IDENTITY}/accounts/{{account_id}}",
}  # fmt: skip


def directives(policy):
    return dict(each.strip().partition(" ")[::2] for each in policy.split(";"))


def faults(answer):
    """Yield what an answer lacks."""
    headers, policy = answer.headers, answer.headers.get("Content-Security-Policy", "")
    said = directives(policy)
    is_strict = said.items() >= STRICT.items()
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "nosniff"
    if headers.get("Referrer-Policy") not in {"no-referrer", "same-origin"}:
        yield "referrer"
    if said.get("default-src") != "'none'" or said.get("frame-ancestors") != "'none'" or LOOSE.search(policy):
        yield f"policy: {policy}"
    if answer.mimetype == "text/html" and answer.data and not is_strict:
        yield f"policy of a page: {policy}"
    if answer.mimetype in JSON and policy != SHUT and ("script-src" in said or not is_strict):
        yield f"policy of data: {policy}"
    if VERSION.search(headers.get("Server", "")) or "X-Powered-By" in headers:
        yield f"server: {headers.get('Server')}"
    if "Cache-Control" not in headers or "Strict-Transport-Security" in headers:
        yield f"{headers.get('Cache-Control')}, {headers.get('Strict-Transport-Security')}"
    yield from (name for name, _ in headers if name.lower().startswith("access-control-"))


def lacking(found):
    return {where: list(faults(answer)) for where, answer in found.items() if list(faults(answer))}


def broken():
    raise RuntimeError("secret")


broken.allowed = ("public",)


@pytest.mark.parametrize("service", SERVICES)
class TestAnAnswer:
    def test_to_each_operation_has_them(self, service, world):
        found, officer = {}, Asker("officer", "officer", (("account", world.offices["officer"]),))
        for each in [each for each in everything() if each.service == service and each.method == "GET"]:
            for asker in (officer, Asker("nobody", None)):
                answer = send(each, asker, each.request(world.a))
                found[f"{each.where} as {asker.name}: {answer.status_code}"] = answer

        assert lacking(found) == {}
        assert len({answer.status_code for answer in found.values()} & {200, 401, 404}) > 1

    def test_of_every_other_kind_has_them(self, service, world):
        client, at = app_of(service).test_client(), IDENTITY if service == "gateway" else "/v1"
        found = {
            "unknown": client.get(f"{at}/nothing"), "root": client.get("/nothing-here"), "405": client.put("/livez"),
            "options": client.options("/livez"), "head": client.head("/livez"), "metrics": client.get("/metrics"),
            "live": client.get("/livez"), "ready": client.get("/readyz"), "document": client.get(f"{at}/openapi.json"),
            "token": client.get(f"{at}/jobs/x", headers={"Authorization": "Bearer x"}),
            "trace": client.open("/livez", method="TRACE"), "slashes": client.get(f"//{at}//x"),
        }  # fmt: skip

        assert lacking(found) == {}

    def test_to_a_body_that_is_refused_has_them(self, service, world):
        found, large = {}, {"name": "x" * (settings.BODY_AT_MOST + 1)}
        bodies = {"large": {"json": large}, "text": {"data": "x", "content_type": "text/plain"}, "wrong": {"json": {}},
                  "broken": {"data": "{", "content_type": "application/json"}}  # fmt: skip
        for each in [each for each in everything() if each.service == service and each.method == "POST"][:2]:
            asker = Asker("x", next(iter({"officer", "public"} & set(each.allowed)), None))
            for name, said in bodies.items():
                found[f"{each.where} {name}"] = send(each, asker, {"method": "POST", "path": each.path, **said})

        assert lacking(found) == {}

    def test_that_nothing_changed_has_them(self, service, world):
        path = next(each.path for each in everything() if each.service == service and each.path in ONE)
        mine = http(service)
        first = mine.get(world.a.at(path))

        again = mine.get(world.a.at(path), headers={"If-None-Match": first.headers["ETag"]})

        assert again.status_code == 304
        assert lacking({"304": again}) == {}

    def test_over_https_alone_asks_for_https(self, service, empty):
        visitor = app_of(service).test_client()
        plain, safe = (visitor.get("/livez", base_url=f"{scheme}://localhost") for scheme in ("http", "https"))

        assert "Strict-Transport-Security" not in plain.headers
        assert "max-age=31536000" in safe.headers["Strict-Transport-Security"]

    def test_of_a_fault_of_ours_has_them(self, service, empty, monkeypatch):
        monkeypatch.setitem(app_of(service).view_functions, "livez", broken)

        answer = app_of(service).test_client().get("/livez")

        assert (answer.status_code, "secret" in answer.text) == (500, False)
        assert lacking({"500": answer}) == {}


@pytest.fixture(scope="module")
def everybody(world):
    return browsers(world)


class TestAPage:
    def test_has_them_whoever_looks(self, world, everybody):
        found = {}
        for name, visitor in everybody.items():
            for rule in rules("GET"):
                answer = visitor.get(address(rule, world.a), headers=OURS, buffered=True)
                found[f"{rule.rule} as {name}: {answer.status_code}"] = answer

        assert lacking(found) == {}
        assert {200, 303, 403, 404} <= {answer.status_code for answer in found.values()}

    def test_of_somebody_who_is_in_is_kept_by_no_cache_and_holds_no_script(self, world, everybody):
        kept, scripts = {}, {}
        for rule in rules("GET"):
            answer = everybody[who(rule)].get(address(rule, world.a), headers=OURS, buffered=True)
            if who(rule) != "nobody" and answer.headers["Cache-Control"] != "no-store":
                kept[rule.rule] = answer.headers["Cache-Control"]
            if answer.mimetype == "text/html" and SCRIPT.search(answer.text):
                scripts[rule.rule] = SCRIPT.findall(answer.text)

        assert ({rule for rule in kept if not rule.startswith("/lowongan")}, scripts) == (set(), {})

    def test_that_is_none_has_them(self, world):
        visitor, large = app_of("gateway").test_client(), "x" * (settings.BODY_AT_MOST + 9)
        found = {path: visitor.get(path) for path in ("/nihil", "/begawi.js", "/api/look/x.js", "/api/nothing/v1/x")}
        found |= {"method": visitor.put("/masuk"), "foreign": visitor.post("/masuk", data={"login": "x"}),
                  "large": visitor.post("/masuk", data={"login": large}, headers=OURS)}  # fmt: skip

        assert {answer.status_code for answer in found.values()} == {403, 404, 405, 413}
        assert lacking(found) == {}


def test_what_the_gateway_passes_back_has_them_once(world):
    mine = http("gateway")
    found = {path: mine.get(f"/api/{path}") for path in (
        "registry/v1/workers", "registry/v1/nothing", "vacancies/v1/vacancies", "matching/v1/openapi.json",
        f"registry/v1/intakes/{world.a['intake_id']}/errors.xlsx")}  # fmt: skip

    assert {answer.status_code for answer in found.values()} == {200, 404}
    assert lacking(found) == {}
    assert all(len(answer.headers.getlist("Content-Security-Policy")) == 1 for answer in found.values())


def test_the_answer_to_what_is_no_request_has_them(empty):
    said = unreadable._problem(unreadable.HTTPStatus.BAD_REQUEST).decode().split("\r\n")  # noqa: SLF001

    assert f"Content-Security-Policy: {SHUT}" in said
    assert {"X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer"} <= set(said)
