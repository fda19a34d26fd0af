"""What can be done to get to the account of a worker who is in the registry already.

The registry is asked over HTTP, so never within a transaction.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gateway import channels
from gateway.account import store as accounts
from gateway.account.model import WORKER, Account
from gateway.claim import store
from gateway.claim.model import (
    BY_LETTER,
    CLAIMING,
    DESK,
    LETTERS_AT_MOST,
    ClaimNotProven,
    DeskCode,
    Proof,
    Wish,
    WorkerHasAccount,
)
from gateway.code import commands as codes
from gateway.code import model as code_model
from gateway.code import store as code_store
from gateway.code.model import CLAIM, LENGTH_ALONE, CodeWrong
from gateway.database import database
from gateway.language import say
from gateway.letter import commands as letters
from gateway.recovery import commands as recoveries
from gateway.recovery.model import SIGNED, Activation
from gateway.registration import commands as entries
from gateway.registration.model import GuardianMissing
from gateway.upstream import Declined, ServiceBroken, Unanswered
from services.common import outbox
from services.common.mongo import Tx
from services.common.seal import fingerprint
from services.common.tokens import Actor

LOG = logging.getLogger(__name__)
WRITING = "claim-letters"  # the periodic work that writes the letters that were wished for


def prove(tx: Tx, *, nik: str, proof: Mapping[str, str], reader: str, now: datetime) -> Proof:
    """Ask the registry whether a claim is proven. A wrong one takes the same steps, whatever is wrong.

    :raises Unanswered: nobody can tell.
    """
    code = proof.get("code")
    said: dict[str, str] = {"nik": nik}
    if code is None:
        said["certificate_number"] = proof["certificate_number"]
    else:
        found = code_store.with_digest(tx, CLAIM, code_model.digest(CLAIM, code), now=now)
        said["worker_id"] = (found.payload or {})["worker_id"] if found else ""
    try:
        claim = entries.ask("/v1/claims", said, reader=reader)
    except Declined as declined:
        if declined.kind != "claim-not-proven":
            raise ServiceBroken from declined
        return Proof(code=code)
    return Proof(worker_id=claim["worker_id"], guardian_needed=claim["guardian_needed"], code=code)


def claim(
    tx: Tx, /, *, id: str, login: str, guardian: Mapping[str, Any] | None, proof: Proof, now: datetime, **said: Any
) -> Account:
    """Create the account of whoever has proven which worker they are.

    :param said: password, language.
    :raises LoginTaken: somebody has the login.
    :raises ClaimNotProven: it is not proven, or the worker has an account.
    :raises GuardianMissing: the worker is under 18.
    """
    entries.check_login(tx, login)
    holder = accounts.with_own(tx, WORKER, proof.worker_id or "")
    if proof.worker_id is None or holder is not None:
        raise ClaimNotProven
    _check_guardian(guardian, needed=proof.guardian_needed)
    if proof.code is not None:
        _use(tx, proof.code, now)
    store.keep_claim(tx, proof.worker_id, account_id=id, now=now)
    return entries.enter(tx, id=id, login=login, own=proof.worker_id, guardian=guardian, now=now, **said)


def open_account(
    tx: Tx,
    /,
    *,
    id: str,
    worker: Mapping[str, Any],
    guardian: Mapping[str, Any] | None,
    by: Actor,
    now: datetime,
    **said: Any,
) -> Activation:
    """Open the account of a worker who stands at the desk, and make the code with which they set its password.

    Of two desks at once that do, one waits and sees then that it was.

    :param worker: as the registry shows them; said: login, language.
    :raises WorkerHasAccount: they need none.
    :raises GuardianMissing: they are under 18.
    :raises LoginTaken: somebody has the login.
    """
    if accounts.with_own(tx, WORKER, worker["id"]) is not None:
        raise WorkerHasAccount
    _check_guardian(guardian, needed=worker["guardian_needed"])
    entries.check_login(tx, said["login"])
    store.keep_claim(tx, worker["id"], account_id=id, now=now)
    entries.enter(tx, id=id, own=worker["id"], guardian=guardian, now=now, **said)
    return recoveries.make_activation(tx, account_id=id, by=by.id, role=by.role, without_totp=False, now=now)


def make_code(tx: Tx, *, worker_id: str, by: str, now: datetime) -> DeskCode:
    """Make a one-time code that an officer hands to a worker; the one that they had is good no more.

    :raises WorkerHasAccount: they need none.
    """
    if accounts.with_own(tx, WORKER, worker_id) is not None:
        raise WorkerHasAccount
    payload = {"worker_id": worker_id}
    code, plain = codes.make(
        tx, purpose=CLAIM, subject=worker_id, by=by, now=now, lives=DESK, payload=payload, length=LENGTH_ALONE
    )
    return DeskCode(code=plain, expires_at=code.expires_at)


def wish(tx: Tx, *, id: str, nik: str, reader: str, now: datetime) -> None:
    """Wish for a code by letter to whoever has the NIK. What comes of it, nobody is told."""
    store.wish(tx, Wish(id=id, nik=nik, mark=fingerprint("wish", nik), language=reader, created_at=now))
    outbox.put(tx, f"gateway.{WRITING}", {}, to="gateway.work")


def write_next(tx: Tx, *, now: datetime) -> int:
    """See to the wish for a letter that is due first; return how many there were: 1 or 0. Not in a transaction."""
    wished = store.next_wish(tx, now)
    if wished is None:
        return 0
    found: Mapping[str, str | None] = {}
    try:
        if store.earlier(tx, wished) < LETTERS_AT_MOST:
            found = entries.ask("/v1/claims/addresses", {"nik": wished.nik}, reader=wished.language)
    except Unanswered as unanswered:
        LOG.warning("wish for a letter waits", extra={"wish": wished.id, "error": type(unanswered).__name__})
        return 1
    database.transact(_write, wished, worker_id=found.get("worker_id"), to=found.get("email"), now=now)
    return 1


def _write(tx: Tx, wished: Wish, *, worker_id: str | None, to: str | None, now: datetime) -> None:
    """Write the letter to a worker who has an e-mail and no account."""
    is_first = store.settle(tx, wished.id)
    if not (is_first and worker_id and to) or accounts.with_own(tx, WORKER, worker_id) is not None:
        return
    # Beside the code of the desk, which a letter that anybody may wish for must not end.
    subject, payload = f"{worker_id} letter", {"worker_id": worker_id}
    _, plain = codes.make(
        tx, purpose=CLAIM, subject=subject, by=None, now=now, lives=BY_LETTER, payload=payload, length=LENGTH_ALONE
    )

    def worded(sentence: str) -> str:
        return say(sentence, to=wished.language).format(code=plain, minutes=BY_LETTER.seconds // 60)

    title, body = worded(CLAIMING.subject), "\n\n".join(map(worded, (*CLAIMING.paragraphs, SIGNED))) + "\n"
    letters.write(tx, id=wished.id, channel=channels.EMAIL, to=to, subject=title, body=body, now=now)


def _check_guardian(guardian: Mapping[str, Any] | None, *, needed: bool) -> None:
    if needed and guardian is None:
        raise GuardianMissing(fields={"/guardian": GuardianMissing.sentence()})


def _use(tx: Tx, code: str, now: datetime) -> None:
    try:
        codes.use(tx, purpose=CLAIM, plain=code, now=now)
    except CodeWrong as wrong:
        raise ClaimNotProven from wrong
