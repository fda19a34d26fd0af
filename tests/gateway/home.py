"""Somebody who has come in, and uses their own pages as a browser does."""

from gateway.account import store
from gateway.database import database
from tests.gateway.conftest import PASSWORD, otp
from tests.gateway.showing import Page

OURS = {"Sec-Fetch-Site": "same-origin"}
SESSION = "__Host-begawi"


def come_in(visitor, login, *, agent="", password=PASSWORD):
    form = {"login": login, "password": password, "otp": otp(login)}
    return visitor.post("/masuk", data=form, headers=OURS | {"User-Agent": agent})


class Home:
    def __init__(self, visitor, made, *, agent=""):
        self.visitor, self.id, self.login = visitor, made.id, made.login
        answer = come_in(visitor, made.login, agent=agent)
        assert answer.status_code == 303, answer.text

    @property
    def account(self):
        return store.get(database.reader(), self.id)

    def get(self, path):
        return self.visitor.get(path)

    def page(self, path):
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return Page(answer)

    def post(self, path, **form):
        return self.visitor.post(path, data=form, headers=OURS)

    @property
    def is_inside(self):
        return self.get("/akun").status_code == 200


def led_to(answer):
    """Return where an answer leads, once something was done."""
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]
