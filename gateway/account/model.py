"""An account: who somebody is here, what shows it, and whose side they are on."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from services.common.errors import Conflict, Forbidden, Missing, Refused
from services.reference import clock

WORKER, EMPLOYER, INSTITUTION = "worker", "employer", "institution"
OFFICER, EXECUTIVE, ADMIN = "officer", "executive", "admin"
PARTIES = (EMPLOYER, INSTITUTION)
OWNING = (WORKER, *PARTIES)
ROLES = (*OWNING, OFFICER, EXECUTIVE, ADMIN)
GUARDED = (OFFICER, ADMIN)  # see everybody's data: a password alone does not do
UNENROLLED = "unenrolled"  # the role of one of those who has not set up a second factor yet
MANAGER, MEMBER, VIEWER = "manager", "member", "viewer"
TEAM = (MANAGER, MEMBER, VIEWER)
LANGUAGES = ("id", "en")
PASSWORD_AT_LEAST, PASSWORD_AT_MOST = 10, 200


class AccountUnknown(Missing):
    """No account has this id."""


class LoginTaken(Conflict):
    """An account of this login is there already: choose another one."""


class OnlyForAdmins(Forbidden):
    """Only an administrator may do this with an account of this role."""


class OwnMismatched(Refused):
    """Accounts of workers, employers and institutions say whose they are in own; others have none."""


class TeamMismatched(Refused):
    """Accounts of employers and institutions say in team what they may do there; others have none."""


class PasswordTooShort(Refused):
    """A password has 10 characters or more: several words are good, and easy to keep in mind."""


class PasswordBreached(Refused):
    """This password is known from leaks, or too close to your login: choose another one, several words for example."""


class PasswordWrong(Refused):
    """The present password is wrong."""


class OtpWrong(Refused):
    """This one-time code is wrong, over, or was used: take the next one that your app shows."""


class OtpSetUp(Conflict):
    """A second factor is set up already: remove it first, or ask an administrator."""


class OtpNotBegun(Conflict):
    """No second factor is being set up: begin with that."""


class OtpMandatory(Forbidden):
    """Officers and administrators keep their second factor; an administrator can reset it after a loss."""


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """Who consents for somebody of 15 to 17 years."""

    name: str
    relation: str
    consented_on: date


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who somebody is here.

    own: the worker, employer or institution that they are or work for; team: what they may
    do there. totp: the secret of the second factor, totp_begun: one that is not confirmed
    yet; totp_step: the last time step whose code was used; spares: digests of the codes
    for when the phone is lost. valid_from: since when tokens and sessions count.
    """

    id: str
    version: int
    login: str
    password: str | None = field(repr=False)  # its argon2id hash; None: not set yet
    role: str
    own: str | None
    team: str | None = None
    language: str = "id"
    email: str | None = field(default=None, repr=False)
    email_confirmed: bool = False
    totp: str | None = field(default=None, repr=False)
    totp_begun: str | None = field(default=None, repr=False)
    totp_step: int = 0
    spares: tuple[str, ...] = field(default=(), repr=False)
    guardian: Guardian | None = field(default=None, repr=False)
    created_at: datetime
    valid_from: datetime
    disabled: bool = False

    @property
    def acting_role(self) -> str:
        return UNENROLLED if self.role in GUARDED and self.totp is None else self.role

    @property
    def has_totp(self) -> bool:
        return self.totp is not None


def consenting(said: Mapping[str, Any] | None, now: datetime) -> Guardian | None:
    """Return who consents, as a request names them; None: nobody needs to."""
    if said is None:
        return None
    return Guardian(name=said["name"], relation=said["relation"], consented_on=now.astimezone(clock.WITA).date())


def check(role: str, own: str | None, team: str | None, by: str) -> None:
    """Refuse an account that whoever has the role `by` may not create.

    :raises OnlyForAdmins: an officer creates accounts of workers, employers and institutions alone.
    :raises OwnMismatched, TeamMismatched: own or team is missing, or stands where it means nothing.
    """
    check_keeper(role, by)
    if (role in OWNING) != (own is not None):
        raise OwnMismatched(fields={"/own": OwnMismatched.sentence()})
    if (role in PARTIES) != (team is not None):
        raise TeamMismatched(fields={"/team": TeamMismatched.sentence()})


def check_keeper(role: str, by: str) -> None:
    """:raises OnlyForAdmins: whoever has the role `by` may not keep accounts of this role."""
    if role not in OWNING and by != ADMIN:
        raise OnlyForAdmins


def check_password(password: str, login: str) -> None:
    """:raises PasswordTooShort, PasswordBreached: it is not good enough (NIST SP 800-63B, 5.1.1.2)."""
    plain = password.casefold().strip()
    if len(plain) < PASSWORD_AT_LEAST:
        raise PasswordTooShort(fields={"/password": PasswordTooShort.sentence()})
    is_login = login and login.casefold() in plain and len(plain) - len(login) < PASSWORD_AT_LEAST // 2
    if plain in _breached() or is_login or len(set(plain)) < PASSWORD_AT_LEAST // 3:
        raise PasswordBreached(fields={"/password": PasswordBreached.sentence()})


def is_breached(password: str) -> bool:
    return password.casefold().strip() in _breached()


def fold(login: str) -> str:
    return login.strip().casefold()


def digest(said: str) -> str:
    """Return what is kept of a secret. Secrets have 256 random bits: no salt and no slow hash is needed."""
    return hashlib.sha256(said.encode()).hexdigest()


def secret() -> str:
    """Return 256 random bits as text for URLs."""
    return secrets.token_urlsafe(32)


def public(account: Account) -> Mapping[str, str | None]:
    """Return whom the services hear of."""
    return {"role": account.acting_role, "own": account.own, "team": account.team}


@cache
def _breached() -> frozenset[str]:
    return frozenset((Path(__file__).parent / "breached.txt").read_text(encoding="utf-8").split("\n")) - {""}
