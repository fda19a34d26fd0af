"""A session: since when somebody is signed in, how they show it, and how often one may try."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.common.errors import Missing, TooMany, Unproven

ACCESS = timedelta(minutes=15)
REFRESH = timedelta(days=30)  # from the last refresh
VISIT = timedelta(hours=12)  # of the portal; longer than a working day at the desk, shorter than two
DEVICE = timedelta(days=180)  # for which a browser or phone is known
API, PORTAL = "api", "portal"
SHOWN_CLIENT = 120  # characters of what a browser or app says it is


@dataclass(frozen=True)
class Bound:
    """How many tries one may have in a time."""

    tries: int
    within: timedelta


# Guessing is slow from one address and from all together, and nobody can shut somebody else out: whoever signed in
# before with the same browser or phone has tries of their own (OWASP, device cookies).
NEAR = Bound(10, timedelta(minutes=15))  # one login from one address
KNOWN = Bound(10, timedelta(minutes=15))  # one login from a browser or phone that it used before
ALL = Bound(100, timedelta(hours=1))  # one login from everywhere else


class LoginWrong(Unproven):
    """The login or the password is wrong."""


class OtpNeeded(Unproven):
    """This account has a second factor: say in otp the code that your app shows, or one of the spare codes."""


class SessionOver(Unproven):
    """This session is over: sign in again."""


class SessionUnknown(Missing):
    """You have no such session."""


class TooManyTries(TooMany):
    """There were too many tries to sign in: wait for as long as Retry-After says, or set a new password."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """Since when somebody is signed in, and how they show it.

    id: the digest of a secret that stays the same through the session, so that a
    refresh token that was used before still tells whose session it was.
    turn: the digest of the secret that changes with every refresh; None in the portal,
    where a cookie carries the first secret alone.
    client: what the browser or app says it is.
    """

    id: str
    account_id: str
    turn: str | None
    client: str
    began_at: datetime
    seen_at: datetime
    ends_at: datetime

    @property
    def kind(self) -> str:
        return PORTAL if self.turn is None else API


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What somebody who signed in takes along; device: shows at the next sign-in that it is known."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    role: str
    device: str | None = field(default=None, repr=False)
    token_type: str = "Bearer"  # noqa: S105 (a kind, no secret)
    expires_in: int = int(ACCESS.total_seconds())


@dataclass(frozen=True, kw_only=True)
class Try:
    """Somebody at the door: what they say, and from where."""

    login: str
    password: str = field(repr=False)
    otp: str | None = field(default=None, repr=False)
    device: str | None = field(default=None, repr=False)
    address: str = ""
    agent: str = ""
