"""Looks as JSON."""

from marshmallow import Schema, fields

from services.registry.disclosure.model import REASONS


class LookView(Schema):
    id = fields.String()
    worker_id = fields.String()
    by = fields.String(metadata={"description": "the account that looked, or gateway: the platform itself"})
    role = fields.String()
    why = fields.String(metadata={"enum": list(REASONS)})
    at = fields.AwareDateTime()
