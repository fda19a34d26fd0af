"""The platform's secrets: made at its first start, kept under the root, readable by its owner alone.

Those that can be turned are turned in two steps, between which the processes learn of the new one. Each step leaves
a whole file, and does nothing where it was done: a rotation that was interrupted is simply begun again.
"""

import base64
import json
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey, KeySet

LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no l 1 i, no o 0
SIGNING, MASTER, LAID_ASIDE = "signing.json", "master.key", "master.key.older"
MASTER_BYTES = 96
PUBLISHED_ON = timedelta(hours=1)  # after it signed last: longer than any token lives


def make_missing(directory: Path) -> None:
    """Write what does not exist yet; an existing secret is never changed, since data is sealed with it."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory.chmod(0o700)
    for name, make in _MAKERS.items():
        if not (directory / name).exists():
            _write(directory / name, make())


def begin_rotation(directory: Path) -> None:
    """Add a signing key behind the others: it is published, and does not sign yet."""
    kept = json.loads((directory / SIGNING).read_text())
    if _coming(kept) is None:
        _write(directory / SIGNING, json.dumps(kept | {"keys": [*kept["keys"], _new_signing_key()]}).encode())


def finish_rotation(directory: Path, now: datetime | None = None) -> None:
    """Let the new signing key sign; those before it stay published until no token of theirs lives."""
    kept, now = json.loads((directory / SIGNING).read_text()), now or datetime.now(UTC)
    retired: dict[str, str] = kept.get("retired_at", {})
    keys = kept["keys"]
    if (coming := _coming(kept)) is not None:
        retired = retired | {keys[0]["kid"]: now.isoformat()}
        keys = [coming, *(key for key in keys if key is not coming)]
    over = {kid for kid, since in retired.items() if now - datetime.fromisoformat(since) > PUBLISHED_ON}
    kept["keys"] = [key for key in keys if key["kid"] not in over]
    kept["retired_at"] = {kid: since for kid, since in retired.items() if kid not in over}
    _write(directory / SIGNING, json.dumps(kept).encode())


def begin_master_rotation(directory: Path) -> None:
    """Add a master key behind the one that is there: both open data keys, the new one wraps them from now on."""
    content = (directory / MASTER).read_bytes()
    if len(content) == MASTER_BYTES:
        _write(directory / MASTER, content + secrets.token_bytes(MASTER_BYTES))


def finish_master_rotation(directory: Path, *, is_unused: bool) -> None:
    """Take the older master key from the processes.

    :param is_unused: it is known that nothing is wrapped by it; else it is laid aside, since data is lost without it.
    """
    content = (directory / MASTER).read_bytes()
    if len(content) > MASTER_BYTES and not is_unused:
        _write(directory / LAID_ASIDE, content[:-MASTER_BYTES])
    _write(directory / MASTER, content[-MASTER_BYTES:])


def _coming(kept: dict[str, Any]) -> dict[str, Any] | None:
    """Return the key that is published and has not signed yet."""
    retired = kept.get("retired_at", {})
    coming: list[dict[str, Any]] = [key for key in kept["keys"][1:] if key["kid"] not in retired]
    return coming[-1] if coming else None


def _write(path: Path, content: bytes) -> None:
    # Written beside it and renamed, so that an interrupted start leaves no half a key.
    unfinished = path.with_name(path.name + ".new")
    unfinished.touch(mode=0o600)
    unfinished.chmod(0o600)
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # before anything is sealed with it
    unfinished.replace(path)


def _new_signing_key() -> dict[str, Any]:
    key = ECKey.generate_key("P-256", parameters={"use": "sig", "alg": "ES256"}, auto_kid=True)
    return dict(KeySet([key]).as_dict(private=True)["keys"][0])


def _signing_keys() -> bytes:
    return json.dumps({"keys": [_new_signing_key()]}).encode()


def _legible_password() -> bytes:
    return "-".join("".join(secrets.choice(LEGIBLE) for _ in range(4)) for _ in range(4)).encode()


_MAKERS: dict[str, Callable[[], bytes]] = {
    MASTER: lambda: secrets.token_bytes(MASTER_BYTES),
    "hmac.key": lambda: secrets.token_bytes(32),
    SIGNING: _signing_keys,
    "demo-password": _legible_password,
    "demo-totp": lambda: base64.b32encode(secrets.token_bytes(20)),
}
