"""The conversation between the services as AsyncAPI 3.0: `python -m gateway.documents.asyncapi >docs/asyncapi.json`."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from services import events
from services.common.event import Event, Fact, State
from services.common.relay import BATCH

EXCHANGE = {"name": "events", "type": "topic", "durable": True, "autoDelete": False, "vhost": "/"}
HOW = """
Events go through RabbitMQ as Celery tasks that are named after them (Celery's message protocol 2). A publisher gets
the broker's confirmation; each service has one durable quorum queue. Whatever arrives may arrive again: states carry
a version and a listener keeps the newest, a fact has an id (`event_id`) and its effect once. Fields may be added at
any time, and a reader drops those that it does not know; none is removed or changes its type.
"""
GONE = {
    "type": "object",
    "description": "It is there no more. An older state that comes late does not bring it back.",
    "required": ["id", "version", "gone"],
    "properties": {"id": {"type": "string"}, "version": {"type": "integer"}, "gone": {"const": True}},
}


def document() -> dict[str, Any]:
    """Return what the services tell each other."""
    told = _events()
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Begawi: events", "version": "1.0.0", "description": HOW.strip(), "license": _license()},
        "defaultContentType": "application/json",
        "servers": {"broker": {"host": "127.0.0.1:5672", "protocol": "amqp", "protocolVersion": "0-9-1"}},
        "channels": {event.name: _channel(event) for event in told},
        "operations": {name: each for event in told for name, each in _operations(event).items()},
        "components": {"schemas": _schemas(told), "messages": {event.name: _message(event) for event in told}},
    }


def _events() -> list[type[Event]]:
    declared = [each for each in vars(events).values() if isinstance(each, type) and issubclass(each, Event)]
    return sorted((each for each in declared if hasattr(each, "name")), key=lambda event: event.name)


def _license() -> Mapping[str, str]:
    return {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"}


def _schemas(told: list[type[Event]]) -> dict[str, Any]:
    """Return the events and their parts as JSON Schema."""
    spec = APISpec("", "", "3.1.0", plugins=[MarshmallowPlugin()])
    for event in told:
        spec.components.schema(event.__name__, schema=event)
    schemas: dict[str, Any] = spec.to_dict()["components"]["schemas"]
    for event in told:
        schemas[event.__name__] |= {"description": _said(event)}
    return dict(sorted({**schemas, "Gone": GONE}.items()))


def _channel(event: type[Event]) -> dict[str, Any]:
    return {
        "address": event.name,
        "description": _said(event),
        "messages": {event.name: {"$ref": f"#/components/messages/{event.name}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": EXCHANGE, "bindingVersion": "0.3.0"}},
    }


def _operations(event: type[Event]) -> dict[str, Any]:
    """Return who tells an event, and who hears it."""
    teller = event.name.partition(".")[0]
    found = {f"{teller} tells {event.name}": ("send", teller)}
    found |= {f"{hearer} hears {event.name}": ("receive", hearer) for hearer in event.heard_by}
    return {
        name: {
            "action": action,
            "summary": f"{name}.",
            "channel": {"$ref": f"#/channels/{event.name}"},
            "messages": [{"$ref": f"#/channels/{event.name}/messages/{event.name}"}],
            "tags": [{"name": service}],
        }
        for name, (action, service) in found.items()
    }


def _message(event: type[Event]) -> dict[str, Any]:
    """Return an event as it goes over the wire: in the envelope of a Celery task."""
    named = {"event_id": {"type": "string", "description": "a UUID"}, "payload": _payload(event)}
    return {
        "name": event.name,
        "title": event.__name__,
        "summary": _said(event),
        "contentType": "application/json",
        "headers": {
            "type": "object",
            "description": "Celery's headers; these are ours.",
            "required": ["task", "id"],
            "properties": {
                "task": {"const": event.name},
                "id": {"type": "string", "description": "as event_id"},
                "request_id": {"type": "string", "description": "of the request that it comes from"},
                "traceparent": {"type": "string", "description": "as W3C Trace Context has it"},
            },
        },
        "payload": {
            "type": "array",
            "description": "Celery's positional arguments (none), named arguments, and what it embeds.",
            "items": [
                {"type": "array", "maxItems": 0},
                {"type": "object", "required": [*named], "properties": named, "additionalProperties": False},
                {"type": "object"},
            ],
            "minItems": 3,
            "maxItems": 3,
        },
    }


def _payload(event: type[Event]) -> dict[str, Any]:
    """Return what is told: one fact, or how some things stand now."""
    whole = {"$ref": f"#/components/schemas/{event.__name__}"}
    if issubclass(event, Fact):
        return whole
    either = {"anyOf": [whole, {"$ref": "#/components/schemas/Gone"}]}
    return {"type": "array", "minItems": 1, "maxItems": BATCH, "items": either}


def _said(event: type[Event]) -> str:
    kind = "A state" if issubclass(event, State) else "A fact"
    return f"{kind}. {(event.__doc__ or '').strip()}"


def main() -> None:
    json.dump(document(), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
