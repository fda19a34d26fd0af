"""What can be done with sessions.

They run without a transaction: each is one write, and a session that is ended because
its token was stolen must stay ended although the request is refused.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gateway import keys
from gateway.account import commands as accounts
from gateway.account import model as account_model
from gateway.account import store as account_store
from gateway.account.model import Account, OtpWrong
from gateway.session import model, store
from gateway.session.model import (
    ACCESS,
    ALL,
    DEVICE,
    KNOWN,
    NEAR,
    REFRESH,
    VISIT,
    LoginWrong,
    OtpNeeded,
    Pair,
    Session,
    SessionOver,
    SessionUnknown,
    TooManyTries,
    Try,
)
from services.common import standing
from services.common.mongo import Tx
from services.common.tokens import Actor


def sign_in(tx: Tx, *, said: Try, now: datetime) -> Pair:
    """Begin a session of the API.

    :raises LoginWrong: the login or the password is wrong, or the account is disabled.
    :raises OtpNeeded, OtpWrong: the account has a second factor.
    :raises TooManyTries: whoever asks must wait.
    """
    account, device = _known(tx, said, now)
    stem, turn = account_model.secret(), account_model.secret()
    session = _begun(tx, account, said, now, secret=stem, turn=account_model.digest(turn))
    return _pair(account, session, f"{stem}.{turn}", now, device)


def enter(tx: Tx, *, said: Try, now: datetime) -> tuple[str, str]:
    """Begin a session of the portal, and return its cookie and the one by which the browser is known; raises alike."""
    account, device = _known(tx, said, now)
    cookie = account_model.secret()
    _begun(tx, account, said, now, secret=cookie, turn=None)
    return cookie, device


def refresh(tx: Tx, *, refresh_token: str, now: datetime) -> Pair:
    """Give a new pair for a refresh token, which is dead then; one that is dead already ends the session.

    :raises SessionOver: the token is dead or unknown, or its account is disabled.
    """
    stem, _, turn = refresh_token.partition(".")
    before = store.session(tx, account_model.digest(stem), now=now)
    if before is None or before.turn is None:
        raise SessionOver
    account, next_turn = account_store.get(tx, before.account_id), account_model.secret()
    shown = replace(before, turn=account_model.digest(turn))
    session = replace(before, turn=account_model.digest(next_turn), seen_at=now, ends_at=now + REFRESH)
    if not _counts(account, before) or not store.turn(tx, shown, now=now, session=session):
        leave(tx, session_id=before.id, now=now)
        store.note(tx, account, "session.ended", before.id)
        raise SessionOver
    return _pair(account, session, f"{stem}.{next_turn}", now, None)


def visitor(tx: Tx, *, cookie: str, now: datetime) -> tuple[Account, Session]:
    """Return whose session of the portal a cookie shows.

    :raises SessionOver: it is over, unknown, or its account is disabled.
    """
    session = store.session(tx, account_model.digest(cookie), now=now)
    if session is None or session.turn is not None:
        raise SessionOver
    account = account_store.get(tx, session.account_id)
    if not _counts(account, session):
        raise SessionOver
    return account, session


def leave(tx: Tx, *, session_id: str, now: datetime) -> None:
    """End a session, and the tokens that it gave; one that is over stays so."""
    store.end(tx, session_id)
    standing.end(tx, session_id, now)


def end(tx: Tx, *, account: Account, session_id: str, now: datetime) -> None:
    """End a session of an account.

    :raises SessionUnknown: it is somebody else's, or over.
    """
    if session_id not in {each.id for each in of_account(tx, account, now=now)}:
        raise SessionUnknown(session_id)
    leave(tx, session_id=session_id, now=now)


def end_others(tx: Tx, *, account: Account, but: str | None, now: datetime) -> None:
    """End all sessions of an account but the one from which that is asked."""
    for each in of_account(tx, account, now=now):
        if each.id != but:
            leave(tx, session_id=each.id, now=now)


def of_account(tx: Tx, account: Account, *, now: datetime) -> list[Session]:
    return store.of_account(tx, account.id, since=account.valid_from, now=now)


def who(account: Account, session: Session) -> Actor:
    """Return who asks in a session."""
    return Actor(account.id, account.acting_role, account.own, session.id, account.team)


def claims(account: Account, session: Session, now: datetime) -> Mapping[str, Any]:
    """Return what an access token says."""
    times = {"iat": now.timestamp(), "exp": int((now + ACCESS).timestamp())}
    return {**who(account, session).claims(), "aud": "gateway", **times}


def _counts(account: Account, session: Session) -> bool:
    return not account.disabled and session.began_at >= account.valid_from


def _known(tx: Tx, said: Try, now: datetime) -> tuple[Account, str]:
    """Return the account, and the secret by which the browser or phone is known, after the same work for anybody."""
    login = account_model.fold(said.login)
    account = account_store.find(tx, login)
    digest = account_model.digest(said.device or "")
    is_known = account is not None and store.device_owner(tx, digest, now=now) == account.id
    counted = f"{login} {digest}" if is_known else f"{login} {said.address}"
    _count(tx, {counted: KNOWN} if is_known else {counted: NEAR, login: ALL}, now)
    account = _proven(tx, account, said, now)
    store.forget_tries(tx, counted)
    device = said.device if is_known and said.device else account_model.secret()
    store.know_device(tx, account_model.digest(device), account.id, now + DEVICE)
    return account, device


def _count(tx: Tx, bounds: Mapping[str, model.Bound], now: datetime) -> None:
    waits = [wait for whose, bound in bounds.items() if (wait := store.count_try(tx, whose, bound, now))]
    if waits:
        raise TooManyTries(retry_after_s=max(waits))


def _proven(tx: Tx, account: Account | None, said: Try, now: datetime) -> Account:
    hashed = account.password if account and account.password else accounts.NOBODYS
    is_right = accounts.matches(hashed, said.password)
    if account is None or account.disabled or not is_right:
        if account is not None:
            store.note(tx, account, "session.refused")
        raise LoginWrong
    if account.has_totp:
        _check_otp(tx, account, said.otp, now)
    return account


def _check_otp(tx: Tx, account: Account, otp: str | None, now: datetime) -> None:
    if not otp:
        raise OtpNeeded
    try:
        accounts.use_otp(tx, account, otp, now)
    except OtpWrong:
        store.note(tx, account, "session.refused")
        raise


def _begun(tx: Tx, account: Account, said: Try, now: datetime, *, secret: str, turn: str | None) -> Session:
    client = "".join(sign for sign in said.agent if sign.isprintable())[: model.SHOWN_CLIENT]
    session = Session(
        id=account_model.digest(secret),
        account_id=account.id,
        turn=turn,
        client=client,
        began_at=now,
        seen_at=now,
        ends_at=now + (VISIT if turn is None else REFRESH),
    )
    store.begin(tx, session)
    store.note(tx, account, "session.begun", session.id)
    return session


def _pair(account: Account, session: Session, refresh_token: str, now: datetime, device: str | None) -> Pair:
    access_token = keys.sign(claims(account, session, now))
    return Pair(access_token=access_token, refresh_token=refresh_token, role=account.acting_role, device=device)
