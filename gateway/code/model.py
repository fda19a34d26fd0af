"""A one-time code: whoever says it may do one thing, once, and not for long."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.common.errors import Refused
from services.common.seal import fingerprint

ACTIVATION, RECOVERY, EMAIL, CLAIM, INVITATION = "activation", "recovery", "email", "claim", "invitation"
PURPOSES = (ACTIVATION, RECOVERY, EMAIL, CLAIM, INVITATION)
LEGIBLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O 1 I L, which are read for each other: 4.95 bits each
GROUP = 4
LENGTH = 12  # 59 bits, for a code that is said with whose it is, so that tries can be counted
LENGTH_ALONE = 20  # 99 bits, for a code that alone is the key
TRIES = 50  # of 2^59: nobody guesses it, and it takes long to spoil somebody else's


class CodeWrong(Refused):
    """This code is wrong, was used before, or is over: ask for a new one."""


@dataclass(frozen=True, kw_only=True)
class Code:
    """What is kept of a code: never what is said.

    subject: the id of what it is for; a purpose and a subject have one code at a time.
    payload: what its use is to bring about, if the subject alone does not tell.
    """

    purpose: str
    subject: str
    payload: Mapping[str, Any] | None = field(repr=False)
    digest: str = field(repr=False)
    expires_at: datetime
    made_by: str | None  # the account, or nobody who is signed in

    @property
    def id(self) -> str:
        return id_of(self.purpose, self.subject)


def id_of(purpose: str, subject: str) -> str:
    return f"{purpose} {subject}"


def draw(length: int) -> str:
    """Return a new code of so many signs, as it is written: `K7QM-2F9X-RSTU`."""
    signs = "".join(secrets.choice(LEGIBLE) for _ in range(length))
    return "-".join(signs[at : at + GROUP] for at in range(0, length, GROUP))


def digest(purpose: str, plain: str) -> str:
    """Return what is kept of a code, however it is written; keyed, since 59 bits alone could be tried."""
    signs = "".join(sign for sign in plain.upper() if not sign.isspace() and sign != "-")
    return fingerprint(f"code {purpose}", signs)
