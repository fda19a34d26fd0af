"""Programmes as JSON."""

from marshmallow import Schema, fields, validate

TEXT = validate.Length(min=1, max=120)
SEVERAL = validate.Length(max=50)


class TaughtSkillSchema(Schema):
    skill = fields.String(required=True, validate=validate.Length(min=1, max=80), metadata={"example": "smaw-welding"})
    level = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=5), metadata={"example": 3})


class ProgrammeRequest(Schema):
    name = fields.String(required=True, validate=TEXT, metadata={"example": "Las pipa 6G"})
    hours = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=1, max=10_000), metadata={"example": 240}
    )
    skills = fields.List(
        fields.Nested(TaughtSkillSchema), required=True, attribute="skills_taught", validate=validate.Length(1, 50)
    )
    aliases = fields.List(
        fields.String(validate=TEXT),
        load_default=list,
        validate=SEVERAL,
        metadata={"description": "other names by which spreadsheets call it"},
    )
    schemes = fields.List(
        fields.String(validate=TEXT),
        load_default=list,
        validate=SEVERAL,
        metadata={"description": "names of the schemes by which those who pass are certified"},
    )


class ProgrammeView(Schema):
    id = fields.String()
    name = fields.String()
    hours = fields.Integer()
    skills = fields.List(fields.Nested(TaughtSkillSchema))
    aliases = fields.List(fields.String())
    schemes = fields.List(fields.String())
