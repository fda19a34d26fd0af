"""`/kabar`: what the platform lets somebody know, and how that comes by e-mail."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from gateway.account import store as accounts
from gateway.account.model import EMPLOYER, INSTITUTION, WORKER
from gateway.database import database
from gateway.notice import commands, model, store
from gateway.notice.model import CERTIFICATES, GROUPS, INTAKES, TRAININGS, VACANCIES, Notice
from gateway.notice.schemas import PreferencesRequest
from gateway.portal import forms, visit
from gateway.portal.forms import Refusal
from services.common.access import PUBLIC, allow
from services.common.errors import Refused
from services.common.web.words import say
from services.reference import clock

AT = "/kabar"
NOTICES = 20  # a page
COUNTED = 99  # beyond which the header says no number
# Which notices there are for whom; others would only be in the way of a choice.
GIVEN = {WORKER: (CERTIFICATES, TRAININGS, VACANCIES), INSTITUTION: (INTAKES,), EMPLOYER: (model.EMPLOYER,)}
ABOUT = {
    CERTIFICATES: "About your certificates",
    TRAININGS: "About your trainings",
    INTAKES: "About your spreadsheets",
    model.EMPLOYER: "About your company",
    VACANCIES: "About vacancies that fit you",
}
WAYS = {model.AT_ONCE: "at once", model.DAILY: "once a day, in the morning", model.NEVER: "never"}
PAGES = {INTAKES: "/unggah/{intake_id}"}  # where what a notice is about is shown, if a page shows it
DONE = {
    "read": "All are marked as read.",
    "preferences": "Remembered: from now on, e-mail comes to you like this.",
}

inbox = visit.inside("inbox")
stopping = Blueprint("stopping", __name__)
stopping.after_request(visit.keep_nowhere)


def unread() -> str:
    """Return how many notices the visitor has not read, as the header shows it; "" where that is none."""
    count = store.count_unread(database.reader(), **_reader()) if visit.visitor().own else 0
    return "" if count == 0 else f"{COUNTED}+" if count > COUNTED else str(count)


@inbox.get("/kabar")
@allow(PUBLIC)
def list_mine() -> ResponseReturnValue:
    """List the visitor's notices, the newest first."""
    found = _page(request.args.get("after"))
    shown = found[:NOTICES]
    after = shown[-1].id if len(found) > NOTICES else None
    said: dict[str, Any] = {"sentence": _sentence, "pages": PAGES, "done": DONE}
    return forms.page("inbox.html", notices=shown, after=after, here=_here(), is_unread=bool(unread()), **said)


@inbox.post("/kabar")
@allow(PUBLIC)
def read_all() -> ResponseReturnValue:
    """Mark all the visitor's notices as read."""
    database.transact(store.mark_read, now=clock.now(), **_reader())
    return redirect("/kabar?done=read", 303)


@inbox.post("/kabar/<uuid:notice_id>")
@allow(PUBLIC)
def read(notice_id: Any) -> ResponseReturnValue:
    """Mark a notice as read, and go on to what it is about, if a page shows that."""
    notice = database.transact(commands.read, notice_id=str(notice_id), now=clock.now(), **_reader())
    page = PAGES.get(notice.group)
    return redirect(page.format(**notice.params) if page else AT + _here(), 303)


@inbox.get("/kabar/surel")
@allow(PUBLIC)
def ask_how() -> ResponseReturnValue:
    """Ask how notices are to come by e-mail."""
    return _preferences()


@inbox.post("/kabar/surel")
@allow(PUBLIC)
def prefer() -> ResponseReturnValue:
    """Set how notices come by e-mail."""
    mine = visit.visitor().id
    before = store.preferences(database.reader(), mine)
    said = {"email": {**before.email, **forms.filled(*GROUPS)}}
    try:
        asked = forms.read(PreferencesRequest(), said)
        database.transact(commands.prefer, account_id=mine, expected=before.version, **asked)
    except Refused as refused:
        refused.fields = {at.removeprefix("/email"): sentence for at, sentence in refused.fields.items()}
        return _preferences(forms.refusal(refused))
    return redirect("/kabar?done=preferences", 303)


@stopping.get("/kabar/berhenti/<token>")
@allow(PUBLIC)
def ask_to_stop(token: str) -> ResponseReturnValue:
    """Ask whether notices are to come by e-mail no more; a program that follows links changes nothing."""
    return forms.page("stop.html", preferences=store.of_stop(database.reader(), token))


@stopping.post("/kabar/berhenti/<token>")
@allow(PUBLIC)
def stop(token: str) -> ResponseReturnValue:
    """Let notices come by e-mail no more."""
    database.transact(commands.stop, token=token)
    return redirect(f"/kabar/berhenti/{token}", 303)


def _reader() -> dict[str, str]:
    visitor = visit.visitor()
    return {"own": visitor.own or "", "account_id": visitor.id}


def _page(after: str | None) -> list[Notice]:
    """Return a page of notices, and the one after them, if there is one."""
    own, mine = visit.visitor().own or "", visit.visitor().id
    return store.page(database.reader(), own=own, account_id=mine, after=after, limit=NOTICES + 1)


def _here() -> str:
    """Return which page of the list this is, as a query."""
    after = request.args.get("after")
    return f"?{urlencode({'after': after})}" if after else ""


def _sentence(notice: Notice) -> str:
    return notice.sentence(say, visit.language())


def _preferences(refused: Refusal | None = None) -> ResponseReturnValue:
    visitor = visit.visitor()
    account, preferences = accounts.get(database.reader(), visitor.id), store.preferences(database.reader(), visitor.id)
    ways = [(way, say(name, to=visit.language())) for way, name in WAYS.items()]
    groups = {group: ABOUT[group] for group in GIVEN.get(visitor.role, GROUPS)}
    said = {"account": account, "groups": groups, "ways": ways, "labels": ABOUT}
    return forms.page("preferences.html", refused, preferences=preferences, **said)
