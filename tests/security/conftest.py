"""One world for all tests of a file: making it costs a second, and each test leaves it as it found it."""

import pytest

from tests.contracts.serving import served
from tests.security.world import World, clear


@pytest.fixture(autouse=True)
def empty_databases(migrated):
    """Keep the world: it is cleared away with its file."""


@pytest.fixture(scope="module")
def empty(migrated):
    """Begin and end with empty databases."""
    clear()
    yield
    clear()


@pytest.fixture(scope="module")
def world(empty):
    """Return a world with two of everything; the gateway stands before the services."""
    with pytest.MonkeyPatch.context() as patch, served(patch) as url:
        made = World()
        made.url = url
        yield made
