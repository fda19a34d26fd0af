"""Workers as JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.common.web.lists import PageQuery
from services.reference import clock, education
from services.registry.worker.model import AVAILABILITIES, DOUBTS, KINDS, VISIBILITIES, needs_guardian

EDUCATIONS = [level.code for level in education.LEVELS]
LEVEL = validate.Range(min=1, max=5)
WAGE = validate.Range(min=1, max=1_000_000_000)
SEVERAL = validate.Length(max=50)
AN_ID = validate.Regexp(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


class HeldSkillSchema(Schema):
    skill = fields.String(required=True, validate=validate.Length(min=1, max=80), metadata={"example": "smaw-welding"})
    level = fields.Integer(required=True, strict=True, validate=LEVEL, metadata={"example": 2})


class WorkerRequest(Schema):
    """What is said of a worker when it is registered."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=120), metadata={"example": "Contoh"})
    nik = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"[0-9]{16}\Z"))
    birth_date = fields.Date(required=True, metadata={"example": "2000-05-17"})
    birthplace = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=80))
    sex = fields.String(
        required=True, validate=validate.OneOf(["L", "P"]), metadata={"description": "L man, P woman", "example": "P"}
    )
    village = fields.String(required=True, validate=validate.Length(max=40), metadata={"example": "63.11.06.1023"})
    address = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    phone = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"\+[1-9][0-9]{6,14}\Z"))
    email = fields.Email(load_default=None, allow_none=True, validate=validate.Length(max=120))
    education = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(EDUCATIONS), metadata={"example": "SMK"}
    )
    major = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=120))
    availability = fields.String(load_default="available", validate=validate.OneOf(AVAILABILITIES))
    available_from = fields.Date(load_default=None, allow_none=True)
    skills = fields.List(fields.Nested(HeldSkillSchema), load_default=list, validate=validate.Length(max=100))

    @validates_schema
    def each_skill_once(self, said: dict[str, Any], **_: Any) -> None:
        ids = [held["skill"] for held in said.get("skills", ())]
        if len(ids) != len(set(ids)):
            raise ValidationError("Each skill may stand here once.", "skills")


class WorkerChange(WorkerRequest):
    """Only the fields that change; none has a default."""

    def __init__(self, **options: Any) -> None:
        super().__init__(partial=tuple(self._declared_fields), **options)  # True would reach into what is nested


class RegistrationRequest(WorkerRequest):
    """What somebody says of themselves, and that they may."""

    guardian_consents = fields.Boolean(
        load_default=False, metadata={"description": "a parent or guardian consented; needed under 18"}
    )


class WishesRequest(Schema):
    """What work somebody wishes for."""

    kinds = fields.List(
        fields.String(validate=validate.OneOf(KINDS)),
        load_default=list,
        validate=SEVERAL,
        metadata={"description": "empty: any", "example": ["job"]},
    )
    min_wage_idr = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=WAGE,
        metadata={"description": "a month", "example": 3_500_000},
    )
    districts = fields.List(
        fields.String(validate=validate.Length(max=40)),
        load_default=list,
        validate=SEVERAL,
        metadata={"description": "codes of districts; empty: anywhere", "example": ["63.11.06"]},
    )


class VisibilityRequest(Schema):
    """How visible somebody is to employers, and from which they are hidden: the whole of it, so that none is lost."""

    visibility = fields.String(
        required=True,
        validate=validate.OneOf(VISIBILITIES),
        metadata={
            "description": "hidden: no employer finds them; pseudonymous: without a name; open: with their name",
            "example": "pseudonymous",
        },
    )
    hidden_from = fields.List(
        fields.String(validate=AN_ID),
        required=True,
        validate=SEVERAL,
        metadata={"description": "ids of employers", "example": ["01990000-0000-7000-8000-000000000004"]},
    )


class ConsentView(Schema):
    visibility = fields.String(metadata={"enum": list(VISIBILITIES)})
    by = fields.String(metadata={"description": "the account that said it"})
    role = fields.String()
    at = fields.AwareDateTime()


class WishesView(Schema):
    kinds = fields.List(fields.String())
    min_wage_idr = fields.Integer(allow_none=True)
    districts = fields.List(fields.String())


class RegistrationView(Schema):
    """The same whoever registered, and whatever else the registry knows of them."""

    id = fields.String(metadata={"description": "the worker's"})


class WorkerQuery(PageQuery):
    district = fields.String(load_default=None, validate=validate.Length(max=8))
    availability = fields.String(load_default=None, validate=validate.OneOf(AVAILABILITIES))
    doubt = fields.String(load_default=None, validate=validate.OneOf(DOUBTS))


class WorkerView(Schema):
    """A worker as the office and the person itself see it."""

    id = fields.String()
    name = fields.String()
    nik = fields.String(allow_none=True)
    doubts = fields.List(
        fields.String(),
        metadata={
            "description": "what does not add up, for an officer to decide; `nik_unproven`: nobody but the worker says "
            "the NIK, and the desk confirms it with the identity card"
        },
    )
    birth_date = fields.Date()
    birthplace = fields.String(allow_none=True)
    sex = fields.String()
    village = fields.String()
    district = fields.String()
    address = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    education = fields.String(allow_none=True, metadata={"description": "null: not known"})
    major = fields.String(allow_none=True)
    availability = fields.String()
    available_from = fields.Date(allow_none=True)
    skills = fields.List(fields.Nested(HeldSkillSchema))
    unread = fields.List(fields.String(), metadata={"description": "skills in words that nobody has assigned yet"})
    visibility = fields.String(metadata={"enum": list(VISIBILITIES)})
    hidden_from = fields.List(fields.String(), metadata={"description": "ids of employers"})
    wishes = fields.Nested(WishesView, allow_none=True, metadata={"description": "null: nothing was said of them"})
    consents = fields.List(
        fields.Nested(ConsentView), metadata={"description": "when the visibility changed, the newest last"}
    )
    created_at = fields.AwareDateTime()
    guardian_needed = fields.Function(
        lambda worker: needs_guardian(worker.birth_date, clock.today()),
        metadata={"type": "boolean", "description": "under 18: a parent or guardian consents to an account"},
    )
