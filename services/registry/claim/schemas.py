"""Claims as JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

NIK = validate.Regexp(r"[0-9]{16}\Z")
TEXT = validate.Length(min=1, max=120)


class AddressRequest(Schema):
    nik = fields.String(required=True, validate=NIK, metadata={"example": "6311014107959001"})


class ClaimRequest(AddressRequest):
    certificate_number = fields.String(
        validate=TEXT, metadata={"description": "of a certificate of the worker", "example": "BNSP/2026/000001"}
    )
    worker_id = fields.String(
        validate=validate.Length(max=120),
        metadata={"description": "whose one-time code was said, empty: nobody's; instead of a certificate's number"},
    )

    @validates_schema
    def one_proof(self, said: dict[str, Any], **_: Any) -> None:
        if ("certificate_number" in said) == ("worker_id" in said):
            raise ValidationError("Say one proof: a certificate's number, or whose code it is.")


class ClaimView(Schema):
    worker_id = fields.String()
    guardian_needed = fields.Boolean(metadata={"description": "the worker is under 18"})


class AddressView(Schema):
    worker_id = fields.String(allow_none=True, metadata={"description": "null: nobody who can be written to"})
    email = fields.String(allow_none=True)
