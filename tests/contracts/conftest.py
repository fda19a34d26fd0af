"""What the contracts' tests leave behind is cleared away."""

import pytest

from services.registry.database import database
from services.registry.programme import store


@pytest.fixture(autouse=True)
def _programmes(empty_databases):
    """Leave the programmes as they come with the platform."""
    yield
    database.reader().db.programmes.delete_many({})
    database.transact(store.seed)
