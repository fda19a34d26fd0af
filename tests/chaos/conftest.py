"""One platform for all that is killed: its own servers and sixteen processes, on free ports, begun empty."""

import random

import pytest

from deploy.local import Platform, mongodb, readiness
from deploy.local.places import listens
from services.common import settings
from tests.chaos.ledger import Ledger
from tests.gateway.mail import Mail

PORTS = 34
LOG_LINES = 25
TRANSACTION_S = 4  # how long one of a killed process stays: less than elsewhere, since the tests wait for it often
platforms = []


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that empties the databases of this process: the platform has its own."""


@pytest.fixture(scope="session")
def mail():
    """Start the mail server to which the platform sends."""
    server = Mail().start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def platform(tmp_path_factory, mail):
    found = Platform(tmp_path_factory.mktemp("chaos"), free_base())
    platforms.append(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mongodb, "TRANSACTION_S", TRANSACTION_S)
        patch.setenv("SMTP_URL", mail.url())
        try:
            found.up(seeded=False)
            yield found
        finally:
            found.down()


@pytest.fixture
def its_broker(platform, monkeypatch):
    """Let what this process itself publishes reach the platform."""
    monkeypatch.setattr(settings, "AMQP_URL", platform.environment()["AMQP_URL"])


@pytest.fixture(scope="session")
def ledger():
    return Ledger()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        report.sections += [section for found in platforms for section in _logs(found)]
    return report


def _logs(platform):
    """Return the end of each process's log."""
    for path in sorted(platform.places.logs.glob("*.log")):
        yield f"the end of {path}", "\n".join(readiness.log_end(path).splitlines()[-LOG_LINES:])


def free_base():
    while True:
        base = random.SystemRandom().randrange(20_000, 32_000)
        if not any(listens(base + at) for at in range(PORTS)):
            return base
