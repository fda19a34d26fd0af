"""What comes to people who stand before the door: letters, and the codes in them."""

import re

from gateway.account import commands as accounts
from gateway.database import database
from gateway.work import JOBS
from services.common import work
from services.reference import clock
from tests.gateway.conftest import TOTP
from tests.gateway.noticing import send_all
from tests.gateway.showing import Page

CODE = re.compile(r"\b(?:[2-9A-HJKMNP-Z]{4}-){2,4}[2-9A-HJKMNP-Z]{4}\b")
NEW = "sungai barito pagi"


def work_on():
    """Let the work process do what was asked of it, and send what it wrote."""
    handle = work.handlers(database, jobs=JOBS, periodic={})
    for row in database.reader().db.facts.find({"name": {"$in": list(handle)}}).sort("_id"):
        handle[row["name"]](event_id=row["_id"], payload=row["payload"])
        database.reader().db.facts.delete_one({"_id": row["_id"]})
    send_all()


def code_in(letter):
    return CODE.search(letter.get_content()).group()


def code_on(page):
    """Return the one code that a page shows."""
    (code,) = CODE.findall(Page(page).text)
    return code


def give_email(account, email="rumah@contoh.id", *, confirmed=True):
    """Give an account an address, as if it had been confirmed."""
    database.transact(accounts.set_email, account_id=account.id, email=email, confirmed=confirmed, now=clock.now())


def give_phone(account):
    """Give an account a second factor."""
    database.transact(accounts.set_totp, account_id=account.id, totp=TOTP)


def everything_kept():
    """Return what lies in the gateway's database, as text."""
    db = database.reader().db
    return repr([list(db[name].find()) for name in db.list_collection_names() if name != "data_keys"])
