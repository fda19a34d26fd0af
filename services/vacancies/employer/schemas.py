"""Employers as JSON."""

from typing import Any

from marshmallow import Schema, fields, validate

from services.common.web.lists import PageQuery
from services.vacancies.employer.model import STATUSES

STATUS = validate.OneOf(STATUSES)
NIB = [validate.Length(equal=13), validate.Regexp(r"[0-9]+\Z", error="Only digits may stand here.")]
KBLI = [validate.Length(equal=5), validate.Regexp(r"[0-9]+\Z", error="Only digits may stand here.")]


class EmployerRequest(Schema):
    """What is said of an employer when it is registered."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=120), metadata={"example": "PT Contoh"})
    nib = fields.String(
        required=True,
        validate=NIB,
        metadata={"description": "Nomor Induk Berusaha, 13 digits", "example": "9120001234567"},
    )
    sector = fields.String(required=True, validate=KBLI, metadata={"description": "KBLI, 5 digits", "example": "05100"})
    village = fields.String(required=True, validate=validate.Length(max=40), metadata={"example": "63.11.06.1023"})


class EmployerChange(EmployerRequest):
    """Only the fields that change; the NIB is who it is, and stays."""

    class Meta:
        exclude = ("nib",)

    def __init__(self, **options: Any) -> None:
        super().__init__(partial=True, **options)


class EmployerQuery(PageQuery):
    status = fields.String(load_default=None, validate=STATUS)


class EmployerView(Schema):
    """An employer as the office and it itself see it."""

    id = fields.String()
    name = fields.String()
    nib = fields.String()
    sector = fields.String()
    village = fields.String()
    district = fields.String()
    status = fields.String(metadata={"enum": STATUSES})
    created_on = fields.Date()
