"""Occupations as JSON."""

from marshmallow import Schema, fields, validate


class OccupationQuery(Schema):
    q = fields.String(
        required=True,
        validate=validate.Length(min=1, max=100),
        metadata={"description": "words of a title, also unfinished or misspelt ones"},
    )
    limit = fields.Integer(load_default=10, validate=validate.Range(min=1, max=50))


class GroupView(Schema):
    code = fields.String()
    title = fields.String()


class OccupationView(Schema):
    code = fields.String(metadata={"description": "KBJI 2014; four digits are mostly those of ISCO-08"})
    title = fields.String(metadata={"description": "Indonesian"})
    groups = fields.List(fields.Nested(GroupView), metadata={"description": "that it stands in, the major one first"})
