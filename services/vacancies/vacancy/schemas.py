"""Vacancies as JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from services.common.web.lists import PageQuery
from services.common.web.words import say
from services.reference import education, regions
from services.vacancies.vacancy.model import KINDS, STATUSES, RequiredSkill

EDUCATIONS = [level.code for level in education.LEVELS]
SKILL = validate.Length(min=1, max=80)
WAGE = validate.Range(min=1, max=1_000_000_000)


def a_district(code: str) -> None:
    """Refuse a code that no district has; a list of nothing would look like no vacancies there."""
    try:
        regions.district(code)
    except regions.RegionUnknown as error:
        raise ValidationError("No district has this code.") from error


class RequiredSkillSchema(Schema):
    skill = fields.String(required=True, validate=SKILL, metadata={"example": "smaw-welding"})
    min_level = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=1, max=5), metadata={"example": 3}
    )
    weight = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(min=0, max=100),
        metadata={"example": 100, "description": "against the other skills; null: as much as it is rare"},
    )
    must = fields.Boolean(required=True, truthy={True}, falsy={False}, metadata={"example": True})

    @post_load
    def make(self, said: dict[str, Any], **_: Any) -> RequiredSkill:
        return RequiredSkill(**said)


class VacancyRequest(Schema):
    """What is said of a vacancy when it is written."""

    employer_id = fields.String(
        required=True,
        validate=validate.Length(max=40),
        metadata={"example": "01990000-0000-7000-8000-000000000004"},
    )
    title = fields.String(required=True, validate=validate.Length(min=1, max=120), metadata={"example": "Juru las"})
    kind = fields.String(required=True, validate=validate.OneOf(KINDS), metadata={"example": "job"})
    description = fields.String(
        required=True, validate=validate.Length(min=1, max=10_000), metadata={"example": "Mengelas pipa di bengkel."}
    )
    positions = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=1, max=10_000), metadata={"example": 2}
    )
    village = fields.String(required=True, validate=validate.Length(max=40), metadata={"example": "63.11.06.1023"})
    wage_min_idr = fields.Integer(load_default=None, allow_none=True, strict=True, validate=WAGE)
    wage_max_idr = fields.Integer(load_default=None, allow_none=True, strict=True, validate=WAGE)
    education = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(EDUCATIONS))
    skills = fields.List(fields.Nested(RequiredSkillSchema), required=True, validate=validate.Length(min=1, max=50))
    certificates = fields.List(fields.String(validate=SKILL), load_default=list, validate=validate.Length(max=20))
    starts_on = fields.Date(required=True, metadata={"example": "2099-03-01"})
    closes_on = fields.Date(
        required=True, metadata={"description": "the last day on which one may apply", "example": "2099-02-15"}
    )


class VacancyChange(VacancyRequest):
    """Only the fields that change; a list is replaced as a whole."""

    class Meta:
        exclude = ("employer_id",)

    def __init__(self, **options: Any) -> None:
        # By name: `True` would also let a skill come without its level.
        super().__init__(partial=tuple(self._declared_fields), **options)


class VacancyQuery(PageQuery):
    employer_id = fields.String(load_default=None, validate=validate.Length(max=40))
    status = fields.String(load_default=None, validate=validate.OneOf(STATUSES))
    district = fields.String(load_default=None, validate=a_district, metadata={"example": "63.11.06"})
    kind = fields.String(load_default=None, validate=validate.OneOf(KINDS))


class CautionView(Schema):
    code = fields.String()
    sentence = fields.Function(lambda caution: say(caution.sentence), metadata={"type": "string"})


class VacancyView(Schema):
    id = fields.String()
    employer_id = fields.String(attribute="employer.id")
    employer_name = fields.String(attribute="employer.name")
    title = fields.String()
    kind = fields.String()
    description = fields.String()
    positions = fields.Integer()
    village = fields.String()
    district = fields.String()
    wage_min_idr = fields.Integer(allow_none=True)
    wage_max_idr = fields.Integer(allow_none=True)
    education = fields.String(allow_none=True)
    skills = fields.List(fields.Nested(RequiredSkillSchema))
    certificates = fields.List(fields.String())
    starts_on = fields.Date()
    closes_on = fields.Date()
    status = fields.String(metadata={"enum": STATUSES})
    created_on = fields.Date()
    published_on = fields.Date(allow_none=True)
    closed_on = fields.Date(allow_none=True)
    warnings = fields.List(fields.Nested(CautionView), metadata={"description": "allowed, and worth a second look"})
