"""Registrations over HTTP."""

from typing import Any

from gateway.account import model as account_model
from gateway.account.model import Account
from gateway.account.routes import AT
from gateway.database import database
from gateway.registration import commands
from gateway.registration.schemas import EntryView, RegistrationRequest
from services.common.access import allow
from services.common.mongo import new_id
from services.common.tokens import PUBLIC
from services.common.web import limits, words
from services.common.web.blueprint import Blueprint
from services.reference import clock

registrations = Blueprint("registrations", __name__, url_prefix=f"{AT}/v1/registrations")


@registrations.post("")
@allow(PUBLIC)
@limits.at_most("30/minute", "300/day", per=limits.ADDRESS)
@registrations.arguments(RegistrationRequest)
@registrations.response(201, EntryView)
def register(asked: dict[str, Any]) -> Account:
    """Register as a worker, and get an account. The same again within a day is the same registration.

    Whether the registry knows the NIK already makes no difference here; an officer sees to it.
    """
    account_model.check_password(asked["password"], asked["login"])
    begun = database.transact(commands.begin, id=new_id(), now=clock.now(), **asked)
    return commands.finish(begun, reader=words.language())
