"""Coming in and going out."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from gateway.database import database
from gateway.identity import commands
from gateway.identity.model import LoginWrong
from gateway.portal import visit
from services.common.access import PUBLIC, allow
from services.reference import clock

sessions = Blueprint("sessions", __name__)


@sessions.get("/masuk")
@allow(PUBLIC)
def ask_to_sign_in() -> str:
    """Ask for login and password."""
    return render_template("sign-in.html", to=visit.our_page(request.args.get("to")))


@sessions.post("/masuk")
@allow(PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Begin a session, and go on to where the visitor wanted to go."""
    login, password = request.form.get("login", "")[:200], request.form.get("password", "")[:200]
    to = visit.our_page(request.form.get("to"))
    try:
        cookie = commands.enter(database.reader(), login=login, password=password, now=clock.now())
    except LoginWrong as error:
        return render_template("sign-in.html", to=to, login=login, refused=error.sentence()), 401
    return visit.sign_in(make_response(redirect(to, 303)), cookie)


@sessions.post("/keluar")
@allow(PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    return visit.sign_out(make_response(redirect("/", 303)))
