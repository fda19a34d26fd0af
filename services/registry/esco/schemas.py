"""ESCO's skills as JSON."""

from marshmallow import Schema, fields


class EscoSkillView(Schema):
    id = fields.String()
    label = fields.String(metadata={"description": "English"})
    type = fields.String(allow_none=True)
    reuse = fields.String(allow_none=True)
    alternatives = fields.List(fields.String())
    broader = fields.List(fields.String(), metadata={"description": "ids of ESCO's skills and groups"})
    skills = fields.List(fields.String(), metadata={"description": "the same among ours, see /v1/skills/{id}"})
    retired = fields.Boolean(metadata={"description": "not in the file that was imported last"})
