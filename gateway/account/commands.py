"""What can be done with accounts. Each change is told to the services: whose it is, and since when its tokens count."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from gateway.account import model, store
from gateway.account.model import GUARDED, Account, Guardian, OtpMandatory, OtpNotBegun, OtpSetUp, OtpWrong
from services import events
from services.common import outbox, standing
from services.common.mongo import Tx

# OWASP's password storage cheat sheet: argon2id with 19 MiB, 2 passes, 1 lane.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODYS = HASHER.hash(secrets.token_hex())
ISSUER = "Begawi"
STEP_S, STEPS = 30, (0, -1, 1)  # RFC 6238: a clock may be one step off
SPARES = 8


def create(
    tx: Tx,
    *,
    id: str,
    login: str,
    role: str,
    own: str | None,
    by: str,
    now: datetime,
    password: str | None = None,
    team: str | None = None,
    language: str = "id",
    email: str | None = None,
    email_confirmed: bool = False,
    guardian: Guardian | None = None,
) -> Account:
    """Create an account; without a password, until somebody sets one with a code.

    :param by: the role of whoever creates it.
    :raises OnlyForAdmins: that role may not.
    :raises OwnMismatched, TeamMismatched: own or team is missing, or stands where it means nothing.
    :raises PasswordTooShort, PasswordBreached: the password is not good enough.
    :raises LoginTaken: another account has the login.
    """
    model.check(role, own, team, by)
    login = model.fold(login)
    if password is not None:
        model.check_password(password, login)
    account = Account(
        id=id,
        version=1,
        login=login,
        password=HASHER.hash(password) if password is not None else None,
        role=role,
        own=own,
        team=team,
        language=language,
        email=email,
        email_confirmed=email_confirmed,
        guardian=guardian,
        created_at=now,
        valid_from=now,
    )
    store.insert(tx, account)
    outbox.changed(tx, events.Membership, {id: 1})
    return account


def set_password(tx: Tx, *, account_id: str, password: str, now: datetime) -> Account:
    """Set a new password, and end what the old one began.

    :raises AccountUnknown: there is no such account.
    :raises PasswordTooShort, PasswordBreached: it is not good enough.
    """
    account = store.claim(tx, account_id)
    model.check_password(password, account.login)
    return _renewed(tx, account, now, password=HASHER.hash(password))


def change_password(tx: Tx, *, account_id: str, old: str, new: str, now: datetime) -> Account:
    """Set a new password for somebody who knows the old one, and end all sessions.

    :raises PasswordWrong: the old one is wrong.
    """
    check_password(store.get(tx, account_id), old)
    return set_password(tx, account_id=account_id, password=new, now=now)


def check_password(account: Account, password: str) -> None:
    """:raises PasswordWrong: it is not the account's."""
    if not matches(account.password or NOBODYS, password):
        raise model.PasswordWrong(fields={"/password": model.PasswordWrong.sentence()})


def matches(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False


def set_email(tx: Tx, *, account_id: str, email: str | None, confirmed: bool, now: datetime) -> Account:  # noqa: ARG001 (all take the time)
    """Set the address that letters go to; None: none."""
    return _changed(tx, store.claim(tx, account_id), email=email, email_confirmed=confirmed)


def set_language(tx: Tx, *, account_id: str, language: str) -> Account:
    return _changed(tx, store.claim(tx, account_id), language=language)


def belong(tx: Tx, *, account_id: str, own: str | None, team: str | None, now: datetime) -> Account:
    """Let an account act for another employer or institution, otherwise than before, or for none any more."""
    return _renewed(tx, store.claim(tx, account_id), now, own=own, team=team)


def disable(tx: Tx, *, account_id: str, now: datetime) -> Account:
    """Let nobody in with this account, and end what it began."""
    return _renewed(tx, store.claim(tx, account_id), now, disabled=True)


def enable(tx: Tx, *, account_id: str, now: datetime) -> Account:
    return _renewed(tx, store.claim(tx, account_id), now, disabled=False)


def begin_totp(tx: Tx, *, account_id: str) -> tuple[str, str]:
    """Return the secret of a second factor and its otpauth URI; it counts once a code confirms it.

    :raises OtpSetUp: there is one.
    """
    account = store.claim(tx, account_id)
    if account.totp is not None:
        raise OtpSetUp
    fresh = pyotp.random_base32()
    _changed(tx, account, totp_begun=fresh)
    return fresh, totp_uri(account.login, fresh)


def totp_uri(login: str, secret: str) -> str:
    """Return the address by which an authenticator app takes a secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def confirm_totp(tx: Tx, *, account_id: str, code: str, now: datetime) -> list[str]:
    """Let the second factor count from now on, and return the spare codes, each good once.

    :raises OtpNotBegun: none was begun.
    :raises OtpWrong: the code is not of its secret.
    """
    account = store.claim(tx, account_id)
    if account.totp_begun is None:
        raise OtpNotBegun
    step = _step(account.totp_begun, code, now)
    spares = [secrets.token_hex(5) for _ in range(SPARES)]
    begun = {"totp": account.totp_begun, "totp_begun": None, "totp_step": step}
    _changed(tx, account, spares=tuple(map(model.digest, spares)), **begun)
    return spares


def set_totp(tx: Tx, *, account_id: str, totp: str) -> Account:
    """Set a second factor whose secret was handed over otherwise."""
    return _changed(tx, store.claim(tx, account_id), totp=totp, totp_begun=None, totp_step=0)


def remove_totp(tx: Tx, *, account_id: str, now: datetime, by_admin: bool = False) -> Account:
    """Take the second factor off, after a loss.

    :raises OtpMandatory: an officer or administrator does that to their own.
    """
    account = store.claim(tx, account_id)
    if account.role in GUARDED and not by_admin:
        raise OtpMandatory
    return _renewed(tx, account, now, totp=None, totp_begun=None, totp_step=0, spares=())


def use_otp(tx: Tx, account: Account, code: str, now: datetime) -> None:
    """Take a one-time code or a spare code, once.

    :raises OtpWrong: it is neither, or was used.
    """
    said = code.replace(" ", "").replace("-", "").casefold()
    if store.use_spare(tx, account.id, model.digest(said)):
        return
    if not store.use_step(tx, account.id, _step(account.totp or "", said, now)):
        raise OtpWrong(fields={"/otp": OtpWrong.sentence()})


def _step(secret: str, code: str, now: datetime) -> int:
    """Return the time step of a code (RFC 6238)."""
    current = int(now.timestamp()) // STEP_S
    totp = pyotp.TOTP(secret)
    for step in (current + off for off in STEPS):
        if pyotp.utils.strings_equal(totp.generate_otp(step), code.strip()):
            return step
    raise OtpWrong(fields={"/otp": OtpWrong.sentence()})


def _renewed(tx: Tx, account: Account, now: datetime, **said: Any) -> Account:
    """Change an account so that tokens and sessions from before do not count any more."""
    (standing.end if said.get("disabled") else standing.renew)(tx, account.id, now)
    return _changed(tx, account, valid_from=now, **said)


def _changed(tx: Tx, account: Account, **said: Any) -> Account:
    changed = replace(account, **said)
    store.replace(tx, changed)
    outbox.changed(tx, events.Membership, {account.id: changed.version})
    return changed
