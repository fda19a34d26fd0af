"""Intakes as JSON, and as the form that brings a file."""

import json
from typing import Any

from flask_smorest.fields import Upload
from marshmallow import Schema, ValidationError, fields, validate

from services.common.web.lists import PageQuery
from services.common.web.words import say
from services.registry.intake.model import STATES, Intake
from services.registry.reading.cells import FIELDS
from services.registry.reading.sheets import Unreadable

HEADINGS_AT_MOST = 200


class Columns(fields.Field[Any]):
    """Field by heading, as JSON text in a form."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002 (inherited)
        try:
            said = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise ValidationError("Not a JSON object of headings and fields.") from error
        return ColumnsRequest().load({"columns": said})["columns"]


class ColumnsRequest(Schema):
    columns = fields.Dict(
        keys=fields.String(validate=validate.Length(min=1, max=200)),
        values=fields.String(allow_none=True, validate=validate.Length(max=40)),
        required=True,
        validate=validate.Length(max=HEADINGS_AT_MOST),
        metadata={
            "description": f"field by heading; null: it is not kept. Fields: {', '.join(FIELDS)}",
            "example": {"Nama Peserta": "name", "Keterangan": None},
        },
    )


class IntakeForm(Schema):
    file = Upload(required=True, metadata={"description": "XLSX, XLS, ODS or CSV, 50 MB at most"})
    institution_id = fields.String(required=True, validate=validate.Length(max=40))
    as_of = fields.Date(load_default=None, metadata={"description": "the day of which the file tells; today"})
    columns = Columns(
        load_default=dict,
        metadata={"type": "string", "description": "JSON: field by heading, where it was taken wrong"},
    )


class IntakeQuery(PageQuery):
    institution_id = fields.String(load_default=None, validate=validate.Length(max=40))


class ColumnView(Schema):
    sheet = fields.String(allow_none=True)
    heading = fields.String()
    field = fields.String(allow_none=True, metadata={"description": "null: its cells are not kept"})


def counts(description: str) -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.Integer(), metadata={"description": description})


class IntakeView(Schema):
    id = fields.String()
    institution_id = fields.String()
    file_name = fields.String()
    size = fields.Integer(metadata={"description": "bytes"})
    state = fields.String(validate=validate.OneOf(STATES))
    problem = fields.String(allow_none=True, metadata={"description": "why it cannot be read, as a code"})
    advice = fields.Method("advise", metadata={"type": ["string", "null"], "description": "what to do about it"})
    job = fields.String(metadata={"description": "see /v1/jobs/{id} for how far it is"})
    as_of = fields.Date()
    total = fields.Integer(allow_none=True, metadata={"description": "lines; null: not counted yet"})
    outcomes = counts("lines by accept, warn, review, reject")
    codes = counts("lines by code")
    people = counts("new, joined, corrected, unchanged; once undone: removed, restored, kept")
    decisions = counts("lines that an officer decided or dismissed")
    columns = fields.List(fields.Nested(ColumnView))
    created_at = fields.AwareDateTime()

    def advise(self, intake: Intake) -> str | None:
        """Return the sentence of the problem, in the language that was asked for."""
        return say(Unreadable.named(intake.problem).sentence()) if intake.problem else None
