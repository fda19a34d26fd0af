"""A web process on trial: `python -m tests.common.trial.web <service>`. It tells its things, as states and as facts."""

import sys
from dataclasses import dataclass
from pathlib import Path

from marshmallow import Schema, fields

from services.common import access, errors, mongo, outbox
from services.common.mongo import Database
from services.common.web import app, conditional, idempotency, serve
from services.common.web.blueprint import Blueprint
from tests.common.trial.events import events_of

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Thing:
    id: str
    version: int
    label: str


class LabelForbidden(errors.Refused):
    """This label is forbidden: take another one."""


class ThingUnknown(errors.Missing):
    """There is no such thing."""


class LabelSchema(Schema):
    label = fields.String(required=True)


class ThingSchema(LabelSchema):
    id = fields.String(required=True)
    version = fields.Integer(required=True)


def get(tx, thing_id):
    row = tx.db.things.find_one({"_id": {"$eq": thing_id}}, session=tx.session)
    if row is None:
        raise ThingUnknown(thing_id)
    return Thing(id=row["_id"], version=row["version"], label=row["label"])


def make_in(events):
    def make(tx, *, id, label):
        if label == "forbidden":
            raise LabelForbidden(label)
        tx.db.things.insert_one({"_id": id, "version": 1, "label": label}, session=tx.session)
        outbox.tell(tx, events.Noted, note=label)
        outbox.changed(tx, events.Thing, {id: 1})
        return get(tx, id)

    return make


def relabel(tx, thing_id, *, label, expected=None):
    if mongo.claim(tx, "things", thing_id, expected=expected) is None:
        raise ThingUnknown(thing_id)
    tx.db.things.update_one({"_id": thing_id}, {"$set": {"label": label}}, session=tx.session)
    return get(tx, thing_id)


def create_app(service, database):
    things = Blueprint("things", __name__, url_prefix="/v1/things")
    make = make_in(events_of(service))

    @things.post("")
    @access.allow("public", "officer")
    @things.arguments(LabelSchema)
    @things.response(201, ThingSchema)
    def create(asked):
        return idempotency.create(database, make, get, "/v1/things/{}", **asked)

    @things.get("/<thing_id>")
    @access.allow("public")
    @things.response(200, ThingSchema)
    def show(thing_id):
        return conditional.shown(get(database.reader(), thing_id))

    @things.put("/<thing_id>")
    @access.allow("public")
    @things.arguments(LabelSchema)
    @things.response(200, ThingSchema)
    def replace(asked, thing_id):
        changed = database.transact(relabel, thing_id, expected=conditional.expected(), **asked)
        return conditional.shown(changed)

    @things.post("/<thing_id>/label")
    @access.allow("public")
    @things.arguments(LabelSchema)
    @things.response(200, ThingSchema)
    def change(asked, thing_id):
        asked |= {"thing_id": thing_id}
        return idempotency.change(database, relabel, get, thing_id, **asked)

    return app.make_app(service, database, things, folder=FOLDER)


if __name__ == "__main__":
    serve.serve(sys.argv[1], lambda: create_app(sys.argv[1], Database(sys.argv[1])))
