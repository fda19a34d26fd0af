"""Batches as JSON."""

from marshmallow import Schema, fields, validate

from services.common.web.lists import PageQuery

ID = validate.Length(min=1, max=40)
LAST_DAY = {"description": "the last day of it"}


class BatchChange(Schema):
    """Only what changes."""

    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True, metadata=LAST_DAY)
    capacity = fields.Integer(
        strict=True, allow_none=True, validate=validate.Range(min=1, max=10_000), metadata={"example": 16}
    )


class BatchRequest(Schema):
    institution_id = fields.String(
        required=True, validate=ID, metadata={"example": "01990000-0000-7000-8000-000000000001"}
    )
    programme_id = fields.String(
        required=True, validate=validate.Length(min=1, max=80), metadata={"example": "las-smaw-3g"}
    )
    name = fields.String(
        required=True, validate=validate.Length(min=1, max=120), metadata={"example": "Angkatan II/2026"}
    )
    starts_on = fields.Date(load_default=None, allow_none=True)
    ends_on = fields.Date(load_default=None, allow_none=True, metadata=LAST_DAY)
    capacity = fields.Integer(
        load_default=None, strict=True, allow_none=True, validate=validate.Range(min=1, max=10_000)
    )


class BatchQuery(PageQuery):
    institution_id = fields.String(load_default=None, validate=ID)
    programme_id = fields.String(load_default=None, validate=validate.Length(min=1, max=80))


class BatchView(Schema):
    id = fields.String()
    institution_id = fields.String()
    programme_id = fields.String()
    name = fields.String()
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    capacity = fields.Integer(allow_none=True)
