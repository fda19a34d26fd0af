"""What can be done with teams and invitations."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from gateway import channels
from gateway.account import commands as accounts
from gateway.account import model as account_model
from gateway.account import store as account_store
from gateway.account.model import MANAGER, Account
from gateway.code import commands as codes
from gateway.code.model import INVITATION, LENGTH_ALONE
from gateway.language import say
from gateway.letter import commands as letters
from gateway.team import model, store
from gateway.team.model import (
    INVITED,
    PENDING_AT_MOST,
    InTeamAlready,
    Invitation,
    InvitationUnknown,
    Member,
    MemberUnknown,
    OfAnotherKind,
    Party,
    TooManyInvitations,
)
from services.common.errors import Outdated
from services.common.mongo import Tx, new_id
from services.common.tokens import Actor


def members(tx: Tx, *, party: Party, after: str | None = None, limit: int) -> list[Member]:
    """Return who is in a team, the oldest account first."""
    came = store.since(tx, party)
    found = [each for each in _accounts(tx, party) if each.id > (after or "")]
    return [_member(each, came.get(each.id)) for each in found[:limit]]


def member(tx: Tx, *, party: Party, account_id: str) -> Member:
    """:raises MemberUnknown: they are not in the team."""
    found = _one(_accounts(tx, party), account_id)
    return _member(found, store.since(tx, party).get(account_id))


def place(
    tx: Tx, *, party: Party, account_id: str, team: str, by: Actor, expected: int | None, now: datetime
) -> Member:
    """Let a member do more or less in the team; their tokens are dead at once.

    :raises OnlyForManagers: `by` may not.
    :raises MemberUnknown: they are not in the team.
    :raises Outdated: whoever asks expected another version.
    :raises LastManager: they lead the team alone, and would not any more.
    """
    found = _managed(tx, party, by)
    before = _one(found, account_id)
    if expected not in {None, before.version}:
        raise Outdated(account_id)
    if team != MANAGER:
        model.check_stays_led(found, account_id)
    changed = accounts.belong(tx, account_id=account_id, own=party.id, team=team, now=now)
    return _member(changed, store.since(tx, party).get(account_id))


def end(tx: Tx, *, party: Party, account_id: str, by: Actor, now: datetime) -> None:
    """End a membership; the account stays, and may answer another invitation.

    :raises OnlyForManagers: `by` may not.
    :raises MemberUnknown: they are not in the team.
    :raises LastManager: they lead the team alone.
    """
    found = _managed(tx, party, by)
    _one(found, account_id)
    model.check_stays_led(found, account_id)
    store.note_going(tx, party, account_id)
    accounts.belong(tx, account_id=account_id, own=None, team=None, now=now)


def invite(
    tx: Tx, *, id: str, party: Party, team: str, email: str | None, language: str, by: Actor, now: datetime
) -> Invitation:
    """Invite somebody; the code is in what is returned, and nowhere else but in the letter.

    :raises OnlyForManagers: `by` may not.
    :raises TooManyInvitations: as many as may wait do.
    """
    _managed(tx, party, by)
    if len(store.page(tx, party, now=now, after=None, limit=PENDING_AT_MOST)) == PENDING_AT_MOST:
        raise TooManyInvitations
    said: dict[str, Any] = {"team": team, "language": language, "email": email, "made_by": by.id}
    over = now + INVITED
    invitation = Invitation(id=id, kind=party.kind, own=party.id, created_at=now, expires_at=over, **said)
    store.insert(tx, invitation)
    _, plain = codes.make(tx, purpose=INVITATION, subject=id, by=by.id, now=now, lives=INVITED, length=LENGTH_ALONE)
    if email:
        _write(tx, invitation, email, plain, now)
    return replace(invitation, code=plain)


def invitations(
    tx: Tx, *, party: Party, by: Actor, now: datetime, after: str | None = None, limit: int
) -> list[Invitation]:
    """Return who is invited.

    :raises OnlyForManagers: `by` may not know.
    """
    model.check_manages(by, _accounts(tx, party))
    return store.page(tx, party, now=now, after=after, limit=limit)


def invitation(tx: Tx, *, party: Party, invitation_id: str, by: Actor, now: datetime) -> Invitation:
    """:raises InvitationUnknown: it is not of this team, or over."""
    model.check_manages(by, _accounts(tx, party))
    found = store.get(tx, invitation_id)
    if (found.kind, found.own) != (party.kind, party.id) or found.expires_at <= now:
        raise InvitationUnknown(invitation_id)
    return found


def withdraw(tx: Tx, *, party: Party, invitation_id: str, by: Actor, now: datetime) -> None:
    """:raises InvitationUnknown: it is not of this team, or over."""
    found = invitation(tx, party=party, invitation_id=invitation_id, by=by, now=now)
    codes.withdraw(tx, purpose=INVITATION, subject=found.id)
    store.remove(tx, found.id)


def accept(
    tx: Tx, *, id: str, code: str, login: str, password: str, language: str, email: str | None, now: datetime
) -> Account:
    """Make an account that is in the team; the address to which the invitation went is its own, and confirmed.

    :raises PasswordTooShort, PasswordBreached: the password is not good enough.
    :raises CodeWrong: the code is wrong.
    :raises LoginTaken: another account has the login; the code is not used up by that.
    """
    account_model.check_password(password, login)
    found = _answered(tx, code, now)
    is_invited = found.email is not None and email in {None, found.email}
    address: dict[str, Any] = {"email": email or found.email, "email_confirmed": is_invited}
    said = {"id": id, "login": login, "password": password, "language": language, **address}
    made = accounts.create(tx, role=found.kind, own=found.own, team=found.team, by=found.kind, now=now, **said)
    store.record(tx, id, found, "invitation.accepted")
    return made


def join(tx: Tx, *, account_id: str, code: str, now: datetime) -> Account:
    """Come into the team with an account that is in none. Its tokens are dead at once: the next ones say the team.

    :raises CodeWrong: the code is wrong.
    :raises OfAnotherKind: employers' accounts come to employers, institutions' to institutions.
    :raises InTeamAlready: it is in a team.
    """
    found, account = _answered(tx, code, now), account_store.get(tx, account_id)
    if account.role != found.kind:
        raise OfAnotherKind
    if account.own is not None:
        raise InTeamAlready
    store.note_coming(tx, Party(found.kind, found.own), account_id, now)
    return accounts.belong(tx, account_id=account_id, own=found.own, team=found.team, now=now)


def _answered(tx: Tx, code: str, now: datetime) -> Invitation:
    """Use an invitation up, and claim the team."""
    used = codes.use(tx, purpose=INVITATION, plain=code, now=now)
    found = store.get(tx, used.subject)
    store.claim(tx, Party(found.kind, found.own))
    store.remove(tx, found.id)
    return found


def _managed(tx: Tx, party: Party, by: Actor) -> list[Account]:
    """Claim the team for somebody who may manage it, and return its members."""
    store.claim(tx, party)
    found = _accounts(tx, party)
    model.check_manages(by, found)
    return found


def _accounts(tx: Tx, party: Party) -> list[Account]:
    return [each for each in account_store.of_party(tx, party.id) if each.role == party.kind]


def _one(found: list[Account], account_id: str) -> Account:
    for each in found:
        if each.id == account_id:
            return each
    raise MemberUnknown(account_id)


def _member(account: Account, came: datetime | None) -> Member:
    said: dict[str, Any] = {"id": account.id, "version": account.version, "login": account.login, "team": account.team}
    return Member(since=came or account.created_at, disabled=account.disabled, **said)


def _write(tx: Tx, invitation: Invitation, to: str, code: str, now: datetime) -> None:
    said = {"code": code, "days": INVITED.days}
    subject, *paragraphs = (say(each, to=invitation.language).format(**said) for each in model.LETTERS[invitation.kind])
    body = "\n\n".join(paragraphs) + "\n"
    letters.write(tx, id=new_id(), channel=channels.EMAIL, to=to, subject=subject, body=body, now=now)
