"""MongoDB and RabbitMQ of our own: started, kept running, stopped without a trace."""

import dataclasses
import os
import signal
import time
from contextlib import closing

import pytest
from kombu import Connection
from pymongo import MongoClient

from deploy.local import Platform, leftovers, mongodb, rabbitmq, supervision
from deploy.local.places import listens

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def servers(platform):
    platform.servers_up()
    return platform


@pytest.fixture
def beside(servers, tmp_path, free_base):
    """Make a second platform with a MongoDB of its own, on the RabbitMQ of the first."""
    found = Platform(tmp_path, free_base(), amqp_url=servers.environment()["AMQP_URL"])
    yield found
    found.down()


def wait_until(condition, within_s=15):
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def committed(servers):
    """Write in a transaction, which needs a replica set with a primary, and return what is there."""
    with closing(MongoClient(servers.environment()["MONGO_URL"])) as client, client.start_session() as session:
        rows = client.trial.rows
        session.with_transaction(lambda s: rows.insert_one({}, session=s))
        return rows.count_documents({})


class TestServers:
    def test_take_transactions_and_messages(self, servers):
        assert committed(servers) > 0
        with Connection(servers.environment()["AMQP_URL"]) as connection:
            connection.SimpleQueue("trial").put("kept")
            assert connection.SimpleQueue("trial").get(timeout=5).payload == "kept"

    def test_are_left_as_they_are_by_a_second_start(self, servers):
        before = [servers.pid(name) for name in ("epmd", "mongod", "rabbitmq")]
        servers.servers_up()
        assert [servers.pid(name) for name in ("epmd", "mongod", "rabbitmq")] == before
        assert 0 not in before

    def test_return_when_killed_and_still_have_what_was_committed(self, servers):
        count = committed(servers)
        killed = {name: servers.pid(name) for name in ("mongod", "rabbitmq", "epmd")}
        for pid in killed.values():
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: all(servers.pid(name) not in {0, pid} for name, pid in killed.items()))
        mongodb.await_primary(servers.places)
        rabbitmq.await_answer(servers.environment()["AMQP_URL"], timeout_s=30)
        assert committed(servers) == count + 1

    def test_keep_their_files_under_the_root_for_their_owner_alone(self, servers):
        assert (servers.root / "log" / "rabbitmq.log").read_text()
        assert (servers.root / "log" / "mongod.log").read_text()
        assert servers.places.secrets.stat().st_mode & 0o777 == 0o700
        assert all(each.stat().st_mode & 0o777 == 0o600 for each in servers.places.secrets.iterdir())


class TestStopping:
    def test_leaves_no_process(self, servers):
        assert len(leftovers.of(servers.places.root)) >= 4
        assert servers.down()
        assert not leftovers.of(servers.places.root)
        assert not any(listens(servers.port + at) for at in range(34))
        assert not servers.places.socket_directory().exists()

    def test_leaves_no_process_of_a_supervisor_that_was_killed(self, beside):
        beside.servers_up()
        os.kill(int((beside.root / "supervisord.pid").read_text()), signal.SIGKILL)
        wait_until(lambda: not supervision.is_up(beside.places))
        assert leftovers.of(beside.places.root)
        assert beside.down()
        assert not leftovers.of(beside.places.root)

    def test_says_when_nothing_ran(self, tmp_path, free_base):
        assert not Platform(tmp_path, free_base()).down()


class TestAnotherPlatform:
    def test_stands_beside_it_on_a_rabbitmq_that_is_not_its_own(self, servers, beside):
        beside.servers_up()
        assert "rabbitmq" not in supervision.programs(beside.places)
        assert committed(beside) == 1
        beside.down()
        assert committed(servers) > 0

    def test_finds_its_data_under_another_port(self, beside, free_base):
        beside.servers_up()
        assert committed(beside) == 1
        beside.down()
        moved = dataclasses.replace(beside, port=free_base())
        moved.servers_up()
        assert committed(moved) == 2
