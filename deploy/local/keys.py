"""The platform's secrets: made at its first start, kept under the root, readable by its owner alone."""

import json
import secrets
from collections.abc import Callable
from pathlib import Path

from joserfc.jwk import ECKey, KeySet

LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no l 1 i, no o 0


def make_missing(directory: Path) -> None:
    """Write what does not exist yet; an existing secret is never changed, since data is sealed with it."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory.chmod(0o700)
    for name, make in _MAKERS.items():
        if not (directory / name).exists():
            _write(directory / name, make())


def _write(path: Path, content: bytes) -> None:
    # Written beside it and renamed, so that an interrupted start leaves no half a key.
    unfinished = path.with_name(path.name + ".new")
    unfinished.touch(mode=0o600)
    unfinished.chmod(0o600)
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _signing_keys() -> bytes:
    key = ECKey.generate_key("P-256", parameters={"use": "sig", "alg": "ES256"}, auto_kid=True)
    return json.dumps(KeySet([key]).as_dict(private=True)).encode()


def _legible_password() -> bytes:
    return "-".join("".join(secrets.choice(LEGIBLE) for _ in range(4)) for _ in range(4)).encode()


_MAKERS: dict[str, Callable[[], bytes]] = {
    "master.key": lambda: secrets.token_bytes(96),
    "hmac.key": lambda: secrets.token_bytes(32),
    "signing.json": _signing_keys,
    "demo-password": _legible_password,
}
