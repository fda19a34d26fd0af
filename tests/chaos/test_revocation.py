"""A partner's program is ended, on the running platform: its token is refused by a service within a second."""

import statistics
import time
import uuid

import pytest
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

from tests.chaos.http import Http
from tests.waiting import until

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(120)]
WITHIN_S = 1.0
ROUNDS = 5
PROGRAM = {"name": "Sistem rekrutmen", "party": "employer", "own": "0190-employer", "scopes": ["vacancies.read"]}


@pytest.fixture
def partner(platform, monkeypatch):
    """Register a program and get it a token, as its partner does; return its id and its session at the services."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    sessions = []

    def partner(office):
        made = office.post("/v1/clients", PROGRAM, key=uuid.uuid4().hex)
        sessions.append(OAuth2Session(client=BackendApplicationClient(made["id"])))
        address = f"{platform.environment()['BEGAWI_URL']}/api/identity/v1/oauth/token"
        sessions[-1].fetch_token(address, client_secret=made["secret"], include_client_id=True)
        return made["id"], sessions[-1]

    yield partner
    for session in sessions:
        session.close()


def test_a_token_is_refused_by_a_service_within_a_second_of_its_revocation(platform, partner):
    address = f"{platform.environment()['VACANCIES_URL']}/v1/vacancies"
    took = []
    with Http(platform, "identity", directly=False) as office:
        for _ in range(ROUNDS):
            program, session = partner(office)
            assert session.get(address, timeout=5).status_code == 200

            began = time.monotonic()
            office.post(f"/v1/clients/{program}/revocation", key=uuid.uuid4().hex)
            until(lambda session=session: session.get(address, timeout=5).status_code == 401, 10 * WITHIN_S)
            took.append(time.monotonic() - began)

    print(f"refused after {', '.join(f'{each:.2f}' for each in took)} s")
    assert statistics.median(took) < WITHIN_S
