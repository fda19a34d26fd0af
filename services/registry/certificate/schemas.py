"""Certificates as JSON."""

from marshmallow import Schema, fields, validate

TEXT = validate.Length(min=1, max=120)


class CertificateRequest(Schema):
    skill = fields.String(required=True, validate=validate.Length(min=1, max=80), metadata={"example": "smaw-welding"})
    level = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=5), metadata={"example": 3})
    number = fields.String(required=True, validate=TEXT, metadata={"example": "BNSP/2026/000417"})
    scheme = fields.String(load_default=None, allow_none=True, validate=TEXT)
    issuer = fields.String(required=True, validate=TEXT, metadata={"example": "LSP Contoh"})
    issued_on = fields.Date(required=True, metadata={"example": "2026-02-03"})
    valid_until = fields.Date(load_default=None, allow_none=True, metadata={"description": "the last day it holds"})


class CertificateView(CertificateRequest):
    id = fields.String()
    worker_id = fields.String()
    issuer = fields.String(allow_none=True, metadata={"description": "null: not known"})
    issued_on = fields.Date(allow_none=True, metadata={"description": "null: not known"})
    revoked_on = fields.Date(allow_none=True)
