"""Lines of intakes as JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.common.web.lists import PageQuery
from services.common.web.words import say
from services.registry.line.model import ACTS, LATER, STATES, IntakeLine
from services.registry.reading.cells import FIELDS
from services.registry.reading.codes import CODES, OUTCOMES

STATE = validate.OneOf([*dict.fromkeys(STATES.values()), *LATER])
CELL_AT_MOST = 1_000


class LineQuery(PageQuery):
    state = fields.String(load_default=None, validate=STATE)
    outcome = fields.String(load_default=None, validate=validate.OneOf(OUTCOMES))
    code = fields.String(load_default=None, validate=validate.OneOf([*CODES]))


class LineDecisionRequest(Schema):
    act = fields.String(
        required=True,
        validate=validate.OneOf(ACTS),
        metadata={
            "description": "accept: as it is, with corrections; join: to worker_id; dismiss: nobody is to be taken",
            "example": "dismiss",
        },
    )
    worker_id = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    corrections = fields.Dict(
        keys=fields.String(validate=validate.OneOf(FIELDS)),
        values=fields.String(allow_none=True, validate=validate.Length(max=CELL_AT_MOST)),
        load_default=dict,
        metadata={"description": "what the cell of a field should have held"},
    )

    @validates_schema
    def joins_somebody(self, said: dict[str, Any], **_: Any) -> None:
        if said["act"] == "join" and said["worker_id"] is None:
            raise ValidationError("Missing data for required field.", "worker_id")


class ReasonView(Schema):
    code = fields.String()
    outcome = fields.String()
    sentence = fields.String(
        metadata={"description": "what is wrong and what to do, in the language that was asked for"}
    )


class CandidateView(Schema):
    worker_id = fields.String(allow_none=True)
    line = fields.String(allow_none=True)
    score = fields.Float(metadata={"description": "likeness, 0 to 1"})


class SkillView(Schema):
    text = fields.String()
    skill = fields.String(allow_none=True, metadata={"description": "null: it waits for somebody to say what it means"})


class LineView(Schema):
    id = fields.String()
    intake = fields.String()
    number = fields.Integer(metadata={"description": "from 1, over all sheets"})
    sheet = fields.String(allow_none=True)
    row = fields.Integer(metadata={"description": "as a spreadsheet program counts; in CSV the record"})
    first_line = fields.Integer(allow_none=True, metadata={"description": "of a CSV file"})
    outcome = fields.String()
    codes = fields.List(fields.String())
    reasons = fields.Method("reasons_of", metadata={"type": "array", "items": {"type": "object"}})
    state = fields.String()
    worker_id = fields.String(allow_none=True)
    candidates = fields.List(fields.Nested(CandidateView))
    skills = fields.Method("skills_of", metadata={"type": "array", "items": {"type": "object"}})
    fields_ = fields.Dict(
        attribute="fields", data_key="fields", metadata={"description": "cell by field; of lines that are not taken"}
    )
    replaced_by = fields.String(allow_none=True)

    def reasons_of(self, line: IntakeLine) -> list[dict[str, Any]]:
        """Return each code with its outcome and its sentence."""
        return [
            {"code": code, "outcome": CODES[code].outcome, "sentence": say(CODES[code].sentence)} for code in line.codes
        ]

    def skills_of(self, line: IntakeLine) -> list[dict[str, Any]]:
        """Return each text with the skill it was taken for."""
        return [{"text": text, "skill": skill} for text, skill in line.skills]
