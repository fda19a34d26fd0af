"""Looks as JSON."""

from marshmallow import Schema, fields, validate

from services.registry.disclosure.model import ASKED, AT_ONCE, REASONS


class LookRequest(Schema):
    """At whom somebody looks, and why."""

    ids = fields.List(
        fields.String(validate=validate.Length(min=1, max=40)),
        required=True,
        validate=validate.Length(min=1, max=AT_ONCE),
        metadata={"description": "of workers", "example": ["01990000-0000-7000-8000-000000000002"]},
    )
    why = fields.String(required=True, validate=validate.OneOf(ASKED), metadata={"example": ASKED[0]})


class NameView(Schema):
    id = fields.String()
    name = fields.String()
    village = fields.String()


class LookView(Schema):
    id = fields.String()
    worker_id = fields.String()
    by = fields.String(metadata={"description": "the account that looked, or gateway: the platform itself"})
    role = fields.String()
    why = fields.String(metadata={"enum": list(REASONS)})
    at = fields.AwareDateTime()
