"""Who may do what, over all services, as the OpenAPI documents say it: each operation is asked by everybody.

All of it is about what is there, and is of the side `a`: its own people and programs may, as far as the document says;
those of the side `b` do not learn that it is there.
"""

import pytest

from services.reference.scopes import SCOPES
from tests.conftest import SERVICES, app_of
from tests.contracts.document import document
from tests.security.asking import RELATIONS, SAFE, askers, everything, send
from tests.security.kept import Kept
from tests.security.world import OFFICES

pytestmark = pytest.mark.xdist_group("security-matrix")

IN = "in"
KNOWN = {"public", "worker", "employer", "institution", "gateway", "unenrolled", "partner:own", *OFFICES}
KNOWN |= {*RELATIONS.values(), *(f"partner:{scope}" for scope in SCOPES)}
# By whose id stands in the body, one is told that it must be one's own: the answer is the same for every other id.
IN_THE_BODY = {"POST /v1/vacancies", "POST /v1/batches", "POST /v1/intakes", "POST /api/identity/v1/clients"}
IN_THE_BODY |= {"POST /v1/searches"}
GATE = {"unauthorized": {401}, "forbidden": {403}, "not-found": {404}}  # how the kernel refuses; rules have names
UNDOCUMENTED = {"/livez", "/readyz", "/metrics", "/v1/openapi.json", "/api/identity/v1/openapi.json"}
NO_API = {"portal", "proxy", "well_known", "discovery"}  # the gateway's pages, what it passes on, and its keys
each_service = pytest.mark.parametrize("service", SERVICES)


def managers_only(operation):
    """Tell whether it is a team's managers alone who may."""
    _, _, noun = operation.path.partition("/api/identity/v1/")
    unsafe = operation.method not in SAFE
    return "/invitations" in noun.partition("/")[2] or (unsafe and ("/members" in noun or noun.startswith("clients")))


def kinds(operation):
    """Return of which kind somebody must be to whom its subject belongs."""
    for kind in ("employer", "institution"):
        if (f"/{kind}s/{{" in operation.path and "/members" in operation.path) or (
            f"/{kind}s/{{" in operation.path and "/invitations" in operation.path
        ):
            return {kind}
    return {"employer"} if "/clients" in operation.path else set(RELATIONS)


def owns(operation, asker, world):
    if operation.path.endswith("/jobs/{job_id}"):
        made_by = ("institution", "manager")
        return operation.service == "registry" and dict(asker.said)["account"] == world.a.accounts[made_by]
    return asker.side is world.a and asker.kind in kinds(operation)


def expected(operation, asker, world):  # noqa: PLR0911
    """Return what the document says that somebody gets: in, or a status."""
    allowed = operation.allowed
    if "public" in allowed or asker.role in allowed:
        return IN
    if asker.role is None:
        return 401
    opened = {RELATIONS.get(asker.role), f"partner:{asker.scope}", "partner:own" if asker.role == "partner" else None}
    is_partners = asker.role == "partner" and f"partner:{asker.scope}" in allowed
    if not opened & set(allowed) or (is_partners and RELATIONS[asker.kind] not in allowed):
        return 403
    if asker.team == "viewer" and operation.method not in SAFE:
        return 403
    if asker.team == "member" and managers_only(operation) and "/clients" in operation.path:
        return 403
    if not owns(operation, asker, world):
        return 403 if operation.where in IN_THE_BODY else 404
    return 403 if managers_only(operation) and asker.team in {"member", "viewer"} else IN


def fault(operation, asker, world, answer):
    """Return what is wrong with an answer, or None."""
    wanted, got = expected(operation, asker, world), answer.status_code
    kind = answer.json.get("type") if answer.mimetype == "application/problem+json" else None
    if got >= 500 and got not in {502, 503}:
        return f"{got}"
    if wanted == IN:
        return f"{got} {kind}, not in" if kind in GATE and got in GATE[kind] else None
    if got != wanted:
        return f"{got} {kind}, not {wanted}"
    if str(got) not in operation.said["responses"]:
        return f"{got} is not in the document"
    return None if answer.json.keys() <= {"type", "title", "status", "instance", "detail"} else f"says {answer.json}"


@each_service
class TestTheDocumentOfAService:
    def test_has_each_route(self, service):
        documented = {(each.method, each.path) for each in everything() if each.service == service}
        rules = [each for each in app_of(service).url_map.iter_rules() if each.endpoint.partition(".")[0] not in NO_API]

        routes = {
            (method, rule.rule.replace("<", "{").replace(">", "}"))
            for rule in rules if rule.rule not in UNDOCUMENTED
            for method in rule.methods - {"HEAD", "OPTIONS"}
        }  # fmt: skip

        assert routes == documented

    def test_says_of_each_operation_who_may_and_knows_them(self, service):
        paths = document(service)["paths"].items()
        said = {f"{verb} {path}": each for path, verbs in paths for verb, each in verbs.items() if verb != "parameters"}
        who = {where: each.get("x-allowed") for where, each in said.items()}

        assert {where: named for where, named in who.items() if not named or set(named) - KNOWN} == {}


def sparing(operation, asked):
    """Return a request that whoever may send it gets no further with than through the gate: it changes nothing."""
    if managers_only(operation):
        return asked  # a rule behind the gate decides
    spoiled = {"json": asked["json"] | {"unknown": 1}} if "json" in asked else {}
    return asked | spoiled | {"headers": asked["headers"] | {"Idempotency-Key": "x" * 201}}


def check(operation, world, kept):
    """Ask for an operation as everybody, and yield what is wrong; those first who may not."""
    asked = sparing(operation, operation.request(world.a))
    by_turns = {asker: expected(operation, asker, world) for asker in askers(world)}
    refused = [asker for asker, wanted in by_turns.items() if wanted != IN]
    for asker in refused:
        if said := fault(operation, asker, world, send(operation, asker, asked)):
            yield f"{operation.where} as {asker.name}", said
    if changed := kept.changed():
        yield f"{operation.where} as one of {[asker.name for asker in refused]}", f"changed {changed}"
    for asker in by_turns.keys() - set(refused):
        answer = send(operation, asker, asked)
        if said := fault(operation, asker, world, answer):
            yield f"{operation.where} as {asker.name}", said
        if answer.status_code < 300 and operation.method not in SAFE:
            kept.put_back()
    kept.put_back()


@each_service
@pytest.mark.timeout(300)
def test_each_operation_lets_in_whom_its_document_names_and_nobody_else(service, world):
    kept = Kept(service)
    operations = [each for each in everything() if each.service == service]

    assert dict(found for each in operations for found in check(each, world, kept)) == {}
