"""Institutions as JSON."""

from marshmallow import Schema, fields, validate


class InstitutionRequest(Schema):
    name = fields.String(required=True, validate=validate.Length(min=1, max=120), metadata={"example": "LPK Contoh"})
    kind = fields.String(required=True, validate=validate.Length(min=1, max=40), metadata={"example": "LPK"})
    village = fields.String(required=True, validate=validate.Length(max=40), metadata={"example": "63.11.06.1023"})


class InstitutionView(Schema):
    id = fields.String()
    name = fields.String()
    kind = fields.String()
    village = fields.String()
