"""What a service on trial tells and hears, under names of its own, so that no other test hears it."""

from types import SimpleNamespace

from marshmallow import fields

from services.common.event import Fact, State


def events_of(service):
    class Thing(State):
        name = f"{service}.thing"
        heard_by = (service, f"{service}-other")

        label = fields.String(required=True)
        parts = fields.List(fields.String(), load_default=list)

    class Noted(Fact):
        name = f"{service}.noted"
        heard_by = (service,)

        note = fields.String(required=True)
        do = fields.String(load_default="note")  # what the consumer on trial does with it

    return SimpleNamespace(Thing=Thing, Noted=Noted)
