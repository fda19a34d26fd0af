"""Tokens of partners' programs over HTTP: OAuth 2 client credentials, as Authlib reads RFC 6749."""

import logging
from collections.abc import Mapping
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientCredentialsGrant, ClientMixin, OAuth2Error, OAuth2Request
from authlib.oauth2.rfc6749.errors import InvalidClientError, InvalidRequestError
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from flask import Blueprint as Pages
from flask import Response, jsonify, request

from gateway import keys
from gateway.client import store
from gateway.client.model import NOBODYS, Client, Secret
from gateway.database import database
from gateway.grant import model
from gateway.grant.model import GRANT, LIVES, METHODS
from gateway.grant.schemas import TokenForm, TokenRefusedView, TokenView
from services.common import settings
from services.common.access import allow
from services.common.tokens import PUBLIC
from services.common.web import limits, uploads
from services.common.web.blueprint import Blueprint
from services.common.web.words import say
from services.reference import clock
from services.reference.scopes import SCOPES

AT = "/api/identity/v1/oauth"
FORM = "application/x-www-form-urlencoded"
FORM_AT_MOST = 8 * 1024

oauth = Blueprint("oauth", __name__, url_prefix=AT)
discovery = Pages("discovery", __name__, url_prefix="/.well-known")


@oauth.post("/token")
@oauth.doc(requestBody={"required": True, "content": {FORM: {"schema": TokenForm}}})
@allow(PUBLIC, bearer=False)
@limits.at_most("600/minute", per=limits.ADDRESS)  # a company's programs may share one
@uploads.body_at_most(FORM_AT_MOST)
@oauth.alt_response(401, schema=TokenRefusedView, description="invalid_client")
@oauth.alt_response(400, schema=TokenRefusedView, description="what is wrong with the form")
@oauth.response(200, TokenView)
def give_token() -> Response:
    """Give a program a token of five minutes, for its client_id and client_secret.

    Both stand in `Authorization: Basic`, or in the form. The services take the token directly.
    """
    answer: Response = SERVER.create_token_response()
    return answer


@discovery.get("/oauth-authorization-server")
@allow(PUBLIC)
def show_metadata() -> Response:
    """Show where tokens are given, and how (RFC 8414)."""
    metadata = {
        "issuer": settings.PUBLIC_URL,
        "token_endpoint": f"{settings.PUBLIC_URL}{AT}/token",
        "jwks_uri": f"{settings.PUBLIC_URL}/.well-known/jwks.json",
        "scopes_supported": list(SCOPES),
        "response_types_supported": [],  # required, and none: nobody is asked to authorize anything
        "grant_types_supported": [GRANT],
        "token_endpoint_auth_methods_supported": METHODS,
    }
    answer = jsonify(metadata)
    answer.cache_control.public, answer.cache_control.max_age = True, 300
    return answer


class Asker(ClientMixin):
    """A client that asks for a token, as Authlib asks about it; it knows with which secret it came."""

    def __init__(self, program: Client) -> None:
        self.program = program
        self.secret: Secret | None = None

    def check_client_secret(self, said: str) -> bool:
        self.secret = self.program.matching(said)
        return self.secret is not None

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return method in METHODS

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == GRANT

    def get_allowed_scope(self, asked: str | None) -> str | None:
        granted = model.granted(self.program, asked)
        return None if granted is None else " ".join(granted)


class FormRequest(OAuth2Request):
    """A request to the address that partners know, since TLS may end before us; what it says stands in its body."""

    def __init__(self) -> None:
        super().__init__(request.method, settings.PUBLIC_URL + request.path, headers=request.headers)
        self.payload = BasicOAuth2Payload(request.form.to_dict())

    @property
    def form(self) -> Mapping[str, str]:
        return request.form


class GrantUnsupported(OAuth2Error):
    """It does not repeat what was asked for, as Authlib's own does: a description has no quotes and no accents."""

    error = "unsupported_grant_type"


class Grant(ClientCredentialsGrant):
    """The one way to a token; it says of a form what is amiss."""

    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    @classmethod
    def check_token_endpoint(cls, _request: OAuth2Request) -> bool:
        return True

    def validate_token_request(self) -> None:
        if request.mimetype != FORM or any(len(said) > 1 for _, said in request.form.lists()):
            raise InvalidRequestError(say(f"Send the parameters in the body, each once, as {FORM}."))
        if "client_secret" in request.form and "Authorization" in request.headers:
            raise InvalidRequestError(say("Show the secret once: in Authorization or in the body."))
        if not request.form.get("grant_type"):
            raise InvalidRequestError(say(f"Say grant_type={GRANT}."))
        if request.form["grant_type"] != GRANT:
            raise GrantUnsupported(say(f"There is only grant_type={GRANT}."))
        super().validate_token_request()


class ClientUnauthenticated(InvalidClientError):
    """It says the same whether the client is unknown, has ended, or shows a wrong secret."""

    status_code = 401

    def __init__(self) -> None:
        super().__init__(say("There is no such program with such a secret."))

    def get_headers(self) -> list[tuple[str, str]]:
        return [*OAuth2Error.get_headers(self), ("WWW-Authenticate", 'Basic realm="begawi"')]


class Server(AuthorizationServer):
    """Authlib's server on our store; what it gives is signed and not kept."""

    def query_client(self, client_id: str) -> Asker:
        return Asker(store.find(database.reader(), client_id) or NOBODYS)

    def save_token(self, token: Any, _request: OAuth2Request) -> None:
        """Keep nothing: the services verify the signature, and hear when it holds no more."""

    def create_oauth2_request(self, _request: Any) -> OAuth2Request:
        return FormRequest()

    def authenticate_client(self, *asked: Any) -> Asker:
        try:
            found: Asker = super().authenticate_client(*asked)
        except (InvalidClientError, ValueError) as error:  # ValueError: a header of no text
            raise ClientUnauthenticated from error
        return found

    def create_token_response(self, _request: Any = None) -> Response:
        try:
            answer: Response = super().create_token_response()
        except OAuth2Error as error:  # an address without TLS
            answer = self.handle_error_response(None, error)
        return answer


def _sign(*, client: Asker, scope: str, **_: Any) -> str:
    if client.secret is None:
        raise ClientUnauthenticated
    return keys.sign(model.claims(client.program, client.secret, scope.split(), clock.now()))


SERVER = Server()
SERVER.register_grant(Grant)
SERVER.register_token_generator("default", BearerTokenGenerator(_sign, expires_generator=int(LIVES.total_seconds())))
logging.getLogger("authlib").setLevel(logging.INFO)  # below, it logs the tokens that it gives
