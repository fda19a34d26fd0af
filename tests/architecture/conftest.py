"""Rules of the code itself: most are read from its files, so no database stands behind them."""

import pytest


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open some."""
