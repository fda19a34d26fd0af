"""Claims as JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from gateway.account.schemas import TEXT
from gateway.registration.schemas import EntryRequest

NIK = validate.Regexp(r"[0-9]{16}\Z")


class ProofRequest(Schema):
    """What only the person knows: the number of a certificate, or a one-time code of the desk or of a letter."""

    certificate_number = fields.String(validate=TEXT)
    code = fields.String(validate=TEXT, metadata={"example": "K7QM-2F9X-RSTU-VWXY-Z234"})

    @validates_schema
    def one_of_them(self, said: dict[str, Any], **_: Any) -> None:
        if len(said) != 1:
            raise ValidationError("Say one proof: the number of a certificate, or a code.")


class WishRequest(Schema):
    nik = fields.String(required=True, load_only=True, validate=NIK, metadata={"example": "6311014107959001"})


class ClaimRequest(EntryRequest, WishRequest):
    proof = fields.Nested(ProofRequest, required=True, metadata={"example": {"code": "K7QM-2F9X-RSTU-VWXY-Z234"}})


class WishView(Schema):
    """The same for every NIK."""

    said = fields.String()


class DeskCodeView(Schema):
    code = fields.String(metadata={"description": "shown once: hand it to the person, it is kept nowhere"})
    expires_at = fields.AwareDateTime()
