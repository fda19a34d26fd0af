"""Releases as JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.common.web import words
from services.registry.enrolment.model import STATES
from services.registry.release.model import AT_ONCE, REASONS

IDS = fields.String(validate=validate.Length(min=1, max=40))


class ReleaseRequest(Schema):
    """What moves: the enrolments that are named, or those of batches."""

    enrolments = fields.List(
        IDS, load_default=list, attribute="enrolment_ids", validate=validate.Length(min=1, max=AT_ONCE)
    )
    batch_ids = fields.List(
        IDS,
        load_default=list,
        validate=validate.Length(min=1, max=200),
        metadata={
            "description": "all enrolments of them that have not ended",
            "example": ["01990000-0000-7000-8000-000000000003"],
        },
    )
    to = fields.String(required=True, validate=validate.OneOf(STATES[1:]), metadata={"example": "accepted"})

    @validates_schema
    def one_of_two(self, said: dict[str, Any], **_: Any) -> None:
        if bool(said.get("enrolment_ids")) == bool(said.get("batch_ids")):
            raise ValidationError("Name either enrolments or batches.", "enrolments")


class LeftView(Schema):
    enrolment = fields.String()
    code = fields.String(metadata={"enum": list(REASONS)})
    reason = fields.Function(lambda left: words.say(REASONS[left.code]), metadata={"type": "string"})


class ReleaseShortView(Schema):
    """A release as lists show it."""

    id = fields.String()
    to = fields.String(metadata={"enum": list(STATES[1:])})
    job = fields.String(metadata={"description": "see /v1/jobs/{id} for how far it is"})
    undo_job = fields.String(allow_none=True, metadata={"description": "the job that undoes it"})
    total = fields.Integer()
    moved = fields.Integer()
    refused = fields.Integer(metadata={"description": "could not be moved"})
    undone = fields.Integer(metadata={"description": "put back as they were before"})
    kept = fields.Integer(metadata={"description": "could not be put back"})
    created_at = fields.AwareDateTime()


class ReleaseView(ReleaseShortView):
    left = fields.List(
        fields.Nested(LeftView), metadata={"description": "what could not be moved, then what could not be put back"}
    )
