"""The core stands on nothing that runs."""

import pytest


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the engine needs none."""
