"""Nothing personal lies open: in no database, in no log, in no message; nor a name in the two that others read."""

import json
from contextlib import closing, contextmanager

import pytest
from kombu import Connection
from pymongo import MongoClient

from deploy.local import mongodb
from tests.chaos import aftermath, at_rest
from tests.chaos.front_doors import Door

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def door(platform, ledger):
    """Let people in by every door; `told` is all that was sent meanwhile, `written` all that was written."""
    found = Door(platform)
    with at_rest.overheard(platform) as overheard:
        found.at_the_desk()
        found.by_oneself()
        found.in_vain()
        found.by_spreadsheets()
        aftermath.is_quiet(platform, ledger, but={"events.unheard"})
        found.told, found.written = overheard(), at_rest.oplog(platform)
    return found


@pytest.fixture(scope="module")
def data(door):
    return {form: kind for person in door.people for form, kind in at_rest.forms(person).items()}


@pytest.fixture(scope="module")
def everything(door, data):
    return data | at_rest.names(door.people)


class TestNothingPersonalLiesOpen:
    def test_in_a_database(self, platform, data):
        places = at_rest.databases(platform)
        assert {"registry.workers", "registry.intake_lines", "gateway.accounts", "matching.profiles"} <= places.keys()
        assert len(places["registry.workers"]) > 0
        assert at_rest.found(places, data) == []

    def test_in_what_the_database_keeps_of_its_writes(self, door, data):
        assert at_rest.found(door.written, data) == []

    def test_in_a_log(self, platform, everything):
        logs = at_rest.logs(platform)
        assert {"gateway.web.log", "registry.work.log", "mongod.log", "rabbitmq.log"} <= logs.keys()
        assert at_rest.found(logs, everything) == []

    def test_in_what_the_database_would_log_of_a_slow_write(self, platform):
        with aftermath.databases(platform) as db:
            assert db["registry"].command("profile", -1)["slowms"] >= mongodb.NEVER_SLOW_MS

    def test_in_a_message_that_was_sent_or_lies_in_a_queue(self, platform, door, everything):
        assert any("registry.worker" in name for name in door.told)
        assert any("intake.taken" in name for name in door.told)
        assert at_rest.found(door.told | at_rest.left(platform), everything) == []


class TestWhateverWouldLieOpenIsFound:
    """As it was said at the door, whatever form somebody gave it."""

    @pytest.fixture(params=["name", "nik", "phone", "email", "address", "policy_no"])
    def planted(self, request, door):
        return request.param, next(person for person in door.people if "nik" in person)[request.param]

    def test_in_a_database_and_what_it_keeps(self, platform, planted, everything):
        kind, datum = planted
        with self._row(platform, {"deep": [{"said": f"<{datum}>"}]}):
            assert f"{kind} in vacancies.planted" in at_rest.found(at_rest.databases(platform), everything)
        lately = {"lately": at_rest.oplog(platform)["the oplog"][-1_000_000:]}
        assert f"{kind} in lately" in at_rest.found(lately, everything)

    def test_in_a_log(self, platform, planted, everything):
        kind, datum = planted
        path = platform.places.logs / "planted.log"
        path.write_text(json.dumps({"event": f"refused {datum}"}))
        try:
            assert at_rest.found(at_rest.logs(platform), everything) == [f"{kind} in planted.log"]
        finally:
            path.unlink()

    def test_in_a_queue(self, platform, planted, everything):
        kind, datum = planted
        with Connection(platform.environment()["AMQP_URL"]) as connection:
            channel = connection.default_channel
            connection.Producer(channel, auto_declare=False).publish(
                {"said": datum}, exchange="", routing_key="events.unheard", serializer="json"
            )
            try:
                assert at_rest.found(at_rest.left(platform), everything) == [f"{kind} in events.unheard 0"]
            finally:
                channel.queue_purge("events.unheard")

    @contextmanager
    def _row(self, platform, row):
        with closing(MongoClient(platform.environment()["MONGO_URL"])) as client, aftermath.databases(platform) as db:
            planted = client[db["vacancies"].name].planted
            planted.insert_one(row)
            try:
                yield
            finally:
                planted.drop()
