"""Sessions as JSON."""

from marshmallow import Schema, fields, validate

from gateway.account.model import PASSWORD_AT_MOST, ROLES, UNENROLLED


class Credentials(Schema):
    login = fields.String(required=True, validate=validate.Length(max=200), metadata={"example": "petugas"})
    password = fields.String(
        required=True,
        load_only=True,
        validate=validate.Length(max=PASSWORD_AT_MOST),
        metadata={"example": "sungai balangan pagi"},
    )
    otp = fields.String(
        load_default=None,
        allow_none=True,
        load_only=True,
        validate=validate.Length(max=20),
        metadata={"description": "the code of the second factor, or a spare code, where the account has one"},
    )
    device = fields.String(
        load_default=None,
        allow_none=True,
        load_only=True,
        validate=validate.Length(max=100),
        metadata={"description": "what the last sign-in from this device gave: it has tries of its own"},
    )


class RefreshRequest(Schema):
    refresh_token = fields.String(
        required=True, load_only=True, validate=validate.Length(max=200), metadata={"example": "mZ0x…K7qw"}
    )


class PairView(Schema):
    access_token = fields.String(metadata={"description": "a JWT for Authorization: Bearer"})
    refresh_token = fields.String(metadata={"description": "opaque; good for one refresh within 30 days"})
    token_type = fields.String()
    expires_in = fields.Integer(metadata={"description": "seconds for which the access token is good"})
    role = fields.String(
        metadata={
            "enum": [*ROLES, UNENROLLED],
            "description": "unenrolled: an officer or administrator, until a second factor is set up",
        }
    )
    device = fields.String(allow_none=True, metadata={"description": "to be said at the next sign-in; opaque"})


class SessionView(Schema):
    id = fields.String()
    kind = fields.String(metadata={"enum": ["api", "portal"]})
    client = fields.String(metadata={"description": "what the browser or app said it is"})
    began_at = fields.AwareDateTime()
    seen_at = fields.AwareDateTime(metadata={"description": "of the API: when it was refreshed last"})
    ends_at = fields.AwareDateTime()
    is_current = fields.Boolean()
