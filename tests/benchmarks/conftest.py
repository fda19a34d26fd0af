"""What is tested of the benchmarks stands on nothing that runs."""

import pytest


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: these contenders need none."""
