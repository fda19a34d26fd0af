"""Tokens: what the gateway says of whoever asks, signed, and verified by each service against its public keys."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import urllib3
from joserfc import jws, jwt
from joserfc.errors import InvalidClaimError, JoseError
from joserfc.jwk import KeySet
from werkzeug.exceptions import ServiceUnavailable, Unauthorized

from services.common import settings

PUBLIC, PARTNER = "public", "partner"
ALGORITHMS = ["ES256"]
TOKENS_AT_MOST = 10_000
REFRESH_S = 5.0  # between two looks for a key that is not known
KEYS_S = 300.0  # after which a key that is published no more is believed no more
SKEW_S = 2  # by which the clocks of two machines may differ
HTTP = urllib3.PoolManager(timeout=2.0, retries=1)


@dataclass(frozen=True)
class Actor:
    """Who asks, as the gateway's token says: an account or a partner's program, its role, and whose it is.

    own: the worker, employer or institution that it acts for; team: what it may do there
    (manager | member | viewer). party: of which kind a partner is; scopes: what it may do.
    """

    id: str
    role: str
    own: str | None = None
    session: str | None = None
    team: str | None = None
    party: str | None = None
    scopes: tuple[str, ...] = ()

    @classmethod
    def of(cls, claims: Mapping[str, Any]) -> "Actor":
        said = {"own": claims.get("own"), "session": claims.get("sid"), "team": claims.get("team")}
        scopes = tuple(str(claims.get("scope") or "").split())
        return cls(id=claims["sub"], role=claims["role"], party=claims.get("party"), scopes=scopes, **said)

    def claims(self) -> Mapping[str, Any]:
        """Return what a token says of the actor."""
        said = {"sub": self.id, "role": self.role, "own": self.own, "sid": self.session, "team": self.team}
        said |= {"party": self.party, "scope": " ".join(self.scopes)}
        return {name: value for name, value in said.items() if value}

    @property
    def kind(self) -> str:
        """What is theirs, if anything: worker, employer or institution."""
        return self.party or "" if self.role == PARTNER else self.role


NOBODY = Actor("", PUBLIC)


def published() -> Any:
    """Return the gateway's public keys, over HTTP.

    :raises HTTPError: it does not give them.
    """
    answer = HTTP.request("GET", settings.JWKS_URL)
    if answer.status != HTTPStatus.OK:
        raise urllib3.exceptions.HTTPError(answer.status)
    return answer.json()


class _Claims(jwt.JWTClaimsRegistry):
    def validate_iat(self, value: object) -> None:
        """Let a token be issued a moment ahead of this machine's clock."""
        if not isinstance(value, int | float) or value > time.time() + SKEW_S:
            raise InvalidClaimError("iat")

    def validate_role(self, value: object) -> None:
        """Take no list of roles for one."""
        if not isinstance(value, str):
            raise InvalidClaimError("role")


class Verifier:
    """Verifies tokens against the gateway's published keys, each token once in its life.

    :param fetch: returns those keys as a JSON Web Key Set.
    """

    def __init__(self, fetch: Callable[[], Any] = published) -> None:
        self._fetch = fetch
        self._keys = KeySet([])
        self._fetched_at = -KEYS_S
        self._known: dict[tuple[str, str], tuple[Actor, float, float]] = {}
        self._fetching = threading.Lock()

    def actor(self, service: str, token: str) -> tuple[Actor, float]:
        """Return whom a token names, and when it was issued.

        :raises Unauthorized: it is not one of the gateway's, not for this service, or over.
        """
        actor, issued_at, ends_at = self._known.get((service, token), (NOBODY, 0.0, 0.0))
        if ends_at > time.time():
            return actor, issued_at
        claims = self._claims(service, token)
        actor, issued_at = Actor.of(claims), float(claims["iat"])
        if len(self._known) >= TOKENS_AT_MOST:
            self._known.clear()
        self._known[service, token] = actor, issued_at, float(claims["exp"])
        return actor, issued_at

    def _claims(self, service: str, token: str) -> dict[str, Any]:
        try:
            self._learn(jws.extract_compact(token.encode()).headers().get("kid"))
            claims = jwt.decode(token, self._keys, algorithms=ALGORITHMS).claims
            # decode() alone does not look at exp.
            _Claims(
                aud={"essential": True, "value": service},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
                role={"essential": True},
            ).validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise Unauthorized from error
        return claims

    def _learn(self, kid: object) -> None:
        """Fetch the keys when a token names one that is not known, at most every REFRESH_S, and when they are old."""
        with self._fetching:
            known = {key.kid for key in self._keys.keys}
            if time.monotonic() - self._fetched_at < (KEYS_S if kid in known else REFRESH_S):
                return
            try:
                self._keys = KeySet.import_key_set(self._fetch())
            except (urllib3.exceptions.HTTPError, ValueError) as error:
                if not known:
                    raise ServiceUnavailable(retry_after=2) from error
            self._fetched_at = time.monotonic()


VERIFIER = Verifier()
