"""The gateway's signing keys: the first one signs, all are published, so that a new one is known before it signs."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet

from services.common import settings
from services.common.access import ALGORITHMS


def sign(claims: Mapping[str, Any]) -> str:
    """Return a token that says the claims."""
    key = signing().keys[0]
    return jwt.encode({"alg": ALGORITHMS[0], "kid": key.kid}, dict(claims), key)


@cache
def signing() -> KeySet:
    """Return the keys with their private halves, as SECRETS_DIR/signing.json holds them."""
    return KeySet.import_key_set(json.loads((settings.SECRETS_DIR / "signing.json").read_text()))


@cache
def published() -> Mapping[str, Any]:
    """Return the public halves as a JSON Web Key Set (RFC 7517)."""
    return signing().as_dict(private=False)
