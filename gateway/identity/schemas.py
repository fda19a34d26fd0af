"""Accounts and sessions as JSON."""

from marshmallow import Schema, fields, validate

from gateway.identity.model import PASSWORD_AT_LEAST, PASSWORD_AT_MOST, ROLES

# No @: a login is no e-mail address, so that it says nothing of a person.
LOGIN = validate.Regexp(r"[A-Za-z0-9][A-Za-z0-9._-]{2,62}\Z", error="A login has 3 to 63 letters, digits, or . _ -")


class Credentials(Schema):
    login = fields.String(required=True, validate=validate.Length(max=200))
    password = fields.String(required=True, load_only=True, validate=validate.Length(max=PASSWORD_AT_MOST))


class RefreshRequest(Schema):
    refresh_token = fields.String(required=True, load_only=True, validate=validate.Length(max=200))


class PairView(Schema):
    access_token = fields.String(metadata={"description": "a JWT for Authorization: Bearer"})
    refresh_token = fields.String(metadata={"description": "opaque; good for one refresh within 30 days"})
    token_type = fields.String()
    expires_in = fields.Integer(metadata={"description": "seconds for which the access token is good"})
    role = fields.String(metadata={"enum": list(ROLES)})


class AccountRequest(Schema):
    login = fields.String(required=True, validate=LOGIN)
    password = fields.String(
        required=True, load_only=True, validate=validate.Length(min=PASSWORD_AT_LEAST, max=PASSWORD_AT_MOST)
    )
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    own = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, max=64),
        metadata={"description": "the id of the worker, employer or institution whose account it is"},
    )


class AccountView(Schema):
    id = fields.String()
    login = fields.String()
    role = fields.String(metadata={"enum": list(ROLES)})
    own = fields.String(allow_none=True)
    created_at = fields.AwareDateTime()
    disabled = fields.Boolean()
