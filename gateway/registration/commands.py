"""What can be done with registrations. The registry is asked over HTTP, so never within a transaction."""

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gateway import upstream
from gateway.account import commands as accounts
from gateway.account import model as account_model
from gateway.account import store as account_store
from gateway.account.model import WORKER, Account, LoginTaken
from gateway.database import database
from gateway.recovery import commands as recoveries
from gateway.registration import store
from gateway.registration.model import GuardianMissing, PersonRefused, RegisteredAlready, Registration
from gateway.upstream import Declined, ServiceBroken
from services.common.errors import Refused
from services.common.mongo import Tx, new_id
from services.common.seal import fingerprint
from services.common.tokens import Actor
from services.reference import clock

LOG = logging.getLogger(__name__)
ITSELF = Actor("gateway", "gateway")
UNPROCESSABLE = 422


def begin(
    tx: Tx, /, *, id: str, login: str, password: str, person: Mapping[str, Any], now: datetime, **said: Any
) -> Registration:
    """Begin a registration, or take up the one that the same person began with the same password.

    :param said: language, email, guardian.
    :raises LoginTaken: somebody has the login, or is about to.
    :raises RegisteredAlready: they are registered, under another login.
    """
    login, mark = account_model.fold(login), _mark(password, person, said["guardian"])
    before = store.with_mark(tx, mark)
    if before is not None and before.is_done:
        if before.login != login:
            raise RegisteredAlready
        return before
    check_login(tx, login, but=mark)
    id, created_at = (before.id, before.created_at) if before else (id, now)
    hashed = accounts.HASHER.hash(password)
    begun = Registration(
        id=id, mark=mark, login=login, created_at=created_at, password=hashed, person=dict(person), **said
    )
    store.put(tx, begun)
    return begun


def finish(begun: Registration, *, reader: str) -> Account:
    """Make the worker and then the account, each once however often it is tried.

    :param reader: the language of whoever reads what is refused.
    :raises PersonRefused, GuardianMissing: the registry does not take the person; the registration is over.
    :raises LoginTaken: somebody took the login meanwhile; with another, it goes on.
    :raises Unanswered: it goes on as soon as the registry answers.
    """
    if begun.is_done:
        return account_store.get(database.reader(), begun.id)
    said = {**begun.person, "guardian_consents": begun.guardian is not None}
    try:
        worker = ask("/v1/registrations", said, reader=reader, key=begun.id)
    except Declined as declined:
        database.transact(store.drop, begun.id)
        raise _refusal(declined) from declined
    return database.transact(_open, begun.id, worker_id=worker["id"], now=clock.now())


def resume_next(tx: Tx, *, now: datetime) -> int:
    """Take up the registration that was cut off first; return how many there were: 1 or 0. Not in a transaction."""
    begun = store.take_up(tx, now)
    if begun is None:
        return 0
    try:
        finish(begun, reader=begun.language)
    except Refused as refused:
        LOG.warning("registration waits", extra={"registration": begun.id, "error": type(refused).__name__})
    return 1


def check_login(tx: Tx, login: str, *, but: str = "") -> None:
    """:param but: the mark of the registration that may want it.

    :raises LoginTaken: somebody has the login, or is about to.
    """
    login = account_model.fold(login)
    if account_store.find(tx, login) is not None or store.is_wanted(tx, login, but=but):
        raise LoginTaken(fields={"/login": LoginTaken.sentence()})


def enter(tx: Tx, *, guardian: Mapping[str, Any] | None, now: datetime, **said: Any) -> Account:
    """Create the account of a worker.

    :param said: id, login, password, language, email, own.
    :raises LoginTaken: somebody has the login.
    """
    theirs = account_model.consenting(guardian, now)
    return accounts.create(tx, role=WORKER, by=ITSELF.role, guardian=theirs, now=now, **said)


def ask(path: str, said: Mapping[str, Any], *, reader: str, key: str | None = None) -> Any:
    """Return what the registry answers the gateway itself; raises as `upstream.send` does.

    :param reader: the language of whoever reads what is refused.
    :param key: of a request that makes something. What only asks gets a new one: it may come twice, too.
    """
    key = key or new_id()
    return upstream.send("registry", "POST", path, said, actor=ITSELF, language=reader, key=key).body


def _open(tx: Tx, registration_id: str, *, worker_id: str, now: datetime) -> Account:
    begun = store.get(tx, registration_id)
    if begun.is_done:
        return account_store.get(tx, registration_id)
    said = {"login": begun.login, "language": begun.language, "email": begun.email}
    account = enter(tx, id=begun.id, own=worker_id, guardian=begun.guardian, now=now, **said)
    account = replace(account, password=begun.password)
    account_store.replace(tx, account)
    store.finish(tx, registration_id)
    if account.email:
        recoveries.let_confirm(tx, account, account.email, now)
    return account


def _refusal(declined: Declined) -> Refused:
    """Return what the registry refuses, said of what was sent here."""
    if declined.code != UNPROCESSABLE:
        return ServiceBroken()
    if declined.kind == "guardian-missing":
        return GuardianMissing(fields={"/guardian": GuardianMissing.sentence()})
    return PersonRefused(fields={f"/person{at}": " ".join(said) for at, said in declined.fields.items()})


def _mark(password: str, person: Mapping[str, Any], guardian: Mapping[str, Any] | None) -> str:
    said = [password, person, guardian is not None]
    return fingerprint("registration", json.dumps(said, sort_keys=True))
