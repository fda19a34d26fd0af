"""Whatever is sent, by whomever: it is answered as the document says, and never with a fault of ours."""

import pytest

from tests.conftest import SERVICES, app_of
from tests.contracts import identity, world
from tests.contracts.document import document
from tests.contracts.fuzzing import faults
from tests.contracts.serving import served
from tests.gateway import mail

FEW, MANY = 4, 150  # requests to each operation: 500 and 20,000 in all
SCOPES = "vacancies.read vacancies.write candidates.read"
AT = {"gateway": ""}


@pytest.fixture
def made(client, monkeypatch):
    """Make something of everything in a service: `made(service)` returns its ids, and what tokens say by role."""
    with served(monkeypatch) as url, mail.serving(monkeypatch) as letters:
        yield lambda service: (*_made(service, client, letters), url)


def _made(service, client, letters):
    if service == "gateway":
        person = client("registry").post("/v1/workers", json=world.example("registry", "/v1/workers", {})).json["id"]
        return identity.World(client, letters, person).everybody()
    there = world.MAKERS[service](client(service))
    people = {role: {"own": there.get(f"{role}_id")} for role in ("worker", "employer", "institution")}
    return there, people | {"partner": {"own": there.get("employer_id"), "party": "employer", "scope": SCOPES}}


def check(wrong, statuses):
    assert wrong == {}
    assert {200, 403, 404, 422} <= set(statuses)  # it went as deep as it should


@pytest.mark.parametrize("service", SERVICES)
class TestWhateverIsSent:
    def test_is_answered_as_the_document_says(self, service, made):
        there, people, _ = made(service)

        check(*faults(document(service), there, people, audience=service, each=FEW, app=app_of(service)))

    @pytest.mark.verify
    @pytest.mark.timeout(900)
    def test_is_answered_so_however_much_it_is(self, service, made):
        there, people, _ = made(service)

        check(*faults(document(service), there, people, audience=service, each=MANY, app=app_of(service)))

    @pytest.mark.verify
    @pytest.mark.timeout(300)
    def test_is_answered_so_through_the_gateway(self, service, made):
        there, people, url = made(service)
        at = url + AT.get(service, f"/api/{service}")

        check(*faults(document(service), there, people, audience="gateway", each=20, url=at))
