"""Coming in and going out."""

from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from gateway.account.model import OtpWrong
from gateway.database import database
from gateway.portal import visit
from gateway.session import commands
from gateway.session.model import LoginWrong, OtpNeeded, TooManyTries
from gateway.session.routes import at_the_door
from services.common import settings
from services.common.access import PUBLIC, allow
from services.common.errors import Refused
from services.common.web import limits
from services.reference import clock

OURSELVES = ("localhost", "127.0.0.1", "::1")
HTTPS = "https://"
DONE = {
    "registered": "Your account is open: sign in with the login and the password that you chose.",
    "joined": "You are in the team: sign in to begin.",
    "password": "Your new password holds. Sign in with it; all sessions from before have ended.",
    "factor": "The second code is off, and all sessions have ended. Sign in with your password.",
}

sessions = Blueprint("sessions", __name__)
sessions.after_request(visit.keep_nowhere)


@sessions.get("/masuk")
@allow(PUBLIC)
def ask_to_sign_in() -> str:
    """Ask for login and password."""
    return _asking(visit.our_page(request.args.get("to")))


@sessions.post("/masuk")
@allow(PUBLIC)
@limits.at_most("120/minute", per=limits.ADDRESS)
def sign_in() -> ResponseReturnValue:
    """Begin a session, and go on to where the visitor wanted to go."""
    said = {name: request.form.get(name, "")[:200] for name in ("login", "password", "otp")}
    to = visit.our_page(request.form.get("to"))
    if not _can_be_kept():
        return _asking(to), 403
    try:
        door = at_the_door(**said, device=visit.device())
        cookie, device = commands.enter(database.reader(), said=door, now=clock.now())
    except (LoginWrong, OtpNeeded, OtpWrong) as error:
        return _asking(to, said["login"], error), 401
    except TooManyTries as error:
        return _asking(to, said["login"], error), 429, {"Retry-After": str(error.retry_after_s)}
    return visit.sign_in(make_response(redirect(to, 303)), cookie, device)


@sessions.post("/keluar")
@allow(PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    return visit.sign_out(make_response(redirect("/", 303)))


def _asking(to: str, login: str = "", error: Refused | None = None) -> str:
    is_near = isinstance(error, OtpNeeded | OtpWrong)
    done = DONE.get(request.args.get("done", "")) if error is None else None
    safe = settings.PUBLIC_URL if settings.PUBLIC_URL.startswith(HTTPS) else None
    said = {"refused": error and error.sentence(), "done": done, "otp": is_near}
    return render_template("sign-in.html", to=to, login=login, **said, can_be_kept=_can_be_kept(), safe=safe)


def _can_be_kept() -> bool:
    """Tell whether the browser keeps our cookies: it came over HTTPS, or to this very machine.

    Where a proxy that is not believed stands before us, the browser tells it: it sends Sec-Fetch-Site
    to places that it trusts alone.
    """
    is_trusted = request.is_secure or "Sec-Fetch-Site" in request.headers
    return is_trusted or urlsplit(f"//{request.host}").hostname in OURSELVES
