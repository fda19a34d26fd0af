"""Teams of an employer or an institution, and those who are in them."""

from gateway.account import store as accounts
from gateway.database import database

AT = "/api/identity/v1"
PT, LPK = f"{AT}/employers/pt-1", f"{AT}/institutions/lpk-1"
ACCEPTANCE = f"{AT}/invitations/acceptance"
NISA = {"login": "nisa", "password": "sungai balangan sore"}


class Team:
    """The team of the employer pt-1, as `client` and `account` of the fixtures make it."""

    def __init__(self, client, account):
        self._client, self._account = client, account

    def joined(self, login, team="manager", role="employer", own="pt-1"):
        """Make somebody of the team, and return them."""
        made = self._account(login, role, own=own, team=team)
        return Someone(made, self._client("gateway", role, own=own, account=made.id, team=team))


class Someone:
    def __init__(self, account, http):
        self.id, self.login, self.http = account.id, account.login, http

    @property
    def stands(self):
        """How the account stands now: whose it is, and what it may do there."""
        found = accounts.get(database.reader(), self.id)
        return found.own, found.team


def inviting(somebody):
    """Return what invites, and returns what is answered."""

    def invite(team="member", by=somebody.http, at=PT, **said):
        answer = by.post(f"{at}/invitations", json={"team": team} | said)
        assert answer.status_code == 201, answer.text
        return answer

    return invite


def accepting(visitor):
    """Return what accepts an invitation by its code."""
    return lambda code, **said: visitor.post(ACCEPTANCE, json=NISA | {"code": code} | said)
