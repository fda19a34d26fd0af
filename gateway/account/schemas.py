"""Accounts as JSON."""

from marshmallow import Schema, fields, validate

from gateway.account.model import LANGUAGES, PASSWORD_AT_LEAST, PASSWORD_AT_MOST, ROLES, TEAM
from services.common.web.lists import PageQuery

# No @: a login is no e-mail address, so that it says nothing of a person.
LOGIN = validate.Regexp(
    r"(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._-]{2,62}\Z",
    error="A login has 3 to 63 letters, digits, or . _ - and a letter among them.",
)
NEW_PASSWORD = validate.Length(min=PASSWORD_AT_LEAST, max=PASSWORD_AT_MOST)
ANY_PASSWORD = validate.Length(max=PASSWORD_AT_MOST)
EXAMPLE = "sungai balangan pagi"
TEXT = validate.Length(min=1, max=120)
OTP = validate.Length(min=6, max=20)


class GuardianRequest(Schema):
    """Who answers for somebody of 15 to 17."""

    name = fields.String(required=True, validate=TEXT, metadata={"example": "Aminah Contoh"})
    relation = fields.String(required=True, validate=TEXT, metadata={"description": "to the person", "example": "ibu"})
    consents = fields.Boolean(required=True, validate=validate.OneOf([True], error="The guardian must consent."))


class AccountRequest(Schema):
    login = fields.String(required=True, validate=LOGIN, metadata={"example": "siti.contoh"})
    password = fields.String(
        load_default=None,
        allow_none=True,
        load_only=True,
        validate=NEW_PASSWORD,
        metadata={
            "description": "without one, a code of the desk lets somebody set it",
            "example": "sungai balangan pagi",
        },
    )
    role = fields.String(required=True, validate=validate.OneOf(ROLES), metadata={"example": "worker"})
    own = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, max=64),
        metadata={
            "description": "the id of the worker, employer or institution whose account it is",
            "example": "01980000-0000-7000-8000-000000000000",
        },
    )
    team = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(TEAM),
        metadata={"description": "what it may do there, for an employer or institution"},
    )
    language = fields.String(load_default="id", validate=validate.OneOf(LANGUAGES))
    guardian = fields.Nested(
        GuardianRequest,
        load_default=None,
        allow_none=True,
        metadata={"description": "of a worker whom the registry shows as guardian_needed"},
    )


class AccountQuery(PageQuery):
    login = fields.String(load_default=None, validate=validate.Length(max=63))
    own = fields.String(load_default=None, validate=validate.Length(max=64))


class AccountView(Schema):
    id = fields.String()
    login = fields.String()
    role = fields.String(metadata={"enum": list(ROLES)})
    own = fields.String(allow_none=True)
    team = fields.String(allow_none=True, metadata={"enum": [*TEAM, None]})
    language = fields.String(metadata={"enum": list(LANGUAGES)})
    email = fields.String(allow_none=True)
    email_confirmed = fields.Boolean()
    has_totp = fields.Boolean(metadata={"description": "whether a second factor is set up"})
    created_at = fields.AwareDateTime()
    disabled = fields.Boolean()


class LanguageRequest(Schema):
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES), metadata={"example": "en"})


class PasswordRequest(Schema):
    old = fields.String(required=True, load_only=True, validate=ANY_PASSWORD, metadata={"example": EXAMPLE})
    new = fields.String(required=True, load_only=True, validate=NEW_PASSWORD, metadata={"example": f"{EXAMPLE} 2"})


class TotpView(Schema):
    secret = fields.String(metadata={"description": "base32, for an app that cannot read the code"})
    uri = fields.String(metadata={"description": "otpauth://…, as a QR code for an authenticator app"})


class TotpConfirmation(Schema):
    code = fields.String(required=True, load_only=True, validate=OTP, metadata={"example": "123456"})


class SparesView(Schema):
    spares = fields.List(fields.String(), metadata={"description": "each good once, if the phone is lost; shown once"})


class TotpRemoval(Schema):
    password = fields.String(required=True, load_only=True, validate=ANY_PASSWORD, metadata={"example": EXAMPLE})
