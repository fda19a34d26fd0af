"""Every route says who may call it, and nobody else gets in."""

from http import HTTPStatus
from inspect import Parameter, signature, unwrap

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from gateway.account.model import OWNING, ROLES, WORKER
from services.common.access import PUBLIC
from services.reference.scopes import SCOPES
from tests.conftest import SERVICES, app_of, token

RELATIONS = {f"{role}:{'self' if role == WORKER else 'own'}": role for role in OWNING} | {"partner:own": "partner"}
SCOPED = {f"partner:{scope}" for scope in SCOPES}
ASKERS = [None, *ROLES, "partner", "gateway", "unenrolled", "stranger"]
ANYTHING = "01900000-0000-7000-8000-000000000000"
VARIOUS = Parameter.VAR_KEYWORD
each_service = pytest.mark.parametrize("service", SERVICES)


def routes(service):
    """Return each route as its method, its rule and its view."""
    app = app_of(service)
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, rule, app.view_functions[rule.endpoint]


def guarded(service):
    return [each for each in routes(service) if PUBLIC not in getattr(each[2], "allowed", ())]


def ask(service, method, rule, role):
    path = (
        app_of(service).url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, ANYTHING), method)
    )
    headers = {} if role is None else {"Authorization": f"Bearer {token(role, service)}"}
    return app_of(service).test_client().open(path, method=method, headers=headers).status_code


def expected(role, allowed):
    """Return what somebody may get who is nobody's worker, employer or institution."""
    if role is None:
        return {HTTPStatus.UNAUTHORIZED}
    if role in allowed:
        return set(HTTPStatus) - {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.INTERNAL_SERVER_ERROR}
    if role in {RELATIONS.get(who) for who in allowed}:
        return {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    return {HTTPStatus.FORBIDDEN}


@each_service
class TestEachRoute:
    def test_names_who_may_call_it(self, service):
        assert [(method, rule.rule) for method, rule, view in routes(service) if not getattr(view, "allowed", ())] == []

    def test_names_nobody_whom_there_is_not(self, service):
        known = {PUBLIC, *ROLES, *RELATIONS, *SCOPED, "gateway", "unenrolled"}

        named = {(rule.rule, who) for _, rule, view in routes(service) for who in getattr(view, "allowed", ())}

        assert {(rule, who) for rule, who in named if who not in known} == set()

    def test_that_a_relation_opens_can_tell_whose_it_is(self, service):
        blind = [
            (method, rule.rule, who)
            for method, rule, view in guarded(service)
            for who in view.allowed
            if who in RELATIONS and view.owner is None and f"{RELATIONS[who]}_id" not in rule.arguments
        ]

        assert blind == []

    def test_lets_in_those_it_names_and_nobody_else(self, service, migrated):
        wrong = {
            f"{method} {rule.rule} as {role}": status
            for method, rule, view in guarded(service)
            for role in ASKERS
            if (status := ask(service, method, rule, role)) not in expected(role, view.allowed)
        }

        assert wrong == {}


@each_service
class TestTheDocumentOfAService:
    @pytest.fixture
    def document(self, service):
        path = next(rule.rule for _, rule, _ in routes(service) if rule.rule.endswith("/v1/openapi.json"))
        return app_of(service).test_client().get(path).json

    @pytest.fixture
    def documented(self, service, document):
        """Return each documented route: its rule, its view and what the document says of it."""

        def operation(method, rule):
            path = rule.rule.replace("<", "{").replace(">", "}")
            return document["paths"].get(path, {}).get(method.lower())

        found = [(rule, view, operation(method, rule)) for method, rule, view in routes(service)]
        return [each for each in found if each[2] is not None]

    def test_is_openapi_31(self, document):
        assert document["openapi"].startswith("3.1.")
        assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []

    def test_knows_each_operation_that_it_shows(self, document, documented):
        assert len(documented) == sum(len(set(each) - {"parameters"}) for each in document["paths"].values()) > 0

    def test_says_who_may_call_each(self, documented):
        assert [rule.rule for rule, view, said in documented if said["x-allowed"] != list(view.allowed)] == []

    def test_shows_what_each_takes_and_says_in_a_sentence_what_it_does(self, documented):
        for rule, view, said in documented:
            parameters = signature(unwrap(view)).parameters.items()
            takes = {name for name, each in parameters if each.kind is not VARIOUS} - rule.arguments
            assert not takes or said.get("parameters") or said.get("requestBody"), rule
            assert said["summary"].endswith("."), rule
