"""Who acts in the registry's tests."""

import pytest

from tests.registry.test_register_institution import LPK


@pytest.fixture
def officer(client):
    return client("registry", "officer")


@pytest.fixture
def lpk(officer):
    return officer.post("/v1/institutions", json=LPK).json["id"]


@pytest.fixture
def send(officer, lpk):
    """Send lines as the office does; return the answer."""
    return lambda *lines, **options: officer.post(
        "/v1/intakes", json={"institution_id": lpk, "lines": lines}, **options
    )
