"""What services tell each other: facts and states."""

from typing import ClassVar

from marshmallow import EXCLUDE, Schema, fields


class Event(Schema):
    """Something one service tells the others.

    `name` is both the routing key and the Celery task name; `heard_by` names the
    services that listen, so that replay and the documents know. A reader drops the
    fields it does not know, so a publisher may add fields at any time; it never
    removes or retypes one: it publishes an event of a new name.
    """

    name: ClassVar[str]
    heard_by: ClassVar[tuple[str, ...]]

    class Meta:
        unknown = EXCLUDE


class Fact(Event):
    """Something happened: `registry.certificate.issued`. Heard for its effects, each effect once."""


class State(Event):
    """How one thing stands now: `registry.worker`. A listener keeps the newest version it heard of."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    gone = fields.Boolean(load_default=False)  # a tombstone: a late older state must not bring it back
