"""Recoveries over HTTP."""

from typing import Any

from gateway.account.model import ADMIN, OFFICER, ROLES
from gateway.database import database
from gateway.recovery import commands
from gateway.recovery.model import Activation
from gateway.recovery.schemas import (
    ActivationRequest,
    ActivationView,
    AddressConfirmation,
    AddressRequest,
    DeviceView,
    NewPassword,
    RecoveryRequest,
)
from services.common.access import actor, allow
from services.common.mongo import new_id
from services.common.tokens import PUBLIC
from services.common.web import limits
from services.common.web.blueprint import Blueprint
from services.reference import clock

NOT_KEPT = {"Cache-Control": "no-store"}
MINE = "/accounts/me/email"

recoveries = Blueprint("recoveries", __name__, url_prefix="/api/identity/v1")


@recoveries.post("/recoveries")
@allow(PUBLIC)
@limits.at_most("20/minute", "200/day", per=limits.ADDRESS)
@limits.at_most("6/hour", per=limits.said("login"))
@recoveries.arguments(RecoveryRequest)
@recoveries.response(202)
def ask(asked: dict[str, Any]) -> None:
    """Ask for a code by e-mail. The answer is the same whether there is such an account or not."""
    database.transact(commands.ask, id=new_id(), **asked)


@recoveries.post("/recoveries/use")
@allow(PUBLIC)
@limits.at_most("20/minute", "200/day", per=limits.ADDRESS)
@recoveries.arguments(NewPassword)
@recoveries.response(200, DeviceView)
def recover(asked: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Set a new password with a code that came by e-mail. All sessions end; a second factor stays."""
    return {"device": database.transact(commands.recover, now=clock.now(), **asked)}, NOT_KEPT


@recoveries.post("/accounts/<account_id>/activation-codes")
@allow(OFFICER, ADMIN)
@limits.at_most("30/minute", per=limits.ACTOR)
@recoveries.arguments(ActivationRequest)
@recoveries.response(201, ActivationView)
def make_activation(asked: dict[str, Any], account_id: str) -> tuple[Activation, dict[str, str]]:
    """Make a code at the desk with which the owner of an account sets a new password. It is shown this once."""
    asked |= {"account_id": account_id, "by": actor().id, "role": actor().role}
    return database.transact(commands.make_activation, now=clock.now(), **asked), NOT_KEPT


@recoveries.post("/activations")
@allow(PUBLIC)
@limits.at_most("20/minute", "500/day", per=limits.ADDRESS)  # an office has one
@recoveries.arguments(NewPassword)
@recoveries.response(200, DeviceView)
def activate(asked: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Set a new password with a code of the desk. All sessions end."""
    return {"device": database.transact(commands.activate, now=clock.now(), **asked)}, NOT_KEPT


@recoveries.put(MINE)
@allow(*ROLES)
@limits.at_most("6/hour", "20/day", per=limits.ACTOR)
@recoveries.arguments(AddressRequest)
@recoveries.response(202)
def enter_email(asked: dict[str, Any]) -> None:
    """Enter an e-mail address. A code goes there; the address is yours once you send it back."""
    database.transact(commands.enter_email, account_id=actor().id, now=clock.now(), **asked)


@recoveries.post(f"{MINE}/confirmation")
@allow(*ROLES)
@limits.at_most("10/minute", per=limits.ACTOR)
@recoveries.arguments(AddressConfirmation)
@recoveries.response(204)
def confirm_email(asked: dict[str, Any]) -> None:
    """Confirm an e-mail address with the code that went there."""
    database.transact(commands.confirm_email, account_id=actor().id, now=clock.now(), **asked)


@recoveries.delete(MINE)
@allow(*ROLES)
@recoveries.response(204)
def remove_email() -> None:
    """Remove the e-mail address. The account can be recovered at the desk alone then."""
    database.transact(commands.remove_email, account_id=actor().id, now=clock.now())
