"""What the gateway's examples are about: accounts, a team, a program, and what only their owners know.

A code, a password or a token in an example stands for a good one: for each a recipe says where it comes from.
"""

from dataclasses import replace

import pyotp

from gateway.account import commands as accounts
from gateway.account.model import MANAGER, MEMBER
from gateway.database import database
from services.common.mongo import new_id
from services.reference import clock
from tests.contracts.document import json_body, operations
from tests.gateway.door import code_in, give_email, give_phone, work_on

AT = "/api/identity/v1"
LOGIN, PASSWORD = "petugas", "sungai balangan pagi"  # as the examples have them


class World:
    """Somebody of each kind, and the gateway as each reaches it. there: ids, by the names of parameters."""

    def __init__(self, client, mail, worker_id):
        self._client, self._mail = client, mail
        self.there = {"employer_id": "employer-1", "institution_id": "institution-1", "worker_id": worker_id}
        self.me = self.account(LOGIN, "worker", own="worker-0")
        self.office = self.account("kantor", "admin")
        self.desk = self.account("loket", "officer")
        self.manager = self.account("kepala", "institution", own="institution-1", team=MANAGER)
        self.loner = self.account("sendiri", "institution", own="institution-2", team=MEMBER)
        database.transact(accounts.belong, account_id=self.loner.id, own=None, team=None, now=clock.now())
        self.loner = replace(self.loner, own=None, team=None)
        member = self.account("anggota", "institution", own="institution-1", team=MEMBER)
        self.there["account_id"] = member.id

    def account(self, login, role, own=None, team=None):
        said = {"id": new_id(), "login": login, "password": PASSWORD, "role": role, "own": own, "team": team}
        return database.transact(accounts.create, by="admin", now=clock.now(), **said)

    def everybody(self):
        """Return what is there, and what tokens say of everybody, by role."""
        self.there["client_id"] = self.made(self.office, "POST /clients")["id"]
        asking = {"worker": self.me, "institution": self.manager, "officer": self.desk, "admin": self.office}
        said = {role: {"account": each.id, "own": each.own, "team": each.team} for role, each in asking.items()}
        return self.there, said

    def send(self, account, where, **said):
        """Send the example of an operation, as an account or as anybody, with what is said in its place."""
        http = self._client("gateway", None)
        if account is not None:
            about = {"own": account.own, "account": account.id, "team": account.team}
            http = self._client("gateway", account.role, **about)
        method, _, path = where.partition(" ")
        [found] = [each for verb, at, each in operations("gateway") if (verb, at) == (method.lower(), f"{AT}{path}")]
        body = json_body(found)
        sent = {"json": body["example"] | said} if body else {}
        return http.open(f"{AT}{path}".format(**self.there), method=method, headers={"If-Match": "*"}, **sent)

    def made(self, account, where, **said):
        answer = self.send(account, where, **said)
        assert answer.status_code < 300, answer.text
        return answer.json

    def letter(self):
        """Return the code in the letter that came last."""
        work_on()
        return {"code": code_in(self._mail.letters[-1])}


def _refresh(world):
    return {"refresh_token": world.made(None, "POST /sessions")["refresh_token"]}


def _begin_factor(world):
    secret = world.made(world.me, "POST /accounts/me/totp")["secret"]
    return {"code": pyotp.TOTP(secret).now()}


def _have_factor(world):
    give_phone(world.me)
    return {}


def _activate(world):
    world.there["account_id"] = world.me.id
    made = world.made(world.office, "POST /accounts/{account_id}/activation-codes")
    return {"login": LOGIN, "code": made["code"]}


def _recover(world):
    give_email(world.me)
    world.send(None, "POST /recoveries", login=LOGIN)
    return {"login": LOGIN} | world.letter()


def _confirm(world):
    world.send(world.me, "PUT /accounts/me/email")
    return world.letter()


def _claim(world):
    code = world.made(world.desk, "POST /workers/{worker_id}/claim-codes")["code"]
    return {"proof": {"code": code}}


def _invited(world):
    made = world.made(world.manager, "POST /institutions/{institution_id}/invitations")
    return {"code": made["code"]}


def _client(world):
    world.there["client_id"] = world.made(world.office, "POST /clients")["id"]
    return {}


def _hired(world):
    world.there["account_id"] = world.account("pegawai", "employer", own="employer-1", team=MEMBER).id
    return {}


def _nothing(_):
    return {}


# By operation: who asks, and what makes the example's secrets good.
RECIPES = {
    "POST /sessions": (None, _nothing),
    "POST /sessions/refresh": (None, _refresh),
    "POST /accounts": ("office", _nothing),
    "PATCH /accounts/me": ("me", _nothing),
    "POST /accounts/me/password": ("me", _nothing),
    "POST /accounts/me/totp/confirmation": ("me", _begin_factor),
    "POST /accounts/me/totp/removal": ("me", _have_factor),
    "POST /registrations": (None, _nothing),
    "POST /claims": (None, _claim),
    "POST /claims/letters": (None, _nothing),
    "POST /recoveries": (None, _nothing),
    "POST /recoveries/use": (None, _recover),
    "POST /accounts/{account_id}/activation-codes": ("office", _nothing),
    "POST /activations": (None, _activate),
    "PUT /accounts/me/email": ("me", _nothing),
    "POST /accounts/me/email/confirmation": ("me", _confirm),
    "PATCH /institutions/{institution_id}/members/{account_id}": ("manager", _nothing),
    "PATCH /employers/{employer_id}/members/{account_id}": ("office", _hired),
    "POST /institutions/{institution_id}/invitations": ("manager", _nothing),
    "POST /employers/{employer_id}/invitations": ("office", _nothing),
    "POST /invitations/acceptance": (None, _invited),
    "POST /invitations/acceptance/mine": ("loner", _invited),
    "POST /clients": ("office", _nothing),
    "PATCH /clients/{client_id}": ("office", _client),
    "PUT /notices/preferences": ("me", _nothing),
}
