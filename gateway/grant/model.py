"""A grant: what a client is let do for five minutes (RFC 6749, section 4.4)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from gateway.client.model import Client, Secret
from services.common.tokens import PARTNER, Actor
from services.reference import scopes

GRANT = "client_credentials"
METHODS = ["client_secret_basic", "client_secret_post"]
LIVES = timedelta(minutes=5)  # it is asked for anew with the secret, and never refreshed


def granted(client: Client, asked: str | None) -> tuple[str, ...] | None:
    """Return the scopes asked for, or all that the client has if none is; None if it may not have them."""
    wanted = set((asked or "").split())
    if not wanted:
        return client.scopes
    return tuple(sorted(wanted)) if wanted <= set(client.scopes) else None


def claims(client: Client, secret: Secret, scope: Iterable[str], now: datetime) -> Mapping[str, Any]:
    """Return what the token says: it is good here and at the services of its scopes, and ends with its secret."""
    actor = Actor(client.id, PARTNER, client.own, secret.id, party=client.party, scopes=tuple(scope))
    audience = ["gateway", *scopes.services(actor.scopes)]
    times = {"iat": int(now.timestamp() * 1000) / 1000, "exp": int((now + LIVES).timestamp())}
    return {**actor.claims(), "aud": audience, **times}
