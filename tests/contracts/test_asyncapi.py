"""What the services tell each other, as a document: valid AsyncAPI 3.0, and about all of it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from gateway.documents import asyncapi
from services import events
from services.common import inbox
from tests.conftest import SERVICES, app_of
from tests.contracts import world

OFFICIAL = json.loads(Path(__file__).with_name("asyncapi-3.0.0.json").read_text(encoding="utf-8"))
FULL = {
    "event_id": "01990000-0000-7000-8000-000000000000",
    "payload": [world.PROFILE, {"id": "w-2", "version": 3, "gone": True}],
}


@pytest.fixture(scope="module")
def document():
    return asyncapi.document()


def faults(schema, said):
    return [f"{error.json_path}: {error.message}" for error in Draft7Validator(schema).iter_errors(said)]


class TestTheDocumentOfEvents:
    def test_is_asyncapi_30(self, document):
        assert faults(OFFICIAL, document) == []

    def test_would_be_found_wrong(self, document):
        assert faults(OFFICIAL, document | {"channels": {"x": {"adress": "x"}}}) != []
        assert faults(OFFICIAL, document | {"operations": {"x": {"action": "tell", "channel": {"$ref": "#"}}}}) != []

    def test_is_the_one_that_is_kept_for_reading(self, document, repository):
        kept = json.loads((repository / "docs" / "asyncapi.json").read_text(encoding="utf-8"))

        assert kept == document, "python -m gateway.documents.asyncapi >docs/asyncapi.json"

    def test_is_shown_by_the_gateway(self, document):
        assert app_of("gateway").test_client().get("/api/events.json").json == document

    def test_says_who_tells_and_who_hears_each(self, document):
        for name in document["channels"]:
            [event] = [each for each in vars(events).values() if getattr(each, "name", None) == name]
            said = {key for key, each in document["operations"].items() if each["channel"]["$ref"].endswith(f"/{name}")}
            assert said == {
                f"{name.partition('.')[0]} tells {name}",
                *(f"{each} hears {name}" for each in event.heard_by),
            }
        assert {each["tags"][0]["name"] for each in document["operations"].values()} == set(SERVICES)


class TestTheSchemaOfAMessage:
    @pytest.fixture
    def schema(self, document):
        message = document["components"]["messages"]["registry.worker"]
        return message["payload"] | {"components": document["components"]}

    def test_takes_what_a_listener_takes(self, schema):
        from services.matching.database import database
        from services.matching.handlers import FACTS, STATES

        assert faults(schema, [[], FULL, {}]) == []
        inbox.listen(database, states=STATES, facts=FACTS)["registry.worker"](**FULL)

    @pytest.mark.parametrize(
        "row", [{"id": "w-1"}, world.PROFILE | {"version": "one"}, dict.fromkeys(world.PROFILE, 1), "w-1"]
    )
    def test_takes_nothing_else(self, schema, row):
        assert faults(schema, [[], FULL | {"payload": [row]}, {}]) != []

    def test_holds_200_states_at_most(self, schema):
        assert faults(schema, [[], FULL | {"payload": [world.PROFILE] * 200}, {}]) == []
        assert faults(schema, [[], FULL | {"payload": [world.PROFILE] * 201}, {}]) != []
