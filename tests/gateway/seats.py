"""Somebody of a team who has come in to the portal, with a browser of their own."""

from tests.conftest import app_of
from tests.gateway.conftest import PASSWORD
from tests.gateway.home import OURS


class Seat:
    """Somebody who has come in."""

    def __init__(self, http, made):
        self.http, self.id = http, made.id

    def get(self, path):
        return self.http.get(path)

    def post(self, path, form=None):
        return self.http.post(path, data=form, headers=OURS)

    def invite(self, **said):
        return self.post("/tim/undangan", {"team": "member", "language": "id", **said})


def seating(account):
    """Return what lets somebody of a team come in."""

    def seat(login="mira", team="manager", role="employer", own="pt-1"):
        made, http = account(login, role, own=own, team=team), app_of("gateway").test_client()
        assert http.post("/masuk", data={"login": login, "password": PASSWORD}, headers=OURS).status_code == 303
        return Seat(http, made)

    return seat
