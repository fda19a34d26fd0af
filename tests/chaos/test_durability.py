"""What MongoDB has not on disk is not told and not acknowledged: its own fail points hold it there."""

import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pymongo
import pytest
from flask import Flask, g
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from deploy.local import mongodb
from deploy.local.places import Places
from services.common import migrate, mongo, outbox, relay, settings
from services.common.access import Actor
from services.common.seal import Seal
from services.common.web import idempotency
from tests.chaos.conftest import free_base

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(120)]
NOT_YET_S = 1.5
NO_DISK = "pauseJournalFlusherBeforeFlush"


@dataclass(frozen=True)
class Thing:
    id: str
    version: int = 1


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Start a MongoDB that lets itself be told to fail."""
    places = Places(tmp_path_factory.mktemp("mongod"), free_base())
    command = [*mongodb.command(places), "--setParameter", "enableTestCommands=1"]
    with (places.root / "mongod.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log)
    mongodb.await_primary(places)
    yield f"127.0.0.1:{places.mongodb_port}"
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.fixture
def database(server, monkeypatch):
    monkeypatch.setattr(settings, "MONGO_URL", f"mongodb://{server}/?replicaSet=rs0")
    found = mongo.Database("durability")
    for declared in (migrate.KERNEL, outbox.INDEXES, {"things": [], "data_keys": []}):
        migrate.ensure_indexes(found.reader(), declared)
    yield found
    found.client.drop_database(found.name)
    found.client.close()


@pytest.fixture
def failing(server):
    """Have a fail point of the server on while the block runs."""

    @contextmanager
    def fail(point, **data):
        with closing(MongoClient(server, directConnection=True)) as client:
            client.admin.command("configureFailPoint", point, mode="alwaysOn", data=data)
            try:
                yield
            finally:
                client.admin.command("configureFailPoint", point, mode="off")

    return fail


@pytest.fixture
def aside():
    with ThreadPoolExecutor(2) as pool:
        yield pool.submit


def insert(tx, id_):
    tx.db.things.insert_one({"_id": id_}, session=tx.session)


def make(tx, *, id):
    insert(tx, id)
    return get(tx, id)


def get(tx, id_):
    return Thing(tx.db.things.find_one({"_id": id_}, session=tx.session)["_id"])


def post(database):
    """Ask as a client does: twice with one Idempotency-Key it is one request, repeated."""
    with Flask("durability").test_request_context("/v1/things", method="POST", headers={"Idempotency-Key": "k"}):
        g.actor = Actor("someone", "officer")
        return idempotency.create(database, make, get, "/v1/things/{}")


def told(database):
    names = []
    with pymongo.timeout(5):
        relay.publish_facts(lambda name, *_, **__: names.append(name), database)
    return names


def is_pending(future):
    with pytest.raises(TimeoutError):
        future.result(NOT_YET_S)
    return True


def test_a_fact_is_not_told_before_it_is_on_disk(database, failing, aside):
    with failing(NO_DISK):
        writing = aside(database.transact, outbox.put, "moon.risen", {})
        assert is_pending(writing)
        assert database.reader().db.facts.count_documents({"waiting": True}) == 1
        assert told(database) == []
    writing.result(10)

    assert told(database) == ["moon.risen"]


def test_a_state_that_may_yet_be_lost_is_not_kept(database, failing):
    """By a primary that steps down, or whose majority is away: the message is kept until it is."""
    unsure = {"code": 91, "errmsg": "shutting down"}
    point = failing("failCommand", failCommands=["update"], writeConcernError=unsure)
    with point, pytest.raises(PyMongoError) as raised:
        mongo.keep_newest(database.reader(), "things", [{"_id": "a", "version": 1}])

    assert mongo.is_away(raised.value)


def test_personal_data_waits_for_its_key(database, failing):
    seal = Seal(lambda: database.client, lambda: database.name)
    seal.prepare()
    point = failing("failCommand", failCommands=["find"], closeConnection=True)
    with point, pytest.raises(PyMongoError) as raised:
        Seal(lambda: database.client, lambda: database.name).close("a")

    assert mongo.is_away(raised.value)


def test_a_repeated_request_is_not_answered_before_the_first_is_on_disk(database, failing, monkeypatch):
    monkeypatch.setattr(settings, "MONGO_TIMEOUT_S", 1)
    with failing(NO_DISK):
        for _ in range(2):
            with pytest.raises(PyMongoError):
                post(database)

    first, again = post(database), post(database)
    assert first == again
