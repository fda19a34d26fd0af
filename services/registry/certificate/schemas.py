"""Certificates as JSON."""

from marshmallow import Schema, fields, validate

TEXT = validate.Length(min=1, max=120)


class CertificateRequest(Schema):
    skill = fields.String(required=True, validate=validate.Length(min=1, max=80))
    level = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=5))
    number = fields.String(required=True, validate=TEXT)
    scheme = fields.String(load_default=None, allow_none=True, validate=TEXT)
    issuer = fields.String(required=True, validate=TEXT)
    issued_on = fields.Date(required=True)
    valid_until = fields.Date(load_default=None, allow_none=True, metadata={"description": "the last day it holds"})


class CertificateView(CertificateRequest):
    id = fields.String()
    worker_id = fields.String()
    issuer = fields.String(allow_none=True, metadata={"description": "null: not known"})
    issued_on = fields.Date(allow_none=True, metadata={"description": "null: not known"})
    revoked_on = fields.Date(allow_none=True)
