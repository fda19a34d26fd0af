"""The gateway's signing keys: the first one signs, all are published, so that a new one is known before it signs."""

import json
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet

from services.common import settings
from services.common.tokens import ALGORITHMS

PUBLISHED_ON = timedelta(hours=1)  # longer than any token lives
LOOK_S = 1.0  # between two looks whether the file was replaced: keys are rotated while we run


def sign(claims: Mapping[str, Any]) -> str:
    """Return a token that says the claims."""
    key = signing().keys[0]
    return jwt.encode({"alg": ALGORITHMS[0], "kid": key.kid}, dict(claims), key)


def signing() -> KeySet:
    """Return the keys with their private halves, as SECRETS_DIR/signing.json holds them."""
    return _FILE.keys()


def published() -> Mapping[str, Any]:
    """Return the public halves as a JSON Web Key Set (RFC 7517)."""
    return signing().as_dict(private=False)


class _File:
    """The file of keys, read again when it was replaced."""

    def __init__(self) -> None:
        self._read: KeySet | None = None
        self._stamp = (0, 0)
        self._retired: Mapping[str | None, datetime] = {}
        self._looked_at = 0.0
        self._looking = threading.Lock()

    def keys(self) -> KeySet:
        with self._looking:
            if self._read is None or time.monotonic() - self._looked_at > LOOK_S:
                self._read, self._looked_at = self._look(), time.monotonic()
            return self._read

    def _look(self) -> KeySet:
        path = settings.SECRETS_DIR / "signing.json"
        found = path.stat()
        stamp = (found.st_mtime_ns, found.st_ino)
        if self._read is not None and stamp == self._stamp and not self._over(self._read):
            return self._read
        self._stamp = stamp
        kept = json.loads(path.read_text())
        self._retired = {kid: datetime.fromisoformat(at) for kid, at in kept.get("retired_at", {}).items()}
        keys = KeySet.import_key_set({"keys": kept["keys"]})
        over = self._over(keys)
        return KeySet([key for key in keys.keys if key.kid not in over])

    def _over(self, keys: KeySet) -> set[str | None]:
        """Return the keys that signed their last token so long ago that none of theirs lives."""
        before = datetime.now(UTC) - PUBLISHED_ON
        return {key.kid for key in keys.keys if key.kid in self._retired and self._retired[key.kid] < before}


_FILE = _File()
