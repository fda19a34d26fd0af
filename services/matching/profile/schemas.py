"""Profiles as JSON."""

from marshmallow import Schema, fields


class LevelView(Schema):
    skill = fields.String()
    level = fields.Integer(metadata={"description": "1 to 5, the highest that is claimed or certified"})


class ProofView(Schema):
    skill = fields.String()
    valid_from = fields.Date()
    valid_until = fields.Date(allow_none=True, metadata={"description": "the last day; null: without end"})


class ProfileView(Schema):
    """What matching knows of a person."""

    id = fields.String()
    version = fields.Integer(metadata={"description": "the worker's, as the registry counts it"})
    district = fields.String(attribute="person.district")
    education = fields.String(attribute="person.education")
    availability = fields.String(attribute="person.availability")
    available_from = fields.Date(attribute="person.available_from", allow_none=True)
    skills = fields.List(fields.Nested(LevelView))
    certificates = fields.List(fields.Nested(ProofView), attribute="person.certificates")
