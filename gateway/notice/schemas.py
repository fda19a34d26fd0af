"""Notices as JSON."""

from marshmallow import Schema, fields

from gateway.notice.model import SENTENCES, Notice
from services.common.web.words import say


def _sentence(notice: Notice) -> str:
    return say(notice.sentence)


class NoticeView(Schema):
    id = fields.String()
    kind = fields.String(metadata={"enum": list(SENTENCES)})
    sentence = fields.Function(_sentence, metadata={"type": "string", "description": "in the reader's language"})
    params = fields.Dict(keys=fields.String(), values=fields.String(), metadata={"description": "ids and codes"})
    created_at = fields.AwareDateTime()
    read_at = fields.AwareDateTime(allow_none=True)
