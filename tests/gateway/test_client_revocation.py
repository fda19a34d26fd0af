"""A partner's token at the services: taken directly, and over as soon as they hear that it is."""

import importlib

import pytest

from gateway.database import database
from gateway.told import TELLING
from services.common import inbox, relay
from services.common.standing import LOOK_S
from tests.conftest import SERVICES, app_of, database_of
from tests.gateway.conftest import bearer
from tests.gateway.partners import CANDIDATES, CLIENTS, READ, WRITE, as_, ask, register, token
from tests.waiting import until

PUBLIC = {"vacancies": "/v1/vacancies", "registry": "/v1/skills"}  # a wrong token opens not even these
WITHIN_S = LOOK_S + 0.5
OVER = [("POST", "/revocation", None), ("PATCH", "", {"scopes": [READ]}), ("DELETE", "/secrets/{}", None)]


@pytest.fixture
def program(visitor):
    return register(visitor)


@pytest.fixture
def tell():
    """Carry what the gateway tells to those who hear it, as relay and consumers do."""

    def publish(name, event_id, states, _headers, *, to=None):
        for service in SERVICES:
            handlers = importlib.import_module(f"{SERVICES[service]}.handlers")
            heard = inbox.listen(database_of(service), states=handlers.STATES, facts=handlers.FACTS)
            if name in heard:
                heard[name](event_id=event_id, payload=states)

    def tell():
        while relay.publish_states(publish, database, TELLING):
            pass

    return tell


def status(service, said):
    return app_of(service).test_client().get(PUBLIC[service], headers=bearer(said)).status_code


def is_over(said, service="vacancies"):
    return status(service, said) == 401


class TestATokenOfAProgram:
    def test_is_taken_by_the_services_of_its_scopes_and_by_no_other(self, visitor, program):
        said = token(visitor, program)
        narrow = token(visitor, program, scope=CANDIDATES)

        assert [status(service, said) for service in PUBLIC] == [200, 401]
        assert [status(service, narrow) for service in PUBLIC] == [401, 401]

    def test_is_over_once_a_service_hears_that_the_program_ended(self, visitor, program, tell):
        said, others = token(visitor, program), token(visitor, register(visitor))
        tell()
        assert status("vacancies", said) == 200

        visitor.post(f"{CLIENTS}/{program['id']}/revocation", headers=as_())
        tell()

        until(lambda: is_over(said), WITHIN_S)
        assert status("vacancies", others) == 200

    @pytest.mark.parametrize(("method", "at", "body"), OVER, ids=["ended", "narrowed", "secret dropped"])
    def test_is_over_in_the_gateway_without_anybody_hearing_of_it(self, visitor, program, method, at, body):
        visitor.post(f"{CLIENTS}/{program['id']}/secrets", headers=as_())
        said = bearer(token(visitor, program))
        assert visitor.get(CLIENTS, headers=said).status_code == 403

        path = f"{CLIENTS}/{program['id']}{at.format(program['secrets'][0]['id'])}"
        visitor.open(path, method=method, json=body, headers=as_() | {"If-Match": "*"})

        until(lambda: visitor.get(CLIENTS, headers=said).status_code == 401, WITHIN_S)

    def test_is_over_where_the_program_loses_a_scope_and_the_next_one_holds(self, visitor, program, tell):
        said = token(visitor, program)

        narrowed = {"scopes": [READ]}
        visitor.patch(f"{CLIENTS}/{program['id']}", json=narrowed, headers=as_() | {"If-Match": "*"})
        tell()

        until(lambda: is_over(said), WITHIN_S)
        assert status("vacancies", token(visitor, program)) == 200
        assert ask(visitor, program, scope=WRITE).json["error"] == "invalid_scope"

    def test_holds_on_where_the_program_gets_a_scope_or_a_name(self, visitor, program, tell):
        said = token(visitor, program)
        headers = as_() | {"If-Match": "*"}
        more = {"scopes": [*program["scopes"], "employer.read"], "name": "Baru"}
        assert visitor.patch(f"{CLIENTS}/{program['id']}", json=more, headers=headers).status_code == 200

        gone = token(visitor, ended := register(visitor))
        visitor.post(f"{CLIENTS}/{ended['id']}/revocation", headers=as_())
        tell()
        until(lambda: is_over(gone), WITHIN_S)  # so that all that was told is heard

        assert status("vacancies", said) == 200


class TestTurningToANewSecret:
    def test_fails_no_request(self, visitor, program, tell):
        """Old and new are good side by side, and tokens of the new one outlive the old one."""
        old = token(visitor, program)
        new = visitor.post(f"{CLIENTS}/{program['id']}/secrets", headers=as_()).json
        tell()
        turned = token(visitor, new)
        assert [status("vacancies", each) for each in (old, turned)] == [200, 200]

        first = program["secrets"][0]["id"]
        assert visitor.delete(f"{CLIENTS}/{program['id']}/secrets/{first}", headers=as_()).status_code == 204
        tell()

        until(lambda: is_over(old), WITHIN_S)
        assert [status("vacancies", each) for each in (turned, token(visitor, new))] == [200, 200]
        assert ask(visitor, program).status_code == 401


class TestTellingOfPrograms:
    def test_says_who_they_are_and_what_they_may_do_and_no_secret(self, visitor, program):
        told = {}
        relay.replay(
            lambda _, __, states, ___, *, to: told.update({s["id"]: s for s in states}),
            database,
            TELLING,
            to="matching",
        )

        said = told[program["id"]]
        assert said.pop("valid_from")
        assert said == {
            "id": program["id"],
            "version": 1,
            "role": "partner",
            "party": "employer",
            "own": program["own"],
            "scopes": sorted(program["scopes"]),
            "ended": False,
        }
