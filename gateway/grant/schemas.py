"""What is said in asking for a token (a form), and in answer."""

from marshmallow import Schema, fields

from gateway.grant.model import GRANT, LIVES

ERRORS = ["invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type", "insecure_transport"]


class TokenForm(Schema):
    """How a token is asked for: RFC 6749, section 4.4.2."""

    grant_type = fields.String(required=True, metadata={"enum": [GRANT]})
    scope = fields.String(metadata={"description": "blank-separated; all that the program may have, if left out"})
    client_id = fields.String(metadata={"description": "with client_secret, unless both stand in Authorization: Basic"})
    client_secret = fields.String(metadata={"format": "password"})


class TokenView(Schema):
    access_token = fields.String(metadata={"description": "a JWT for Authorization: Bearer"})
    token_type = fields.String(metadata={"enum": ["Bearer"]})
    expires_in = fields.Integer(metadata={"description": "seconds", "example": int(LIVES.total_seconds())})
    scope = fields.String(metadata={"description": "what the token opens, blank-separated"})


class TokenRefusedView(Schema):
    """Why there is no token: RFC 6749, section 5.2."""

    error = fields.String(metadata={"enum": ERRORS})
    error_description = fields.String()
