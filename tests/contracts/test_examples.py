"""The examples of the documents are good: each is sent to the real service, and answered as the document says."""

import pytest

from tests.conftest import SERVICES
from tests.contracts import identity, world
from tests.contracts.document import document, good, json_body, operations
from tests.gateway.mail import serving
from tests.gateway.registry import served

SEEN = {"If-Match": "*"}


def with_bodies(service):
    return {f"{method.upper()} {path}": said for method, path, said in operations(service) if json_body(said)}


@pytest.mark.parametrize("service", SERVICES)
def test_each_body_that_a_service_takes_has_an_example(service):
    assert [where for where, said in with_bodies(service).items() if "example" not in json_body(said)] == []


@pytest.mark.parametrize("service", world.MAKERS)
def test_the_example_of_a_body_is_answered_as_the_document_says(service, client, subtests):
    there = world.MAKERS[service](client(service))

    for where, said in with_bodies(service).items():
        method, _, path = where.partition(" ")
        role = next(each for each in ("officer", "gateway") if each in said["x-allowed"])
        with subtests.test(where):
            sent = world.about(json_body(said)["example"], there)
            answer = client(service, role).open(path.format(**there), method=method, json=sent, headers=SEEN)
            assert answer.status_code == good(said), answer.text


class TestTheGatewaysExamples:
    @pytest.fixture
    def gateway(self, client, monkeypatch):
        """Return the gateway before the real registry and a real mail server."""
        person = world.example("registry", "/v1/workers", {})
        worker = client("registry").post("/v1/workers", json=person | {"nik": world.NIK}).json["id"]
        with served(monkeypatch), serving(monkeypatch) as mail:
            yield identity.World(client, mail, worker)

    def test_have_a_recipe_each(self):
        documented = {where.replace(f" {identity.AT}", " ") for where in with_bodies("gateway")}
        assert documented == set(identity.RECIPES)

    @pytest.mark.parametrize("where", identity.RECIPES)
    def test_are_answered_as_the_document_says(self, where, gateway):
        who, recipe = identity.RECIPES[where]
        method, _, path = where.partition(" ")
        said = document("gateway")["paths"][f"{identity.AT}{path}"][method.lower()]

        made_good = recipe(gateway)
        answer = gateway.send(who and getattr(gateway, who), where, **made_good)

        assert answer.status_code == good(said), answer.text
