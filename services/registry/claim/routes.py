"""Claims over HTTP, for the gateway alone: it asks for somebody who is nobody yet."""

from typing import Any

from services.common.access import actor, allow
from services.common.web.blueprint import Blueprint
from services.reference import clock
from services.registry.claim import commands
from services.registry.claim.model import Address, Claim
from services.registry.claim.schemas import AddressRequest, AddressView, ClaimRequest, ClaimView
from services.registry.database import database

claims = Blueprint("claims", __name__, url_prefix="/v1/claims")


@claims.post("")
@allow("gateway")
@claims.arguments(ClaimRequest)
@claims.response(200, ClaimView)
def check(asked: dict[str, Any]) -> Claim:
    """Check whether somebody is the worker with a NIK. Whatever is wrong gets one answer, and is counted."""
    asked |= {"by": actor().id, "role": actor().role, "today": clock.today(), "now": clock.now()}
    if "worker_id" in asked:
        return database.transact(commands.check_code, **asked).proven()
    return database.transact(commands.check_certificate, **asked).proven()


@claims.post("/addresses")
@allow("gateway")
@claims.arguments(AddressRequest)
@claims.response(200, AddressView)
def find_address(asked: dict[str, Any]) -> Address:
    """Find the e-mail to which a one-time code can be sent."""
    return database.transact(commands.find_address, by=actor().id, role=actor().role, now=clock.now(), **asked)
