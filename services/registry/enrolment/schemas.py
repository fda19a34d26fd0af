"""Enrolments as JSON."""

from marshmallow import Schema, fields, validate

from services.common.web.lists import PageQuery
from services.registry.enrolment.model import STATES

ID = validate.Length(min=1, max=40)
TEXT = validate.Length(min=1, max=120)
LAST_DAY = {"description": "the last day of it"}


class PolicySchema(Schema):
    provider = fields.String(load_default=None, allow_none=True, validate=TEXT)
    number = fields.String(load_default=None, allow_none=True, validate=TEXT)
    starts_on = fields.Date(load_default=None, allow_none=True)
    ends_on = fields.Date(load_default=None, allow_none=True, metadata=LAST_DAY)


class EnrolmentRequest(Schema):
    worker_id = fields.String(required=True, validate=ID, metadata={"example": "01990000-0000-7000-8000-000000000002"})
    batch_id = fields.String(required=True, validate=ID, metadata={"example": "01990000-0000-7000-8000-000000000003"})
    state = fields.String(load_default="applied", validate=validate.OneOf(STATES))
    starts_on = fields.Date(load_default=None, allow_none=True, metadata={"description": "null: as the batch"})
    ends_on = fields.Date(
        load_default=None, allow_none=True, metadata={"description": "the last day; null: the batch's"}
    )
    policy = fields.Nested(PolicySchema, load_default=None, allow_none=True)


class EnrolmentMove(Schema):
    state = fields.String(required=True, validate=validate.OneOf(STATES), metadata={"example": "accepted"})


class EnrolmentQuery(PageQuery):
    worker_id = fields.String(load_default=None, validate=ID)
    batch_id = fields.String(load_default=None, validate=ID)
    institution_id = fields.String(load_default=None, validate=ID)
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))


class EnrolmentView(Schema):
    id = fields.String()
    worker_id = fields.String()
    batch_id = fields.String()
    institution_id = fields.String()
    programme_id = fields.String()
    state = fields.String(metadata={"enum": list(STATES)})
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    policy = fields.Nested(PolicySchema, allow_none=True)
    certificate_id = fields.String(allow_none=True)
    intake_id = fields.String(allow_none=True)
    created_at = fields.AwareDateTime()
