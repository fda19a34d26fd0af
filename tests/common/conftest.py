"""What the kernel's tests stand on: databases, queues and events under names of their own."""

import itertools
import logging
import secrets
from contextlib import contextmanager

import pytest

from services.common import bus, migrate, mongo, settings, telemetry
from services.common.mongo import Database
from tests.common import queues
from tests.common.mongod import Mongod
from tests.common.processes import Process
from tests.common.trial.events import events_of


@pytest.fixture(autouse=True)
def empty_databases():
    """Leave the services' databases alone: nothing here stands on them."""


@pytest.fixture(autouse=True)
def _log_as_before():
    """Take back what `start_logging` does to this process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    telemetry.contextvars.clear_contextvars()


def new_service():
    return f"trial{secrets.token_hex(4)}"


@contextmanager
def opened(service):
    """Open a database with the kernel's indexes, and drop it afterwards."""
    database = Database(service)
    for declared in (migrate.KERNEL, *migrate.OF_PARTS, {"things": [], "notes": []}):
        migrate.ensure_indexes(database.reader(), declared)
    yield database
    database.client.drop_database(database.name)
    database.client.close()


@contextmanager
def declared(service):
    """Declare a service's queues, and delete them afterwards."""
    events = events_of(service)
    bus.declare(service, [events.Thing.name, events.Noted.name])
    yield service
    queues.delete(service, f"{service}.work", f"{service}.dead")


@pytest.fixture(scope="session")
def service():
    return new_service()


@pytest.fixture(scope="session")
def events(service):
    return events_of(service)


@pytest.fixture(scope="session")
def _database(service):
    with opened(service) as database:
        yield database


@pytest.fixture
def database(_database):
    """Begin with empty collections (emptied, not dropped: indexes stay, and it is fast)."""
    db = _database.reader().db
    for name in db.list_collection_names(filter={"name": {"$not": {"$regex": "^system"}}}):
        db[name].delete_many({})
    return _database


@pytest.fixture
def db(database):
    return database.reader().db


@pytest.fixture
def profiled(db):
    """Return the operations on the database since the test began."""
    db.command("profile", 2)
    yield lambda: list(db.system.profile.find())
    db.command("profile", 0)
    db.drop_collection("system.profile")


@pytest.fixture(scope="session")
def _mongod(tmp_path_factory):
    found = Mongod(tmp_path_factory.mktemp("mongod"))
    yield found
    found.kill()


@pytest.fixture
def mongod(_mongod, monkeypatch):
    """Stand on a MongoDB that may be stopped, and leave it running. Mark tests that do: `xdist_group("mongod")`."""
    monkeypatch.setattr(settings, "MONGO_URL", _mongod.url)
    monkeypatch.setenv("MONGO_URL", _mongod.url)
    yield _mongod
    _mongod.mend()


@pytest.fixture
def frail(mongod, service):
    """Open a database there."""
    with opened(service) as found:
        yield found
        mongod.mend()
        mongo.patiently(found.ping)


@pytest.fixture
def queue(service):
    """Declare the service's queues, and delete them afterwards; the one of its events has its name."""
    with declared(service):
        yield service


@pytest.fixture
def start(tmp_path):
    """Start processes that end with the test: `start("tests.common.trial.consumer", service)`."""
    with starting(tmp_path) as started:
        yield started


@contextmanager
def starting(folder):
    running, count = [], itertools.count()

    def started(module, *args, **environment):
        running.append(Process(folder / f"{module}.{next(count)}.log", module, *args, **environment))
        return running[-1]

    yield started
    for process in running:
        if process.is_running():
            process.kill()


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a service that says nothing."""
    (tmp_path / "__init__.py").write_text('"""Owns nothing: a trial."""\n')
    (tmp_path / "id.po").write_text('msgid ""\nmsgstr "Language: id\\n"\n')
    return tmp_path
