"""What can be done with one-time codes."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from gateway.code import model, store
from gateway.code.model import LENGTH, TRIES, Code, CodeWrong
from services.common.mongo import Tx

NOBODYS = "nobody's"
FORGOTTEN = timedelta(hours=1)


def make(
    tx: Tx,
    *,
    purpose: str,
    subject: str,
    by: str | None,
    now: datetime,
    lives: timedelta,
    payload: Mapping[str, Any] | None = None,
    length: int = LENGTH,
) -> tuple[Code, str]:
    """Make a code, which replaces the one that the subject had for the purpose; return it, and how it is written.

    :param by: the account that makes it; None where nobody is signed in.
    :param length: LENGTH_ALONE where the code will be used without its subject.
    """
    plain = model.draw(length)
    digest, over = model.digest(purpose, plain), now + lives
    code = Code(purpose=purpose, subject=subject, payload=payload, digest=digest, expires_at=over, made_by=by)
    store.put(tx, code)
    return code, plain


def use(tx: Tx, *, purpose: str, plain: str, now: datetime, subject: str | None = None) -> Code:
    """Use a code up, and return it; if the transaction fails, it was not used.

    :param subject: whose it is said to be; without it, the code alone is the key. Say "" where
        what was named does not exist: it then takes as long as with one that does.
    :raises CodeWrong: it is wrong, was used, is over, or its subject's code was tried too often.
    """
    digest = model.digest(purpose, plain)
    if subject is None:
        code = store.with_digest(tx, purpose, digest, now=now)
    else:
        code = _tried(tx, store.of_subject(tx, purpose, subject, now=now), digest, now)
    if code is None or not store.take(tx, code):
        raise CodeWrong
    return code


def withdraw(tx: Tx, *, purpose: str, subject: str) -> None:
    """Let the code that the subject has for the purpose, if any, open nothing any more."""
    store.remove(tx, purpose, subject)


def _tried(tx: Tx, code: Code | None, digest: str, now: datetime) -> Code | None:
    """Return the code if the digest is its own, and it was not tried too often.

    Each try is counted before it is looked at, so that many at once are no more than so many
    one after another.
    """
    tried, until = (code.digest, code.expires_at) if code else (NOBODYS, now + FORGOTTEN)
    tries = store.count(tx, tried, until)
    is_right = code is not None and hmac.compare_digest(code.digest, digest)
    return code if is_right and tries <= TRIES else None
