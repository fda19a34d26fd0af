"""Who works for an employer or an institution, and who is invited to."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gateway.account.model import ADMIN, EMPLOYER, INSTITUTION, MANAGER, OFFICER, PARTIES, Account
from services.common.errors import Conflict, Forbidden, Missing, Refused
from services.common.tokens import Actor

OFFICE = (OFFICER, ADMIN)
INVITED = timedelta(days=7)
PENDING_AT_MOST = 50
# What a letter says, by the kind of the team: its subject, then its paragraphs.
ANSWERING = (
    "With this code you come into it, with a new account or with one that is in no team, within {days} days: {code}",
    "If you do not know of it, you need not do anything; tell nobody the code.",
    "Lamar Begawi, the job platform of Balangan.",
)
LETTERS = {
    EMPLOYER: ("You are invited to an employer's team", "You are invited to the team of an employer.", *ANSWERING),
    INSTITUTION: (
        "You are invited to a training institution's team",
        "You are invited to the team of a training institution.",
        *ANSWERING,
    ),
}


class MemberUnknown(Missing):
    """Nobody of this id is in the team."""


class InvitationUnknown(Missing):
    """There is no such invitation, or it is over."""


class OnlyForManagers(Forbidden):
    """Only a manager of the team may do this."""


class LastManager(Conflict):
    """A team keeps a manager: make somebody else one first."""


class TooManyInvitations(Conflict):
    """So many are invited already: wait until some have answered, or withdraw what nobody needs."""


class InTeamAlready(Conflict):
    """You are in a team already: leave it first, or answer with another account."""


class OfAnotherKind(Refused):
    """This invitation is not for an account like yours: make a new one with it."""


@dataclass(frozen=True)
class Party:
    """The employer or the institution whose team it is."""

    kind: str
    id: str

    @classmethod
    def of(cls, path: dict[str, str]) -> "Party":
        """Return whom a path names: employer_id or institution_id."""
        return next(cls(kind, path[f"{kind}_id"]) for kind in PARTIES if f"{kind}_id" in path)


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody in a team, as an account; since: when they came."""

    id: str
    version: int
    login: str
    team: str | None
    since: datetime
    disabled: bool


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Somebody may come into a team until it expires.

    code: only while it is made, to be shown once.
    """

    id: str
    version: int = 1
    kind: str
    own: str
    team: str
    language: str
    email: str | None = field(repr=False)
    made_by: str
    created_at: datetime
    expires_at: datetime
    code: str | None = field(default=None, repr=False)


def check_manages(by: Actor, members: Collection[Account]) -> None:
    """:raises OnlyForManagers: `by` is neither of the office nor, at this moment, a manager among the members."""
    if by.role not in OFFICE and by.id not in managers(members):
        raise OnlyForManagers


def check_stays_led(members: Collection[Account], without: str) -> None:
    """:raises LastManager: nobody else leads the team."""
    if managers(members) == {without}:
        raise LastManager


def managers(members: Collection[Account]) -> set[str]:
    return {each.id for each in members if each.team == MANAGER and not each.disabled}
