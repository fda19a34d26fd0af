"""Teams and invitations over HTTP."""

from typing import Any

from gateway.account import store as account_store
from gateway.account.model import ADMIN, EMPLOYER, INSTITUTION, OFFICER, Account
from gateway.account.schemas import AccountView
from gateway.database import database
from gateway.team import commands, store
from gateway.team.model import Invitation, Member, Party
from gateway.team.schemas import (
    AcceptanceRequest,
    InvitationMadeView,
    InvitationRequest,
    InvitationView,
    JoiningRequest,
    MemberView,
    PlaceRequest,
)
from services.common.access import actor, allow
from services.common.tokens import PUBLIC
from services.common.web import conditional, idempotency, limits, lists
from services.common.web.blueprint import Blueprint
from services.common.web.lists import PageQuery
from services.reference import clock

AT = "/api/identity/v1"
KEEPERS = (f"{EMPLOYER}:own", f"{INSTITUTION}:own", OFFICER, ADMIN)
NOT_KEPT = {"Cache-Control": "no-store"}
EMPLOYERS, INSTITUTIONS = "/employers/<employer_id>", "/institutions/<institution_id>"

teams = Blueprint("teams", __name__, url_prefix=AT)


def managing(path: dict[str, str]) -> dict[str, Any]:
    """Return whose team it is about, who asks, and when."""
    return {"party": Party.of(path), "by": actor(), "now": clock.now()}


def theirs(**path: str) -> str | None:
    """Return whose the team is, to such as whoever asks."""
    return path.get(f"{actor().role}_id")


@teams.get(f"{EMPLOYERS}/members")
@teams.get(f"{INSTITUTIONS}/members")
@allow(*KEEPERS, owner=theirs)
@teams.arguments(PageQuery, location="query")
@teams.response(200, MemberView(many=True))
def show_members(asked: dict[str, Any], **path: str) -> tuple[list[Member], dict[str, str]]:
    """List who is in a team."""
    return lists.page(asked | {"party": Party.of(path)}, lambda **found: commands.members(database.reader(), **found))


@teams.get(f"{EMPLOYERS}/members/<account_id>")
@teams.get(f"{INSTITUTIONS}/members/<account_id>")
@allow(*KEEPERS, owner=theirs)
@teams.response(200, MemberView)
def show_member(account_id: str, **path: str) -> tuple[Member, dict[str, str]]:
    """Show a member of a team."""
    return conditional.shown(commands.member(database.reader(), party=Party.of(path), account_id=account_id))


@teams.patch(f"{EMPLOYERS}/members/<account_id>")
@teams.patch(f"{INSTITUTIONS}/members/<account_id>")
@allow(*KEEPERS, owner=theirs)
@teams.arguments(PlaceRequest)
@teams.response(200, MemberView)
def place(asked: dict[str, Any], account_id: str, **path: str) -> tuple[Member, dict[str, str]]:
    """Let a member do more or less in the team; for its managers. What they are signed in with is over at once."""
    asked |= {"account_id": account_id, "expected": conditional.expected(), **managing(path)}
    return conditional.shown(database.transact(commands.place, **asked))


@teams.delete(f"{EMPLOYERS}/members/<account_id>")
@teams.delete(f"{INSTITUTIONS}/members/<account_id>")
@allow(*KEEPERS, owner=theirs)
@teams.response(204)
def end(account_id: str, **path: str) -> None:
    """End a membership, at once; for the team's managers. A team keeps a manager."""
    database.transact(commands.end, account_id=account_id, **managing(path))


@teams.post(f"{EMPLOYERS}/invitations")
@teams.post(f"{INSTITUTIONS}/invitations")
@allow(*KEEPERS, owner=theirs)
@limits.at_most("20/minute", "200/day", per=limits.ACTOR)
@teams.arguments(InvitationRequest)
@teams.response(201, InvitationMadeView)
def invite(asked: dict[str, Any], **path: str) -> tuple[Invitation, int, dict[str, str]]:
    """Invite somebody to the team, for 7 days; for its managers. The code is shown this once, and goes by e-mail."""
    asked |= managing(path)
    at = f"{AT}/{asked['party'].kind}s/{asked['party'].id}/invitations/{{}}"
    made, status, headers = idempotency.create(database, commands.invite, store.get, at, **asked)
    return made, status, headers | NOT_KEPT


@teams.get(f"{EMPLOYERS}/invitations")
@teams.get(f"{INSTITUTIONS}/invitations")
@allow(*KEEPERS, owner=theirs)
@teams.arguments(PageQuery, location="query")
@teams.response(200, InvitationView(many=True))
def show_invitations(asked: dict[str, Any], **path: str) -> tuple[list[Invitation], dict[str, str]]:
    """List who is invited; for the team's managers."""
    asked |= managing(path)
    return lists.page(asked, lambda **found: commands.invitations(database.reader(), **found))


@teams.get(f"{EMPLOYERS}/invitations/<invitation_id>")
@teams.get(f"{INSTITUTIONS}/invitations/<invitation_id>")
@allow(*KEEPERS, owner=theirs)
@teams.response(200, InvitationView)
def show_invitation(invitation_id: str, **path: str) -> tuple[Invitation, dict[str, str]]:
    """Show an invitation; for the team's managers."""
    found = commands.invitation(database.reader(), invitation_id=invitation_id, **managing(path))
    return conditional.shown(found)


@teams.delete(f"{EMPLOYERS}/invitations/<invitation_id>")
@teams.delete(f"{INSTITUTIONS}/invitations/<invitation_id>")
@allow(*KEEPERS, owner=theirs)
@teams.response(204)
def withdraw(invitation_id: str, **path: str) -> None:
    """Withdraw an invitation; for the team's managers. Its code opens nothing any more."""
    database.transact(commands.withdraw, invitation_id=invitation_id, **managing(path))


@teams.post("/invitations/acceptance")
@allow(PUBLIC)
@limits.at_most("20/minute", "200/day", per=limits.ADDRESS)
@teams.arguments(AcceptanceRequest)
@teams.response(201, AccountView)
def accept(asked: dict[str, Any]) -> tuple[Account, int, dict[str, str]]:
    """Make an account that is in the team to which a code invites."""
    asked |= {"now": clock.now()}
    made, status, headers = idempotency.create(
        database, commands.accept, account_store.get, f"{AT}/accounts/{{}}", **asked
    )
    return made, status, headers | NOT_KEPT | {"Location": f"{AT}/accounts/me"}


@teams.post("/invitations/acceptance/mine")
@allow(EMPLOYER, INSTITUTION)
@limits.at_most("10/minute", per=limits.ACTOR)
@teams.arguments(JoiningRequest)
@teams.response(200, AccountView)
def join(asked: dict[str, Any]) -> tuple[Account, dict[str, str]]:
    """Come into the team to which a code invites, with the account that you have. Refresh your token after that."""
    me = actor().id
    return idempotency.change(database, commands.join, account_store.get, me, account_id=me, now=clock.now(), **asked)
