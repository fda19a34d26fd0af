"""An account and its sessions: who somebody is, and for how long we believe it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.common.errors import Conflict, Forbidden, Missing, Refused

WORKER, EMPLOYER, INSTITUTION = "worker", "employer", "institution"
OFFICER, EXECUTIVE, ADMIN = "officer", "executive", "admin"
OWNING = (WORKER, EMPLOYER, INSTITUTION)
ROLES = (*OWNING, OFFICER, EXECUTIVE, ADMIN)
ACCESS = timedelta(minutes=15)
REFRESH = timedelta(days=30)  # from the last refresh
VISIT = timedelta(hours=12)  # of the portal; longer than a working day at the desk, shorter than two
PASSWORD_AT_LEAST, PASSWORD_AT_MOST = 10, 200


class AccountUnknown(Missing):
    """No account has this id."""


class LoginTaken(Conflict):
    """An account of this login is there already, at the address in Location."""

    path = "/api/identity/v1/accounts/{}"


class LoginWrong(Refused):
    """The login or the password is wrong."""


class SessionOver(Refused):
    """This session is over: sign in again."""


class OnlyForAdmins(Forbidden):
    """Only an administrator may create an account of this role."""


class OwnMismatched(Refused):
    """Accounts of workers, employers and institutions say whose they are in own; others have none."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who somebody is here; own is the worker, employer or institution that they are."""

    id: str
    version: int
    login: str
    password: str = field(repr=False)  # its argon2id hash
    role: str
    own: str | None
    created_at: datetime
    disabled: bool = False

    def claims(self, session_id: str, now: datetime) -> Mapping[str, Any]:
        """Return what an access token says of the account."""
        said = {"sub": self.id, "role": self.role, "sid": session_id, "aud": "gateway"}
        owned = {"own": self.own} if self.own else {}
        return said | owned | {"iat": int(now.timestamp()), "exp": int((now + ACCESS).timestamp())}


@dataclass(frozen=True, kw_only=True)
class Session:
    """Since when somebody is signed in, and how they show it.

    id: the digest of a secret that stays the same through the session, so that a
    refresh token that was used before still tells whose session it was.
    turn: the digest of the secret that changes with every refresh; None in the portal,
    where a cookie carries the first secret alone.
    """

    id: str
    account_id: str
    turn: str | None
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What somebody who signed in takes along."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    role: str
    token_type: str = "Bearer"  # noqa: S105 (a kind, no secret)
    expires_in: int = int(ACCESS.total_seconds())


def check(role: str, own: str | None, by: str) -> None:
    """Refuse an account that whoever has the role `by` may not create.

    :raises OnlyForAdmins: an officer creates accounts of workers, employers and institutions alone.
    :raises OwnMismatched: own is missing, or stands where it means nothing.
    """
    if role not in OWNING and by != ADMIN:
        raise OnlyForAdmins
    if (role in OWNING) != (own is not None):
        raise OwnMismatched(fields={"/own": OwnMismatched.sentence()})


def fold(login: str) -> str:
    return login.strip().casefold()


def digest(secret: str) -> str:
    """Return what is kept of a secret. Secrets have 256 random bits: no salt and no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
