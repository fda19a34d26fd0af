"""A server that is away for a while: what needs it waits, all else goes on, and everything catches up by itself."""

import pytest

from services.common import bus, mongo
from tests.chaos import aftermath, crowd, kills
from tests.chaos.http import Http
from tests.waiting import until

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(400), pytest.mark.usefixtures("its_broker")]
STOPPED = pytest.param(kills.stopped, id="stopped", marks=pytest.mark.verify)
AWAY = pytest.mark.parametrize("away", [pytest.param(kills.frozen, id="frozen"), STOPPED])
WRITES = 600
NORMAL_S = 10  # for an answer, on a machine that has much else to do
WITHIN_S = 60
LPK = {"name": "LPK Uji", "kind": "LPK", "village": "63.11.06.1023"}


@pytest.fixture
def unmoved(platform, ledger):
    """See that all comes to rest again, and that no process had to be started anew for it."""
    before = kills.pids(platform)
    yield
    print(f"quiet after {aftermath.is_quiet(platform, ledger):.1f} s")
    assert kills.pids(platform) == before


@AWAY
class TestWithoutRabbitMQ:
    def test_writes_are_answered_as_ever_and_catch_up(self, platform, ledger, unmoved, away):
        with away(platform, "rabbitmq"):
            with crowd.at_work(platform, ledger, "without-rabbitmq", WRITES) as writers:
                pass
            with aftermath.databases(platform) as db:
                assert db["registry"].facts.count_documents({"waiting": True}) > 0

        assert writers.answers.keys() == {200, 201}
        assert writers.slowest_s < NORMAL_S


@AWAY
class TestWithoutMongoDB:
    def test_writes_are_refused_for_now_messages_are_kept_and_nothing_is_lost(self, platform, ledger, unmoved, away):
        with aftermath.databases(platform) as db:
            skill = db["matching"].skills.find_one({}, {"label_id": 1, "label_en": 1, "version": 1})
        id_, version = skill.pop("_id"), skill.pop("version") + 1
        told = skill | {"id": id_, "version": version, "gone": False}

        with crowd.at_work(platform, ledger, "without-mongodb", WRITES) as writers:
            writers.reaches(WRITES // 2)
            with away(platform, "mongod"), Http(platform, "registry", directly=True) as http:
                bus.connect("registry")("registry.skill", mongo.new_id(), [told], to="matching")
                answer = http.ask("POST", "/v1/institutions", LPK)
                assert bus.depth("matching")[1] == 1  # the consumer holds what it has, and waits

        assert (answer.status, answer.headers["Content-Type"]) == (503, "application/problem+json")
        assert (answer.json()["type"], int(answer.headers["Retry-After"]) > 0) == ("service-unavailable", True)
        with aftermath.databases(platform) as db:
            until(lambda: db["matching"].skills.find_one({"_id": id_})["version"] >= version, WITHIN_S)
