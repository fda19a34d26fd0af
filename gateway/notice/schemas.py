"""Notices as JSON."""

from marshmallow import Schema, fields, validate

from gateway.notice.model import GROUPS, KINDS, WAYS, Notice
from services.common.web.lists import PageQuery
from services.common.web.words import say


def _sentence(notice: Notice) -> str:
    return notice.sentence(say)


class NoticeQuery(PageQuery):
    unread = fields.Boolean(load_default=False, metadata={"description": "only those that you have not read"})


class NoticeView(Schema):
    id = fields.String()
    kind = fields.String(metadata={"enum": list(KINDS)})
    group = fields.String(metadata={"enum": list(GROUPS), "description": "what is e-mailed alike"})
    sentence = fields.Function(_sentence, metadata={"type": "string", "description": "in the reader's language"})
    link = fields.String(metadata={"description": "the address of what it is about"})
    params = fields.Dict(keys=fields.String(), values=fields.String(), metadata={"description": "ids, codes, counts"})
    created_at = fields.AwareDateTime()
    read_at = fields.AwareDateTime(allow_none=True, metadata={"description": "when you read it"})


class UnreadView(Schema):
    unread = fields.Integer(metadata={"description": "notices that you have not read"})


EmailRequest = Schema.from_dict(
    {
        group: fields.String(required=True, validate=validate.OneOf(WAYS), metadata={"example": WAYS[1]})
        for group in GROUPS
    },
    name="EmailRequest",
)
EmailView = Schema.from_dict(
    {group: fields.String(metadata={"enum": list(WAYS)}) for group in GROUPS}, name="EmailView"
)


class PreferencesRequest(Schema):
    """How you get notices by e-mail, at the address that you confirmed; your inbox always has them all."""

    email = fields.Nested(EmailRequest, required=True)


class PreferencesView(Schema):
    email = fields.Nested(EmailView)


class StopView(Schema):
    stopped = fields.Boolean(metadata={"description": "whether no notice goes out by e-mail"})
