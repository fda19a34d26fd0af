"""Institutions as JSON."""

from marshmallow import Schema, fields, validate


class InstitutionRequest(Schema):
    name = fields.String(required=True, validate=validate.Length(min=1, max=120))
    kind = fields.String(required=True, validate=validate.Length(min=1, max=40), metadata={"example": "LPK"})
    village = fields.String(required=True, validate=validate.Length(max=40))


class InstitutionView(Schema):
    id = fields.String()
    name = fields.String()
    kind = fields.String()
    village = fields.String()
