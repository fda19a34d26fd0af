"""Claims over HTTP."""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from gateway import upstream
from gateway.account import model as account_model
from gateway.account import store as accounts
from gateway.account.model import OFFICER, Account
from gateway.account.routes import AT, NOT_KEPT
from gateway.claim import commands, model
from gateway.claim.model import ASKED, DeskCode, WorkerUnknown
from gateway.claim.schemas import ClaimRequest, DeskCodeView, WishRequest, WishView
from gateway.database import database
from gateway.registration.schemas import EntryView
from gateway.upstream import Declined
from services.common.access import actor, allow
from services.common.mongo import new_id
from services.common.tokens import PUBLIC
from services.common.web import idempotency, limits, words
from services.common.web.blueprint import Blueprint
from services.reference import clock

claims = Blueprint("claims", __name__, url_prefix=f"{AT}/v1")


@claims.post("/claims")
@allow(PUBLIC)
@limits.at_most("20/minute", "200/day", per=limits.ADDRESS)
@claims.arguments(ClaimRequest)
@claims.response(201, EntryView)
def claim(asked: dict[str, Any]) -> tuple[Account, int, dict[str, str]]:
    """Get the account of a worker who is in the registry already, by the NIK and one proof.

    Whatever is wrong gets one answer: a NIK that nobody has, a wrong proof, a worker who has an account.
    """
    account_model.check_password(asked["password"], asked["login"])
    nik, proof, now = asked.pop("nik"), asked.pop("proof"), clock.now()
    asked["proof"] = commands.prove(database.reader(), nik=nik, proof=proof, reader=words.language(), now=now)
    return idempotency.create(database, commands.claim, accounts.get, f"{AT}/v1/accounts/{{}}", now=now, **asked)


@claims.post("/claims/letters")
@allow(PUBLIC)
@limits.at_most("10/minute", "100/day", per=limits.ADDRESS)
@claims.arguments(WishRequest)
@claims.response(202, WishView)
def wish(asked: dict[str, Any]) -> dict[str, str]:
    """Wish for a code by letter to the e-mail that the registry knows. The answer is the same for every NIK."""
    database.transact(commands.wish, id=new_id(), reader=words.language(), now=clock.now(), **asked)
    return {"said": words.say(ASKED)}


@claims.post("/workers/<worker_id>/claim-codes")
@allow(OFFICER)
@limits.at_most("30/minute", per=limits.ACTOR)
@claims.response(201, DeskCodeView)
def make_code(worker_id: str) -> tuple[DeskCode, dict[str, str]]:
    """Make a code for the worker who stands at the desk; with their NIK, it opens an account within 14 days."""
    _check(worker_id)
    return database.transact(commands.make_code, worker_id=worker_id, by=actor().id, now=clock.now()), NOT_KEPT


def _check(worker_id: str) -> None:
    """:raises WorkerUnknown: there is no such worker. :raises WorkerWithoutNik: no claim could be proven by a NIK."""
    try:
        path = f"/v1/workers/{quote(worker_id, '')}"
        worker = upstream.read("registry", path, actor=actor(), language=words.language()).body
    except Declined as declined:
        if declined.code == HTTPStatus.NOT_FOUND:
            raise WorkerUnknown(worker_id) from declined
        raise
    model.check_nik(worker)
