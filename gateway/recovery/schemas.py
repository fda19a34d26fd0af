"""Recoveries as JSON."""

from marshmallow import Schema, fields, validate

from gateway.account.schemas import ANY_PASSWORD, NEW_PASSWORD

CODE = validate.Length(min=1, max=100)
LOGIN = validate.Length(min=1, max=200)


class RecoveryRequest(Schema):
    login = fields.String(required=True, validate=LOGIN, metadata={"example": "siti.contoh"})


class NewPassword(Schema):
    login = fields.String(required=True, validate=LOGIN, metadata={"example": "siti.contoh"})
    code = fields.String(required=True, load_only=True, validate=CODE, metadata={"example": "K7QM-2F9X-RSTU"})
    password = fields.String(
        required=True, load_only=True, validate=NEW_PASSWORD, metadata={"example": "sungai balangan sore"}
    )


class DeviceView(Schema):
    device = fields.String(
        metadata={"description": "to be said at the next sign-in, which then has tries of its own; opaque"}
    )


class ActivationRequest(Schema):
    without_totp = fields.Boolean(
        load_default=False,
        metadata={
            "description": "whether its use also removes the second factor: for somebody who lost the phone",
            "example": False,
        },
    )


class ActivationView(Schema):
    login = fields.String()
    code = fields.String(metadata={"description": "shown this once"})
    expires_at = fields.AwareDateTime()
    without_totp = fields.Boolean()


class AddressRequest(Schema):
    email = fields.Email(required=True, validate=validate.Length(max=254), metadata={"example": "siti@contoh.id"})
    password = fields.String(
        required=True, load_only=True, validate=ANY_PASSWORD, metadata={"example": "sungai balangan pagi"}
    )


class AddressConfirmation(Schema):
    code = fields.String(required=True, load_only=True, validate=CODE, metadata={"example": "K7QM-2F9X-RSTU"})
