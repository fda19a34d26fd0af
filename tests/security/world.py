"""Two of everything: what is of the one side is foreign to the other. Real objects, made over HTTP as far as it goes."""  # noqa: E501

from services import events
from services.common import inbox
from services.common.mongo import new_id
from services.reference import clock
from tests.conftest import SEEDED, SERVICES, STAYS, app_of, database_of, token
from tests.contracts import world as one
from tests.gateway.conftest import PASSWORD
from tests.registry.intakes import carry_out, send
from tests.registry.spreadsheets import person

PROGRAMMES = ("registry", "programmes")
OFFICES = ("officer", "executive", "admin")
TEAMS = ("manager", "member", "viewer")
IDENTITY = "/api/identity/v1"
SECRET = "Rahasia"  # stands in every name that only its own side may read


def clear():
    """Empty the databases; what the platform comes with stays, or is put back."""
    from services.registry.programme import store

    for service in SERVICES:
        db = database_of(service).reader().db
        for name in db.list_collection_names(filter={"name": {"$not": {"$regex": "^system"}}}):
            if name not in STAYS and ((service, name) not in SEEDED or (service, name) == PROGRAMMES):
                db[name].delete_many({})
    database_of("registry").transact(store.seed)


def http(service, role="officer", **said):
    made = app_of(service).test_client()
    if role is not None:
        made.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token(role, service, **said)}"
    return made


class Side(dict):
    """The ids of what is one side's, by the names that the documents give them; accounts by what they are."""

    def __init__(self, letter, number):
        super().__init__(code="7212", esco_id="none-imported", skill_id="smaw-welding", token="no-such-token")
        self.letter, self.number = letter, number
        self.accounts = {"worker": new_id()} | {
            (kind, team): new_id() for kind in ("employer", "institution") for team in TEAMS
        }
        self.in_team = {}  # the ids of employers and institutions in the gateway, by kind

    def made(self, noun, answer):
        assert answer.status_code < 300, answer.text
        self[noun] = answer.json["id"]
        return answer.json

    def at(self, path):
        """Return a path with the ids of what is this side's."""
        kind = "employer" if "/employers/" in path else "institution"
        return path.format(
            **{**self, **self.in_team.get(kind if "/members" in path or "/invitations" in path else "", {})}
        )

    def own(self, kind):
        return self[f"{kind}_id"]


class World:
    """a: whose it all is; b: somebody else of each kind."""

    def __init__(self):
        self.offices = {role: new_id() for role in OFFICES}
        self.a, self.b = Side("A", 0), Side("B", 1)
        for side in (self.a, self.b):
            _registry(side)
            _vacancies(side)
        review = one._review(http("registry"))  # noqa: SLF001
        for side in (self.a, self.b):
            side["review_id"] = review
        _matching(self.a, self.b)
        for role, account in self.offices.items():
            _account(account, role, f"{role}.satu")
        for side in (self.a, self.b):
            _gateway(side)


def _registry(side):
    """Make a person, an institution with a batch, an enrolment, a file with a line that waits, and a release."""
    desk, said = http("registry"), one.example
    side.made(
        "institution_id",
        desk.post("/v1/institutions", json=said("registry", "/v1/institutions", side) | {"name": f"LPK {side.letter}"}),
    )
    side.made(
        "programme_id",
        desk.post("/v1/programmes", json=said("registry", "/v1/programmes", side) | {"name": f"Las {side.letter}"}),
    )
    batch = said("registry", "/v1/batches", side) | {"name": f"Angkatan {SECRET} {side.letter}"}
    side.made("batch_id", desk.post("/v1/batches", json=batch))
    registered = said("registry", "/v1/workers", side) | {
        "name": f"{SECRET} {side.letter}",
        "nik": f"631101410795900{1 + side.number}",
    }
    side.made("worker_id", desk.post("/v1/workers", json=registered))
    side.made("enrolment_id", desk.post("/v1/enrolments", json=said("registry", "/v1/enrolments", side)))
    path = f"/v1/workers/{side['worker_id']}/certificates"
    certificate = said("registry", "/v1/workers/{worker_id}/certificates", side)
    side.made("certificate_id", desk.post(path, json=certificate | {"number": f"{SECRET}/{side.letter}"}))
    side.made("release_id", desk.post("/v1/releases", json=said("registry", "/v1/releases", side)))
    manager = http(
        "registry",
        "institution",
        own=side.own("institution"),
        team="manager",
        account=side.accounts["institution", "manager"],
    )
    waits = send(manager, side.own("institution"), [person(side.number, nik=None, name=f"{SECRET} {side.letter}")])
    side.made("intake_id", waits)
    side["job_id"] = waits.headers["Location"].rpartition("/")[2]
    carry_out()
    side["number"] = str(desk.get(f"/v1/intakes/{side['intake_id']}/lines").json[0]["number"])


def _vacancies(side):
    """Make an employer that is verified, and a draft of it."""
    from services.vacancies.database import database
    from services.vacancies.handlers import FACTS, STATES

    inbox.listen(database, states=STATES, facts=FACTS)["registry.skill"](event_id="any", payload=[one.SKILL])
    desk = http("vacancies")
    named = {"name": f"PT {SECRET} {side.letter}", "nib": f"912000999999{side.number}"}
    side.made("employer_id", desk.post("/v1/employers", json=one.example("vacancies", "/v1/employers", {}) | named))
    assert desk.post(f"/v1/employers/{side['employer_id']}/verification").status_code == 200
    draft = one.example("vacancies", "/v1/vacancies", side) | {"title": f"Juru las {SECRET}"}
    side.made("vacancy_id", desk.post("/v1/vacancies", json=draft))


def _matching(*sides):
    """Hear of the people and of their employers' vacancies."""
    from services.matching.database import database
    from services.matching.handlers import FACTS, STATES

    hear = inbox.listen(database, states=STATES, facts=FACTS)
    hear[events.Skill.name](event_id="any", payload=[one.SKILL])
    for side in sides:
        offered = {"employer_id": side["employer_id"], "employer_name": f"PT {SECRET}", "id": side["vacancy_id"]}
        hear[events.Vacancy.name](event_id="any", payload=[one.DEMAND | offered])
        hear[events.Worker.name](event_id="any", payload=[one.PROFILE | {"id": side["worker_id"]}])


def _gateway(side):
    """Make accounts of everybody, a session, an invitation of each team, a program, and a notice."""
    letter = side.letter.lower()
    _account(side.accounts["worker"], "worker", f"{SECRET}.{letter}", own=side["worker_id"], password=PASSWORD)
    for kind in ("employer", "institution"):
        for team in TEAMS:
            _account(side.accounts[kind, team], kind, f"{kind}.{team}.{letter}", own=side.own(kind), team=team)
        manager = {"own": side.own(kind), "team": "manager", "account": side.accounts[kind, "manager"]}
        invited = http("gateway", kind, **manager).post(
            f"{IDENTITY}/{kind}s/{side.own(kind)}/invitations", json={"team": "member"}
        )
        assert invited.status_code == 201, invited.text
        side.in_team[kind] = {"account_id": side.accounts[kind, "member"], "invitation_id": invited.json["id"]}
    program = one.example("gateway", f"{IDENTITY}/clients", {}) | {"own": side["employer_id"], "name": f"{SECRET} 1"}
    made = side.made("client_id", http("gateway").post(f"{IDENTITY}/clients", json=program))
    side["client_secret"], side["secret_id"] = made["secret"], made["secrets"][0]["id"]
    side["account_id"] = side.accounts["worker"]
    _session(side, letter)
    _notice(side)


def _session(side, letter):
    signed_in = http("gateway", None).post(
        f"{IDENTITY}/sessions", json={"login": f"{SECRET}.{letter}", "password": PASSWORD}
    )
    assert signed_in.status_code == 201, signed_in.text
    side["access_token"] = signed_in.json["access_token"]
    mine = http("gateway", "worker", own=side["worker_id"], account=side.accounts["worker"])
    side["session_id"] = mine.get(f"{IDENTITY}/sessions").json[0]["id"]


def _notice(side):
    from tests.gateway.noticing import hear

    hear(new_id(), worker_id=side["worker_id"])
    mine = http("gateway", "worker", own=side["worker_id"], account=side.accounts["worker"])
    side["notice_id"] = mine.get(f"{IDENTITY}/notices").json[0]["id"]


def _account(id_, role, login, *, own=None, team=None, password=None):
    from gateway.account import commands
    from gateway.database import database

    said = {"id": id_, "login": login, "role": role, "own": own, "team": team, "password": password}
    database.transact(commands.create, by="admin", now=clock.now(), **said)
