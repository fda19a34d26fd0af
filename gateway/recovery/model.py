"""Coming back into an account: by e-mail, or by the desk; and the address to which the first goes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gateway.account.model import ADMIN, OWNING, Account
from gateway.code.model import ACTIVATION, EMAIL, RECOVERY
from services.common.errors import Forbidden

EMAIL_LIVES = timedelta(days=1)
LIVES = {
    RECOVERY: timedelta(minutes=30),
    ACTIVATION: timedelta(days=3),  # over a weekend: not everybody has a telephone at hand
    EMAIL: EMAIL_LIVES,
}


class NotYourself(Forbidden):
    """Nobody makes a code for themselves: ask a colleague."""


class OfTheOffice(Forbidden):
    """Only an administrator may make a code for an account of the office."""


@dataclass(frozen=True, kw_only=True)
class Activation:
    """A code that the desk hands out, with the login that is said with it."""

    login: str
    code: str = field(repr=False)
    expires_at: datetime
    without_totp: bool


@dataclass(frozen=True)
class Text:
    """What a letter says: its subject and its paragraphs, with places for the login, a code and how long it opens."""

    subject: str
    paragraphs: tuple[str, ...]


SIGNED = "Lamar Begawi, the job platform of Balangan."
UNASKED = "If you did not ask for this, you need not do anything; tell nobody the code."
WATCH_OUT = "If this was not you, sign in, change your password and end your other sessions, or come to our desk."
RECOVERING = Text(
    "A new password for {login}",
    (
        "Somebody asked for a new password for the account {login}.",
        "With this code you can set one within {minutes} minutes: {code}",
        UNASKED,
    ),
)
CONFIRMING = Text(
    "Confirm this address for {login}",
    (
        "This address was entered for the account {login}.",
        "With this code you confirm it within {hours} hours: {code}",
        UNASKED,
    ),
)
CHANGING = Text(
    "Another e-mail address for {login}", ("Another e-mail address was entered for the account {login}.", WATCH_OUT)
)
REMOVED = Text(
    "This address was removed from {login}", ("This address was removed from the account {login}.", WATCH_OUT)
)
HELPED = Text(
    "A code for {login} from our desk",
    ("Our desk has made a code with which a new password can be set for the account {login}.", WATCH_OUT),
)
HELPED_WITHOUT_TOTP = Text(
    HELPED.subject,
    (
        "Our desk has made a code with which a new password can be set for the account {login}, without its app.",
        WATCH_OUT,
    ),
)


def check(account: Account, *, by: str, role: str) -> None:
    """Refuse a code of the desk that whoever is `by` may not make.

    :param role: theirs.
    :raises NotYourself: it would be for themselves.
    :raises OfTheOffice: an officer makes codes for workers, employers and institutions alone.
    """
    if account.id == by:
        raise NotYourself
    if role != ADMIN and account.role not in OWNING:
        raise OfTheOffice
