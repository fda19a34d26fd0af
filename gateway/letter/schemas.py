"""Letters as JSON: how it went with them, never what they say or to whom."""

from marshmallow import Schema, fields, validate

from gateway.letter.model import STATES
from services.common.web.lists import PageQuery


class SendingQuery(PageQuery):
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))


class SendingView(Schema):
    id = fields.String(metadata={"description": "its Message-ID begins with it"})
    channel = fields.String()
    state = fields.String(metadata={"enum": list(STATES)})
    attempts = fields.Integer()
    reason = fields.String(allow_none=True, metadata={"description": "the error of the last attempt that failed"})
    created_at = fields.AwareDateTime()
    settled_at = fields.AwareDateTime(allow_none=True)
