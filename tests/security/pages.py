"""The portal's routes, as its map of addresses has them, and browsers of people who have come in."""

import re

from gateway.account import commands
from gateway.account.model import GUARDED
from gateway.database import database
from services.reference import clock
from tests.conftest import app_of
from tests.gateway.conftest import PASSWORD, TOTP, otp
from tests.gateway.home import OURS

PORTAL, SESSION = "portal.", "__Host-begawi"
ONE_OF = re.compile(r"<any\((.+?)\):(\w+)>")
# Who gets furthest on a page, by how its address begins; on all others, nobody in particular.
WHO = {
    "/meja": "officer", "/antrean": "officer", "/keterampilan": "officer", "/rilis": "officer", "/akun": "worker",
    "/kabar": "worker", "/keluar": "worker", "/tim": "employer manager", "/program": "employer manager",
    "/lowongan": "employer manager", "/unggah": "institution manager",
}  # fmt: skip


def rules(method):
    """Return the portal's rules for a method."""
    found = app_of("gateway").url_map.iter_rules()
    return [rule for rule in found if rule.endpoint.startswith(PORTAL) and method in rule.methods]


def address(rule, side, **said):
    """Return the address of a page about what is a side's."""
    names = {**side, "number": int(side["number"])}
    names |= {name: ours.split(",")[0].strip("' ") for ours, name in ONE_OF.findall(rule.rule)}
    names |= side.in_team["employer"] if rule.rule.startswith("/tim") else {}
    values = {name: (names | said).get(name, "none") for name in rule.arguments}
    return app_of("gateway").url_map.bind("localhost").build(rule.endpoint, values)


def who(rule):
    return next((name for at, name in WHO.items() if rule.rule.startswith(at)), "nobody")


def browser(account_id):
    """Return a browser of somebody who has come in."""
    account = database.transact(commands.set_password, account_id=account_id, password=PASSWORD, now=clock.now())
    if account.role in GUARDED:
        database.transact(commands.set_totp, account_id=account_id, totp=TOTP)
    made = app_of("gateway").test_client()
    form = {"login": account.login, "password": PASSWORD, "otp": otp(account.login)}
    answer = made.post("/masuk", data=form, headers=OURS)
    assert answer.status_code == 303, answer.text
    return made


def browsers(world):
    """Return browsers of everybody of the side a, of the offices, and of nobody."""
    teams = {" ".join(key): id_ for key, id_ in world.a.accounts.items() if key != "worker"}
    people = teams | world.offices | {"worker": world.a.accounts["worker"]}
    return {"nobody": app_of("gateway").test_client()} | {name: browser(id_) for name, id_ in people.items()}
