"""Who asks, and how an operation of the documents is asked about what is one side's."""

from dataclasses import dataclass, field
from functools import cache

from services.reference.scopes import SCOPES
from tests.conftest import SERVICES, app_of, token
from tests.contracts.document import document, json_body, operations
from tests.contracts.world import about
from tests.security.world import IDENTITY, OFFICES, TEAMS

SAFE = {"GET", "HEAD"}
RELATIONS = {"worker": "worker:self", "employer": "employer:own", "institution": "institution:own"}
FORM = "multipart/form-data"


@dataclass(frozen=True)
class Asker:
    """said: what the token says besides; side: whose it is; kind: what is theirs there."""

    name: str
    role: str | None
    said: tuple = ()
    side: object = field(default=None, compare=False)
    kind: str | None = None
    team: str | None = None
    scope: str = ""

    def headers(self, service):
        """Return the headers of a request of theirs."""
        return {"Authorization": f"Bearer {_token(self.role, service, self.said)}"} if self.role else {}


@cache
def _token(role, service, said):
    return token(role, service, lives_s=600, **dict(said))


def askers(world):
    """Return everybody who may ask: own is side a, foreign is side b."""
    yield Asker("nobody", None)
    for role in OFFICES:
        yield Asker(role, role, (("account", world.offices[role]),))
    for role in ("gateway", "unenrolled", "stranger"):
        yield Asker(role, role, (("account", role),))
    for side, whose in ((world.a, "own"), (world.b, "foreign")):
        yield from _people(side, whose)
        yield from _programs(side, whose)
    yield Asker("employer of nothing", "employer", (("account", "loner"), ("team", "manager")), kind="employer")
    yield Asker("worker of nothing", "worker", (("account", "loner"),), kind="worker")


def _people(side, whose):
    account = side.accounts["worker"]
    said = (("own", side["worker_id"]), ("account", account))
    yield Asker(f"{whose} worker", "worker", said, side, "worker")
    for kind in ("employer", "institution"):
        for team in TEAMS:
            said = (("own", side.own(kind)), ("account", side.accounts[kind, team]), ("team", team))
            yield Asker(f"{whose} {kind} {team}", kind, said, side, kind, team)


def _programs(side, whose):
    for kind, scope in [(next(iter(each.parties)), name) for name, each in SCOPES.items()] + [("employer", "")]:
        said = (("own", side.own(kind)), ("account", side["client_id"]), ("party", kind), ("scope", scope))
        yield Asker(f"{whose} partner {scope or 'without scope'}", "partner", said, side, kind, scope=scope)


@dataclass(frozen=True)
class Operation:
    """An operation of a document."""

    service: str
    method: str
    path: str
    said: dict = field(compare=False, hash=False)

    @property
    def where(self):
        return f"{self.method} {self.path}"

    @property
    def allowed(self):
        return self.said["x-allowed"]

    @property
    def queries(self):
        """The parameters of the query that name somebody's things."""
        parameters = self.said.get("parameters", [])
        return [each["name"] for each in parameters if each.get("in") == "query" and each["name"].endswith("_id")]

    def example(self, side):
        """Return the example of the JSON body, about what is a side's; None where there is none."""
        body = json_body(self.said)
        if body is None:
            return None
        found = about(body["example"], side)
        return found | {"own": side["employer_id"]} if "party" in found else found

    def request(self, side, **changes):
        """Return how it is asked about what is a side's."""
        asked = {"method": self.method, "path": side.at(self.path), "headers": {"If-Match": "*"}}
        if (body := self.example(side)) is not None:
            asked["json"] = body
        if FORM in self.said.get("requestBody", {}).get("content", {}):
            asked |= {"data": {"institution_id": side["institution_id"]}, "content_type": FORM}
        query = {name: side[name] for name in self.queries}
        if self.path == f"{IDENTITY}/clients" and self.method == "GET":
            query |= {"party": "employer", "own": side["employer_id"]}
        return asked | {"query_string": query} | changes


@cache
def everything():
    """Return all operations of all services."""
    found = [(service, *each) for service in SERVICES for each in operations(service)]
    return [Operation(service, method.upper(), path, said) for service, method, path, said in found]


def send(operation, asker, asked):
    """Send a request as somebody."""
    headers = {"Accept-Language": "en"} | asker.headers(operation.service) | asked.get("headers", {})
    return app_of(operation.service).test_client().open(**asked | {"headers": headers})


def resolved(operation, schema):
    """Return what a schema of an operation's document says, itself or elsewhere in it."""
    if "$ref" in schema:
        return document(operation.service)["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema
