"""Registrations as JSON."""

import json
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from gateway.account.model import LANGUAGES
from gateway.account.schemas import LOGIN, NEW_PASSWORD, GuardianRequest

LONGEST, BRACKETS_AT_MOST = 100_000, 250  # characters; a person has 100 skills at most


class EntryRequest(Schema):
    """How somebody will sign in."""

    login = fields.String(required=True, validate=LOGIN, metadata={"example": "siti.contoh"})
    password = fields.String(
        required=True, load_only=True, validate=NEW_PASSWORD, metadata={"example": "sungai balangan pagi"}
    )
    language = fields.String(load_default=LANGUAGES[0], validate=validate.OneOf(LANGUAGES))
    guardian = fields.Nested(GuardianRequest, load_default=None, allow_none=True)


class RegistrationRequest(EntryRequest):
    email = fields.Email(load_default=None, allow_none=True, validate=validate.Length(max=120))
    person = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={
            "description": "the worker, as the registry's POST /v1/registrations takes it",
            "example": {
                "name": "Siti Contoh",
                "birth_date": "1995-07-01",
                "sex": "P",
                "village": "63.11.06.1023",
                "education": "SMK",
                "skills": [{"skill": "smaw-welding", "level": 3}],
            },
        },
    )

    @validates_schema
    def no_maze(self, said: dict[str, Any], **_: Any) -> None:
        try:
            text = json.dumps(said["person"])
        except RecursionError:
            text = "{" * BRACKETS_AT_MOST * 2
        if len(text) > LONGEST or text.count("[") + text.count("{") > BRACKETS_AT_MOST:
            raise ValidationError("This is more than can be said of a person.", "person")


class EntryView(Schema):
    """The account that one can sign in to now."""

    id = fields.String()
    login = fields.String()
    role = fields.String(metadata={"enum": ["worker"]})
    own = fields.String(metadata={"description": "the worker's id in the registry"})
