"""Programmes as JSON."""

from marshmallow import Schema, fields, validate


class TaughtSkillSchema(Schema):
    skill = fields.String(required=True, validate=validate.Length(min=1, max=80))
    level = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=5))


class ProgrammeRequest(Schema):
    name = fields.String(required=True, validate=validate.Length(min=1, max=120))
    hours = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=10_000))
    skills = fields.List(
        fields.Nested(TaughtSkillSchema), required=True, attribute="skills_taught", validate=validate.Length(1, 50)
    )


class ProgrammeView(Schema):
    id = fields.String()
    name = fields.String()
    hours = fields.Integer()
    skills = fields.List(fields.Nested(TaughtSkillSchema))
