"""Messages that cannot be handled: set aside, each with its reason, while the others go on."""

import json
import os
import subprocess
import sys

import pytest
from kombu import Connection

from deploy.local.places import REPOSITORY
from services.common import bus, mongo
from tests.chaos import aftermath, crowd, kills
from tests.waiting import until

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(400), pytest.mark.usefixtures("its_broker")]
WITHIN_S = 60
NOBODYS = "registry.moon.risen"


def event(payload, **headers):
    """Compose a message as Celery's second protocol has it."""
    id_ = mongo.new_id()
    said = {"lang": "py", "task": "registry.worker", "id": id_, "root_id": id_} | headers
    body = json.dumps([[], {"event_id": id_, "payload": payload}, {"callbacks": None, "errbacks": None}])
    return body, {"headers": {name: value for name, value in said.items() if value is not None}}


JSON = {"content_type": "application/json", "content_encoding": "utf-8"}
PLACELESS = {"id": "w-moon", "version": 1, "gone": False, "district": "00.00.00", "education": "SMA"}
PLACELESS |= {"availability": "available", "available_from": None, "skills": [], "certificates": []}
POISONS = {
    "a worker of whom all is missing": event([{"id": "w-1", "version": 1}]),
    "a worker who lives nowhere": event([PLACELESS]),
    "no list of workers": event("poison"),
    "a list of no workers": event([1, None, []]),
    "nothing": event(None),
    "arguments that no handler has": (json.dumps([["x"], {"moon": 1}, {}]), event([])[1]),
    "no arguments": (json.dumps({}), event([])[1]),
    "half a JSON text": ('[[], {"event_id"', event([])[1]),
    "a task that nobody knows": event([], task="registry.moon"),
    "a task that nobody knows, without an id": event([], task="registry.moon", id=None),
    "a known task without an id": event([], id=None),
    "no task at all": (json.dumps({"hello": "moon"}), {}),
    "no JSON at all": ("\x00\x01poison", {}),
    "no JSON, and it says it is": ("{poison", JSON),
    "an encoding that nobody knows": ("{}", {"content_type": "application/json", "content_encoding": "moon"}),
    "a type that nobody knows": ("<moon/>", {"content_type": "application/xml", "content_encoding": "utf-8"}),
    "a pickle": (b"\x80\x04N.", {"content_type": "application/x-python-serialize", "content_encoding": "binary"}),
}


@pytest.fixture
def publish(platform):
    """Publish to all who hear it, raw."""
    with Connection(platform.environment()["AMQP_URL"], transport_options={"confirm_publish": True}) as connection:
        producer = connection.Producer(auto_declare=False)

        def send(message, routing_key="registry.worker"):
            body, said = message
            body = body if isinstance(body, bytes) else body.encode()
            options = {"content_type": "application/json", "content_encoding": "utf-8"} | said
            producer.publish(body, exchange="events", routing_key=routing_key, **options)

        yield send


@pytest.fixture
def emptied(platform):
    """Leave no letter behind."""
    yield
    with Connection(platform.environment()["AMQP_URL"]) as connection:
        for queue in ("matching.dead", "events.unheard"):
            connection.default_channel.queue_purge(queue)


def listed(platform):
    """Return the letters that the operator is shown, a line each."""
    command = [sys.executable, "-m", "services.common.letters", "list"]
    told = os.environ | platform.environment()
    shown = subprocess.run(command, env=told, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    return shown.splitlines()[1:-1]  # between the names of the columns and the count


class TestAPoison:
    def test_of_any_shape_is_set_aside_and_shown_and_the_others_go_on(self, platform, ledger, publish, emptied):
        before = kills.pids(platform)
        with crowd.at_work(platform, ledger, "poison", 400) as writers:
            for turn, poison in enumerate(POISONS.values(), 1):
                writers.reaches(turn * 20)
                publish(poison)

        until(lambda: bus.depth("matching.dead")[0] >= len(POISONS), WITHIN_S)
        aftermath.is_quiet(platform, ledger, but={"matching.dead"})
        shown = listed(platform)
        assert [line.split()[0] for line in shown] == ["matching.dead"] * len(POISONS)
        assert any("RegionUnknown: 00.00.00" in line for line in shown)
        assert kills.pids(platform) == before


class TestAnEventThatNobodyHears:
    def test_is_kept_and_shown(self, platform, publish, emptied):
        publish(event([]), NOBODYS)

        until(lambda: bus.depth("events.unheard")[0] == 1, WITHIN_S)
        assert "nobody hears it" in listed(platform)[0]
