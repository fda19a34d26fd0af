"""`/tim`: who works for an employer or an institution; `/undangan`: who is invited comes in."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from gateway.account.model import MANAGER, PARTIES
from gateway.database import database
from gateway.portal import forms, visit
from gateway.portal.forms import Refusal
from gateway.team import commands
from gateway.team.model import Member, Party
from gateway.team.schemas import AcceptanceRequest, InvitationRequest, JoiningRequest
from services.common.access import PUBLIC, allow
from services.common.errors import Refused
from services.common.mongo import new_id
from services.common.web import limits
from services.reference import clock

AT_MOST = 200  # members shown
LABELS = {
    "team": "What they may do",
    "email": "E-mail",
    "language": "Language of letters",
    "code": "Code of the invitation",
    "login": "Login",
    "password": "Password",
}
PLACES = {"member": "member", "manager": "manager", "viewer": "viewer"}
MEANT = (
    "A member does everything but change the team; a manager changes the team and its programs, too; a viewer looks on."
)
DONE = {
    "placed": "Changed. Whoever it is signs in again.",
    "ended": "The membership has ended.",
    "withdrawn": "The invitation is withdrawn: its code opens nothing any more.",
}

teams = visit.inside("teams")
invitations = Blueprint("invitations", __name__)
invitations.after_request(visit.keep_nowhere)


@teams.get("/tim")
@allow(PUBLIC)
def show_team() -> ResponseReturnValue:
    """Show who is in the visitor's team, and who is invited; an invitation is what leads into one."""
    return redirect("/undangan", 303) if _can_join() else _team()


@teams.get("/tim/anggota/<uuid:account_id>")
@allow(PUBLIC)
def show_member(account_id: UUID) -> ResponseReturnValue:
    """Ask what a member is to do, or whether they are to go."""
    return _member(account_id)


@teams.post("/tim/anggota/<uuid:account_id>")
@allow(PUBLIC)
def place(account_id: UUID) -> ResponseReturnValue:
    """Let a member do more or less."""
    asked: dict[str, Any] = {"account_id": str(account_id), "expected": forms.version()}
    try:
        team = forms.read(InvitationRequest(only=("team",)), forms.filled("team"))["team"]
        database.transact(
            commands.place, party=_party(), by=visit.visitor(), now=clock.now(), team=team, **asked
        )  # fmt: skip
    except Refused as refused:
        return _member(account_id, forms.refusal(refused))
    return redirect("/tim?done=placed", 303)


@teams.post("/tim/anggota/<uuid:account_id>/akhiri")
@allow(PUBLIC)
def end(account_id: UUID) -> ResponseReturnValue:
    """End a membership."""
    asked: dict[str, Any] = {
        "party": _party(),
        "account_id": str(account_id),
        "by": visit.visitor(),
        "now": clock.now(),
    }
    try:
        database.transact(commands.end, **asked)
    except Refused as refused:
        return _member(account_id, forms.refusal(refused))
    return redirect("/tim?done=ended", 303)


@teams.post("/tim/undangan")
@allow(PUBLIC)
@limits.at_most("20/minute", "200/day", per=visit.counted)
def invite() -> ResponseReturnValue:
    """Invite somebody, and show the code."""
    try:
        asked = forms.read(InvitationRequest(), forms.filled("team", "email", "language"))
        made = database.transact(
            commands.invite, id=new_id(), party=_party(), by=visit.visitor(), now=clock.now(), **asked
        )  # fmt: skip
    except Refused as refused:
        return _team(forms.refusal(refused))
    return forms.code_page("invitation", made, "/tim")


@teams.post("/tim/undangan/<uuid:invitation_id>/tarik")
@allow(PUBLIC)
def withdraw(invitation_id: UUID) -> ResponseReturnValue:
    """Withdraw an invitation."""
    asked: dict[str, Any] = {"party": _party(), "by": visit.visitor(), "now": clock.now()}
    try:
        database.transact(commands.withdraw, invitation_id=str(invitation_id), **asked)
    except Refused as refused:
        return _team(forms.refusal(refused))
    return redirect("/tim?done=withdrawn", 303)


@teams.get("/tim/undangan")
@teams.get("/tim/undangan/<uuid:invitation_id>/tarik")
@teams.get("/tim/anggota/<uuid:account_id>/akhiri")
@allow(PUBLIC)
def back(**_: UUID) -> ResponseReturnValue:
    """Lead back from what is shown once: reading on in the other language asks for it again."""
    return redirect("/tim", 303)


@invitations.get("/undangan")
@allow(PUBLIC)
def ask_to_accept() -> ResponseReturnValue:
    """Show the form with which somebody who is invited comes in."""
    return _invited()


@invitations.post("/undangan")
@allow(PUBLIC)
@limits.at_most("30/minute", "300/day", per=limits.ADDRESS)
def accept() -> ResponseReturnValue:
    """Let somebody into a team, with a new account or with their own; they sign in then."""
    try:
        if _can_join():
            asked = forms.read(JoiningRequest(), forms.filled("code"))
            database.transact(commands.join, account_id=visit.visitor().id, now=clock.now(), **asked)
        else:
            asked = forms.read(AcceptanceRequest(), _answer())
            database.transact(commands.accept, id=new_id(), now=clock.now(), **asked)
    except Refused as refused:
        return _invited(forms.refusal(refused))
    return redirect("/masuk?done=joined", 303)


def _team(refused: Refusal | None = None) -> ResponseReturnValue:
    party, by = _party(), visit.visitor()
    members = commands.members(database.reader(), party=party, limit=AT_MOST)
    is_manager = by.team == MANAGER
    asked: dict[str, Any] = {"party": party, "by": by, "now": clock.now(), "limit": AT_MOST}
    invited = commands.invitations(database.reader(), **asked) if is_manager else []
    said = {"members": members, "invitations": invited, "is_manager": is_manager}
    return forms.page("team.html", refused, labels=LABELS, places=PLACES, meant=MEANT, done=DONE, **said)


def _member(account_id: UUID, refused: Refusal | None = None) -> ResponseReturnValue:
    if visit.visitor().team != MANAGER:
        raise Forbidden
    found: Member = commands.member(database.reader(), party=_party(), account_id=str(account_id))
    return forms.page("member.html", refused, member=found, labels=LABELS, places=PLACES, meant=MEANT)


def _invited(refused: Refusal | None = None) -> ResponseReturnValue:
    return forms.page("invited.html", refused, labels=LABELS, can_join=_can_join())


def _answer() -> dict[str, str]:
    return {**forms.filled("code", "login", "language", "email"), **forms.secret("password")}


def _can_join() -> bool:
    """Tell whether the visitor has an account that is in no team and may be in one."""
    visitor = visit.visitor()
    return visitor.role in PARTIES and visitor.own is None


def _party() -> Party:
    """:raises Forbidden: the visitor is in no team."""
    visitor = visit.visitor()
    if visitor.role not in PARTIES or visitor.own is None:
        raise Forbidden
    return Party(visitor.role, visitor.own)
