"""Teams and invitations as JSON."""

from marshmallow import Schema, fields, validate

from gateway.account.model import LANGUAGES, MANAGER, MEMBER, TEAM, VIEWER
from gateway.account.schemas import LOGIN, NEW_PASSWORD

CODE = validate.Length(min=1, max=100)
TEAM_MEANS = {
    "description": f"{MANAGER}: also changes the team; {MEMBER}: does all else; {VIEWER}: looks on",
    "enum": list(TEAM),
}


class MemberView(Schema):
    id = fields.String(metadata={"description": "the account"})
    login = fields.String()
    team = fields.String(allow_none=True, metadata=TEAM_MEANS)
    since = fields.AwareDateTime()
    disabled = fields.Boolean()


class PlaceRequest(Schema):
    team = fields.String(required=True, validate=validate.OneOf(TEAM), metadata={"example": MEMBER})


class InvitationRequest(Schema):
    team = fields.String(required=True, validate=validate.OneOf(TEAM), metadata={"example": MEMBER})
    email = fields.Email(load_default=None, allow_none=True, validate=validate.Length(max=254))
    language = fields.String(load_default=LANGUAGES[0], validate=validate.OneOf(LANGUAGES))


class InvitationView(Schema):
    id = fields.String()
    team = fields.String(metadata=TEAM_MEANS)
    email = fields.String(allow_none=True)
    language = fields.String()
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()


class InvitationMadeView(InvitationView):
    code = fields.String(allow_none=True, metadata={"description": "shown this once; null if the request came before"})


class AcceptanceRequest(Schema):
    code = fields.String(required=True, load_only=True, validate=CODE, metadata={"example": "K7QM-2F9X-RSTU-VWXY"})
    login = fields.String(required=True, validate=LOGIN, metadata={"example": "hr.contoh"})
    password = fields.String(
        required=True, load_only=True, validate=NEW_PASSWORD, metadata={"example": "sungai balangan pagi"}
    )
    language = fields.String(load_default=LANGUAGES[0], validate=validate.OneOf(LANGUAGES))
    email = fields.Email(load_default=None, allow_none=True, validate=validate.Length(max=254))


class JoiningRequest(Schema):
    code = fields.String(required=True, load_only=True, validate=CODE, metadata={"example": "K7QM-2F9X-RSTU-VWXY"})
