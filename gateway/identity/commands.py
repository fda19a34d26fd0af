"""What can be done with accounts and sessions.

Those of sessions run without a transaction: each is one write, and a session that is
ended because its token was stolen must stay ended although the request is refused.
"""

import secrets
from dataclasses import replace
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from gateway import keys
from gateway.identity import model, store
from gateway.identity.model import REFRESH, VISIT, Account, LoginWrong, Pair, Session, SessionOver
from services.common.mongo import Tx

# OWASP's password storage cheat sheet: argon2id with 19 MiB, 2 passes, 1 lane.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODYS = HASHER.hash(secrets.token_hex())


def create(
    tx: Tx, *, id: str, login: str, password: str, role: str, own: str | None, by: str, now: datetime
) -> Account:
    """Create an account.

    :param by: the role of whoever creates it.
    :raises OnlyForAdmins: that role may not.
    :raises OwnMismatched: own is missing, or stands where it means nothing.
    :raises LoginTaken: another account has the login.
    """
    model.check(role, own, by)
    login, password = model.fold(login), HASHER.hash(password)
    account = Account(id=id, version=1, login=login, password=password, role=role, own=own, created_at=now)
    store.insert(tx, account)
    return account


def reset(tx: Tx, *, account_id: str, password: str) -> None:
    """Set a new password, and end the sessions that the old one began.

    :raises AccountUnknown: there is no such account.
    """
    store.set_password(tx, account_id, HASHER.hash(password))


def sign_in(tx: Tx, *, login: str, password: str, now: datetime) -> Pair:
    """Begin a session of the API.

    :raises LoginWrong: the login or the password is wrong, or the account is disabled.
    """
    account = _known(tx, login, password)
    stem, turn = _secret(), _secret()
    session = _session(account, stem, turn, now)
    store.begin(tx, session)
    return _pair(account, session, f"{stem}.{turn}", now)


def refresh(tx: Tx, *, refresh_token: str, now: datetime) -> Pair:
    """Give a new pair for a refresh token, which is dead then; one that is dead already ends the session.

    :raises SessionOver: the token is dead or unknown, or its account is disabled.
    """
    stem, _, turn = refresh_token.partition(".")
    before = store.session(tx, model.digest(stem), now=now)
    if before is None or before.turn is None:
        raise SessionOver
    account, next_turn = store.get(tx, before.account_id), _secret()
    shown, session = replace(before, turn=model.digest(turn)), _session(account, stem, next_turn, now)
    if account.disabled or not store.turn(tx, shown, now=now, session=session):
        store.end(tx, before.id)
        raise SessionOver
    return _pair(account, session, f"{stem}.{next_turn}", now)


def enter(tx: Tx, *, login: str, password: str, now: datetime) -> str:
    """Begin a session of the portal, and return its cookie.

    :raises LoginWrong: the login or the password is wrong, or the account is disabled.
    """
    account, cookie = _known(tx, login, password), _secret()
    store.begin(tx, Session(id=model.digest(cookie), account_id=account.id, turn=None, ends_at=now + VISIT))
    return cookie


def visitor(tx: Tx, *, cookie: str, now: datetime) -> tuple[Account, Session]:
    """Return whose session of the portal a cookie shows.

    :raises SessionOver: it is over, unknown, or its account is disabled.
    """
    session = store.session(tx, model.digest(cookie), now=now)
    if session is None or session.turn is not None:
        raise SessionOver
    account = store.get(tx, session.account_id)
    if account.disabled:
        raise SessionOver
    return account, session


def leave(tx: Tx, *, session_id: str) -> None:
    """End a session; one that is over stays so."""
    store.end(tx, session_id)


def _known(tx: Tx, login: str, password: str) -> Account:
    """Return the account, after the same work whether it exists or not."""
    account = store.find(tx, model.fold(login))
    is_right = _matches(account.password if account else NOBODYS, password)
    if account is None or account.disabled or not is_right:
        raise LoginWrong
    return account


def _matches(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False


def _session(account: Account, stem: str, turn: str, now: datetime) -> Session:
    ids = {"id": model.digest(stem), "account_id": account.id, "turn": model.digest(turn)}
    return Session(**ids, ends_at=now + REFRESH)


def _pair(account: Account, session: Session, refresh_token: str, now: datetime) -> Pair:
    access_token = keys.sign(account.claims(session.id, now))
    return Pair(access_token=access_token, refresh_token=refresh_token, role=account.role)


def _secret() -> str:
    return secrets.token_urlsafe(32)
