"""Searches as JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from services.matching.engine.parties import Kind, SkillNeed
from services.matching.match.schemas import PeopleView
from services.matching.search.model import SKILLS_AT_MOST, Search
from services.reference import clock, education, regions

SKILL = validate.Length(min=1, max=80)


class NeedSchema(Schema):
    skill = fields.String(required=True, validate=SKILL, metadata={"example": "smaw-welding"})
    min_level = fields.Integer(load_default=1, strict=True, validate=validate.Range(min=1, max=5))
    weight = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(min=0, max=100),
        metadata={"description": "against the other skills; null: as much as it is rare"},
    )
    must = fields.Boolean(load_default=True, truthy={True}, falsy={False})

    @post_load
    def make(self, said: dict[str, Any], **_: Any) -> SkillNeed:
        return SkillNeed(**said)


def _is_district(code: str) -> None:
    try:
        regions.district(code)
    except regions.RegionUnknown as error:
        raise ValidationError("No district has this code.") from error


class SearchRequest(Schema):
    """What somebody looks for in people."""

    employer_id = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=40),
        metadata={"description": "for whom, an employer's own; people may hide from it", "example": "an employer's id"},
    )
    text = fields.String(
        load_default="",
        validate=validate.Length(max=200),
        metadata={"description": "skills in words, Indonesian or English", "example": "las listrik, K3"},
    )
    skills = fields.List(fields.Nested(NeedSchema), load_default=list, validate=validate.Length(max=SKILLS_AT_MOST))
    certificates = fields.List(
        fields.String(validate=SKILL), load_default=list, validate=validate.Length(max=SKILLS_AT_MOST)
    )
    education = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([level.code for level in education.LEVELS])
    )
    district = fields.String(required=True, validate=_is_district, metadata={"example": "63.11.06"})
    starts_on = fields.Date(load_default=clock.today, metadata={"description": "when they would start; today if null"})
    kind = fields.Enum(Kind, by_value=True, load_default=None, allow_none=True)
    wage_idr = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(min=0, max=1_000_000_000)
    )

    @post_load
    def make(self, said: dict[str, Any], **_: Any) -> Search:
        return Search(**said | {name: tuple(said[name]) for name in ("skills", "certificates")})


class ReadView(Schema):
    """A piece of the text, and the skill that it names; null where that is not sure."""

    text = fields.String()
    skill = fields.String(allow_none=True)
    label = fields.String(allow_none=True)


class FoundView(PeopleView):
    read = fields.List(fields.Nested(ReadView))
