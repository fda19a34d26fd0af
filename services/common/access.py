"""Who may call a route: declared on each, checked before each; nothing declared, nobody."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

import urllib3
from flask import current_app, g, request
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from werkzeug.exceptions import Forbidden, NotFound, ServiceUnavailable, Unauthorized

from services.common import settings
from services.common.errors import Missing

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
ALGORITHMS = ["ES256"]
TOKENS_AT_MOST = 10_000
REFRESH_S = 5.0
HTTP = urllib3.PoolManager(timeout=2.0, retries=1)


@dataclass(frozen=True)
class Actor:
    """Who asks, as the gateway's token says: an account, its role, and the worker, employer or institution it is."""

    id: str
    role: str
    own: str | None = None
    session: str | None = None  # only in the gateway's own tokens


NOBODY = Actor("", PUBLIC)


def allow(*who: str, owner: Callable[..., str | None] | None = None) -> Callable[[View], View]:
    """Declare who may call a route. Goes under the route's decorator.

    :param who: roles (`officer`), relations (`worker:self`, `employer:own`, `institution:own`), or `public`.
    :param owner: given the route's arguments, whose it is that a relation asks for; by default
        the route's argument `worker_id`, `employer_id` or `institution_id`.
    """

    def declare(view: View) -> View:
        view.allowed, view.owner = who, owner  # type: ignore[attr-defined]
        security: list[dict[str, list[str]]] = [] if PUBLIC in who else [{"bearer": []}]
        documented = {"manual_doc": {"x-allowed": list(who), "security": security}}
        view._apidoc = getattr(view, "_apidoc", {}) | documented  # type: ignore[attr-defined] # noqa: SLF001 (flask-smorest's own way)
        return view

    return declare


def in_body(name: str) -> Callable[..., str | None]:
    """Return an `owner` for `allow`: the request's body says whose it is."""

    def owner(**_: str) -> str | None:
        body = request.get_json(silent=True)
        found = body.get(name) if isinstance(body, dict) else None
        if found != actor().own:
            raise Forbidden
        return found

    return owner


def actor() -> Actor:
    """Return who asks."""
    found: Actor = g.actor
    return found


def check(service: str) -> None:
    """Refuse the request unless its route allows whoever asks; before each request."""
    g.actor = _actor(service)
    if request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    allowed = getattr(view, "allowed", ())
    if PUBLIC in allowed or g.actor.role in allowed:
        return
    if g.actor is NOBODY:
        raise Unauthorized
    relation = f"{g.actor.role}:{'self' if g.actor.role == 'worker' else 'own'}"
    if relation not in allowed:
        raise Forbidden
    find = getattr(view, "owner", None) or (lambda **found: found.get(f"{g.actor.role}_id"))
    if not _owns(find):
        raise NotFound


def published() -> Any:
    """Return the gateway's public keys, over HTTP.

    :raises HTTPError: it does not give them.
    """
    answer = HTTP.request("GET", settings.JWKS_URL)
    if answer.status != HTTPStatus.OK:
        raise urllib3.exceptions.HTTPError(answer.status)
    return answer.json()


def _owns(find: Callable[..., str | None]) -> bool:
    """Tell whether it is whoever asks that owns it; what does not exist is nobody's, and answered alike."""
    try:
        owner = find(**(request.view_args or {}))
    except Missing:
        return False
    return owner is not None and owner == actor().own


class Verifier:
    """Verifies tokens against the gateway's published keys, each token once in its life.

    :param fetch: returns those keys as a JSON Web Key Set.
    """

    def __init__(self, fetch: Callable[[], Any] = published) -> None:
        self._fetch = fetch
        self._keys = KeySet([])
        self._fetched_at = 0.0
        self._known: dict[tuple[str, str], tuple[Actor, float]] = {}
        self._fetching = threading.Lock()

    def actor(self, service: str, token: str) -> Actor:
        """Return whom a token names.

        :raises Unauthorized: it is not one of the gateway's, not for this service, or over.
        """
        actor, ends_at = self._known.get((service, token), (NOBODY, 0.0))
        if ends_at > time.time():
            return actor
        claims = self._claims(service, token)
        actor = Actor(id=claims["sub"], role=claims["role"], own=claims.get("own"), session=claims.get("sid"))
        if len(self._known) >= TOKENS_AT_MOST:
            self._known.clear()
        self._known[service, token] = actor, float(claims["exp"])
        return actor

    def _claims(self, service: str, token: str) -> dict[str, Any]:
        try:
            self._learn(jws.extract_compact(token.encode()).headers().get("kid"))
            claims = jwt.decode(token, self._keys, algorithms=ALGORITHMS).claims
            # decode() alone does not look at exp.
            jwt.JWTClaimsRegistry(
                aud={"essential": True, "value": service},
                exp={"essential": True},
                sub={"essential": True},
                role={"essential": True},
            ).validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise Unauthorized from error
        return claims

    def _learn(self, kid: object) -> None:
        """Fetch the keys when a token names one that is not known; not more often than REFRESH_S."""
        with self._fetching:
            known = {key.kid for key in self._keys.keys}
            if kid in known or time.monotonic() - self._fetched_at < REFRESH_S:
                return
            try:
                self._keys = KeySet.import_key_set(self._fetch())
            except (urllib3.exceptions.HTTPError, ValueError) as error:
                if not known:
                    raise ServiceUnavailable(retry_after=2) from error
            self._fetched_at = time.monotonic()


VERIFIER = Verifier()


def _actor(service: str) -> Actor:
    said = request.headers.get("Authorization")
    if said is None:
        return NOBODY
    scheme, _, token = said.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthorized
    verifier: Verifier = current_app.extensions.get("verifier", VERIFIER)  # the gateway has one of its own
    return verifier.actor(service, token)
