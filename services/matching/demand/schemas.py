"""Demands as JSON."""

from marshmallow import Schema, fields


class NeedView(Schema):
    skill = fields.String()
    min_level = fields.Integer(metadata={"description": "1 to 5"})
    weight = fields.Integer(
        allow_none=True, metadata={"description": "against the other skills; null: as much as it is rare"}
    )
    must = fields.Boolean(metadata={"description": "nobody below min_level comes into question"})


class DemandView(Schema):
    """A vacancy as matching knows it."""

    id = fields.String()
    version = fields.Integer(metadata={"description": "the vacancy's, as the service of vacancies counts it"})
    employer_id = fields.String()
    employer_name = fields.String()
    title = fields.String()
    kind = fields.String(metadata={"enum": ["job", "internship"]})
    status = fields.String(metadata={"enum": ["published", "closed"]})
    positions = fields.Integer()
    district = fields.String(attribute="requirement.district")
    skills = fields.List(fields.Nested(NeedView), attribute="requirement.skills")
    certificates = fields.List(fields.String(), attribute="requirement.certificates")
    education = fields.String(attribute="requirement.education", allow_none=True)
    starts_on = fields.Date(attribute="requirement.starts_on")
    closes_on = fields.Date(metadata={"description": "the last day on which one may apply"})
