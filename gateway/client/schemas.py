"""Clients as JSON."""

from typing import Any

from marshmallow import Schema, fields, validate

from services.common.web.lists import PageQuery
from services.reference.scopes import PARTIES, SCOPES

NAME = validate.Length(min=1, max=120)
OWN = validate.Length(min=1, max=64)
PARTY = validate.OneOf(PARTIES)


class ClientRequest(Schema):
    """What is said of a program when it is registered."""

    name = fields.String(required=True, validate=NAME, metadata={"example": "Sistem rekrutmen"})
    party = fields.String(required=True, validate=PARTY, metadata={"example": "employer"})
    own = fields.String(
        required=True,
        validate=OWN,
        metadata={
            "description": "the id of the employer or institution",
            "example": "01990000-0000-7000-8000-000000000004",
        },
    )
    scopes = fields.List(
        fields.String(validate=validate.OneOf(list(SCOPES))),
        required=True,
        validate=validate.Length(min=1, max=len(SCOPES)),
        metadata={"example": ["vacancies.read", "vacancies.write"]},
    )


class ClientChange(ClientRequest):
    """Only the fields that change; whose it is, it stays."""

    class Meta:
        exclude = ("party", "own")

    def __init__(self, **options: Any) -> None:
        super().__init__(partial=True, **options)


class ClientQuery(PageQuery):
    party = fields.String(load_default=None, validate=PARTY)
    own = fields.String(load_default=None, validate=OWN)


class SecretView(Schema):
    """One of a program's secrets; it says nothing of it."""

    id = fields.String()
    made_at = fields.AwareDateTime()


class ClientView(Schema):
    """A program as its partner and the office see it."""

    id = fields.String(metadata={"description": "the client_id"})
    name = fields.String()
    party = fields.String(metadata={"enum": list(PARTIES)})
    own = fields.String()
    scopes = fields.List(fields.String(metadata={"enum": list(SCOPES)}))
    secrets = fields.List(fields.Nested(SecretView))
    created_at = fields.AwareDateTime()
    valid_from = fields.AwareDateTime(metadata={"description": "tokens that were given before are over"})
    ended_at = fields.AwareDateTime(allow_none=True)


class ClientShownView(ClientView):
    """A program with its new secret."""

    secret = fields.String(
        allow_none=True, metadata={"description": "the client_secret, shown this once; null where it was shown before"}
    )
