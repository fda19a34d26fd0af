"""A visit to the portal: who it is, in which language, and whether a form was really ours."""

import re
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from gateway.database import database
from gateway.session import commands
from gateway.session.model import DEVICE, VISIT, SessionOver
from services.common import access, acts
from services.common.access import NOBODY, Actor
from services.common.web import words
from services.reference import clock

# __Host-: only over HTTPS (or to this machine itself), for this host alone, and nobody below it may set it.
SESSION, DEVICE_COOKIE, LANGUAGE = "__Host-begawi", "__Host-perangkat", "bahasa"
YEAR_S = 365 * 24 * 3600
OUR_PAGE = re.compile(r"/(?:[\w-]+(?:/[\w-]+)*/?)?")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    # With no-referrer, as the API has it, browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def begin() -> None:
    """Find out who visits; a session that is over makes a visitor of them. Before each request."""
    g.language = _language()
    g.visitor, g.session_id = NOBODY, None
    if SESSION not in request.cookies:
        return
    try:
        account, session = commands.visitor(database.reader(), cookie=request.cookies[SESSION], now=clock.now())
    except SessionOver:
        return
    g.visitor, g.session_id = commands.who(account, session), session.id
    acts.bind(access.doing(g.visitor))


def end(answer: Response) -> Response:
    """Shut in what the page may load and do; keep a language that was chosen. After each request."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers["Vary"] = "Cookie, Accept-Language, Authorization"
    if request.args.get("lang") == language():
        answer.set_cookie(LANGUAGE, language(), max_age=YEAR_S, secure=request.is_secure, httponly=True, samesite="Lax")
    return answer


def inside(noun: str) -> Blueprint:
    """Return the place for pages of a noun that are for those who have signed in, and that no cache keeps."""
    made = Blueprint(noun, __name__)
    made.before_request(ask_to_sign_in)
    made.after_request(keep_nowhere)
    return made


def ask_to_sign_in() -> ResponseReturnValue | None:
    """Send a stranger to the door, and from there back to the page. Before each request."""
    return redirect(f"/masuk?to={request.path}", 303) if visitor() is NOBODY else None


def keep_nowhere(answer: Response) -> Response:
    """Let no cache keep the page: it shows people. After each request."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def visitor() -> Actor:
    found: Actor = g.get("visitor", NOBODY)  # a request that was refused before it is known who asks
    return found


def language() -> str:
    found: str = g.get("language") or _language()
    return found


def sign_in(answer: Response, cookie: str, device: str) -> Response:
    """Let the browser keep the session, and that it is known here."""
    for name, value, lives in ((SESSION, cookie, VISIT), (DEVICE_COOKIE, device, DEVICE)):
        answer.set_cookie(name, value, max_age=lives, httponly=True, samesite="Strict", secure=True)
    return answer


def counted() -> str | None:
    """Return as whom a visitor's tries are counted, before it is known who they are: `per=visit.counted`."""
    return request.cookies.get(SESSION)


def device() -> str | None:
    """Return by what the browser is known, if it is."""
    return request.cookies.get(DEVICE_COOKIE)


def sign_out(answer: Response) -> Response:
    if g.session_id:
        database.transact(commands.leave, session_id=g.session_id, now=clock.now())
    answer.delete_cookie(SESSION, httponly=True, samesite="Strict", secure=True)
    return answer


def refuse_foreign_forms() -> None:
    """Refuse a form that another site sent, by what the browser says of where it comes from.

    Browsers send Sec-Fetch-Site over HTTPS, Origin with every form; old ones Referer alone.

    :raises Forbidden: it comes from elsewhere, or from nowhere.
    """
    if request.method != "POST":
        return
    site = request.headers.get("Sec-Fetch-Site")
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    is_ours = site in {"same-origin", "none"} if site else urlsplit(said).netloc == request.host
    if not is_ours:
        raise Forbidden


def our_page(asked: str | None) -> str:
    """Return the page to go on to; the first one where another site is asked for."""
    return asked if asked and OUR_PAGE.fullmatch(asked) and "//" not in asked else "/"


def _language() -> str:
    for said in (request.args.get("lang"), request.cookies.get(LANGUAGE)):
        if said in words.LANGUAGES:
            return said
    return words.language()
