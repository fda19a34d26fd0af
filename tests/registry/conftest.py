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
def blk(officer):
    """Another institution."""
    return officer.post("/v1/institutions", json=LPK | {"name": "BLK Lain", "kind": "BLK"}).json["id"]
