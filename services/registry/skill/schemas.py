"""Skills as JSON."""

from marshmallow import Schema, fields, validate

from services.common.web.lists import PageQuery


class SkillQuery(PageQuery):
    q = fields.String(load_default=None, validate=validate.Length(max=100), metadata={"description": "words of it"})


class SkillView(Schema):
    id = fields.String()
    label_id = fields.String(metadata={"description": "Indonesian"})
    label_en = fields.String(metadata={"description": "English"})
    group = fields.String()
    synonyms = fields.List(fields.String())
