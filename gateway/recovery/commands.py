"""What can be done by whoever cannot come in, and by the desk for them."""

from datetime import datetime

from gateway import channels
from gateway.account import commands as accounts
from gateway.account import model as account_model
from gateway.account import store as account_store
from gateway.account.model import Account
from gateway.code import commands as codes
from gateway.code.model import ACTIVATION, EMAIL, RECOVERY, Code, CodeWrong
from gateway.language import say
from gateway.letter import commands as letters
from gateway.recovery import model, store
from gateway.recovery.model import LIVES, Activation, Text
from gateway.session import store as session_store
from gateway.session.model import DEVICE
from services.common import work
from services.common.mongo import Tx, new_id
from services.common.work import Chunk, Job
from services.reference import clock

ASKED = "recovery.asked"  # the work behind a recovery that somebody asks for
NOBODY = ""


def ask(tx: Tx, *, id: str, login: str) -> None:
    """Let a letter go out to the account of a login.

    The same is written whether there is such an account or not: whoever asks cannot tell by the
    time it takes. Whatever differs is done behind.
    """
    account = account_store.find(tx, account_model.fold(login))
    work.start(tx, "gateway", ASKED, id=id, subject=account.id if account else NOBODY, owner=NOBODY, total=1)


def answer(tx: Tx, job: Job) -> Chunk:
    """Send the letter that was asked for, if somebody is there to get it."""
    account = account_store.get(tx, job.subject) if job.subject != NOBODY else None
    if account and account.email and account.email_confirmed and not account.disabled:
        now = clock.now()
        _, plain = _make(tx, RECOVERY, account, by=None, now=now)
        minutes = LIVES[RECOVERY].seconds // 60
        _write(tx, account, account.email, model.RECOVERING, now, code=plain, minutes=minutes)
    return Chunk(done=1, end=True)


def recover(tx: Tx, *, login: str, code: str, password: str, now: datetime) -> str:
    """Set a new password with a code that came by letter, and return what to say as device. A second factor stays.

    :raises PasswordTooShort, PasswordBreached: the password is not good enough.
    :raises CodeWrong: the login or the code is wrong.
    """
    account, _ = _open(tx, RECOVERY, login=login, code=code, password=password, now=now)
    store.record(tx, account, "recovery.used")
    return _known(tx, account, now)


def make_activation(tx: Tx, *, account_id: str, by: str, role: str, without_totp: bool, now: datetime) -> Activation:
    """Make a code that the desk hands to the owner of an account, and tell them so by e-mail.

    :param by: who makes it, and `role` as what.
    :raises AccountUnknown: there is no such account.
    :raises NotYourself, OfTheOffice: they may not.
    """
    account = account_store.get(tx, account_id)
    model.check(account, by=by, role=role)
    code, plain = _make(tx, ACTIVATION, account, by=by, now=now, without_totp=without_totp)
    _tell(tx, account, model.HELPED_WITHOUT_TOTP if without_totp else model.HELPED, now)
    return Activation(login=account.login, code=plain, expires_at=code.expires_at, without_totp=without_totp)


def activate(tx: Tx, *, login: str, code: str, password: str, now: datetime) -> str:
    """Set a new password with a code of the desk, and remove the second factor if the desk said so; return as above.

    :raises PasswordTooShort, PasswordBreached: the password is not good enough.
    :raises CodeWrong: the login or the code is wrong.
    """
    account, used = _open(tx, ACTIVATION, login=login, code=code, password=password, now=now)
    without_totp = bool((used.payload or {}).get("without_totp"))
    if without_totp:
        accounts.remove_totp(tx, account_id=account.id, now=now, by_admin=True)  # whoever might not made no such code
    made = {"made_by": used.made_by, "without_totp": without_totp}
    store.record(tx, account, "activation.used", **made)
    return _known(tx, account, now)


def enter_email(tx: Tx, *, account_id: str, email: str, password: str, now: datetime) -> None:
    """Send a code to an address that is to become the account's, and tell the one it has.

    :raises PasswordWrong: it is not the account's.
    """
    account = account_store.get(tx, account_id)
    accounts.check_password(account, password)
    let_confirm(tx, account, email, now)
    _tell(tx, account, model.CHANGING, now)


def let_confirm(tx: Tx, account: Account, email: str, now: datetime) -> None:
    """Send a code to an address, with which it becomes the account's."""
    _, plain = _make(tx, EMAIL, account, by=account.id, now=now, email=email)
    _write(tx, account, email, model.CONFIRMING, now, code=plain, hours=LIVES[EMAIL].days * 24)


def confirm_email(tx: Tx, *, account_id: str, code: str, now: datetime) -> None:
    """Make the address to which the code went the account's.

    :raises CodeWrong: the code is wrong.
    """
    used = codes.use(tx, purpose=EMAIL, plain=code, subject=account_id, now=now)
    codes.withdraw(tx, purpose=RECOVERY, subject=account_id)  # it went to the address before
    email = (used.payload or {})["email"]
    accounts.set_email(tx, account_id=account_id, email=email, confirmed=True, now=now)


def remove_email(tx: Tx, *, account_id: str, now: datetime) -> None:
    """Remove the account's address, and one that was only entered; tell the one that goes."""
    account = account_store.get(tx, account_id)
    _tell(tx, account, model.REMOVED, now)
    for purpose in (EMAIL, RECOVERY):
        codes.withdraw(tx, purpose=purpose, subject=account_id)
    accounts.set_email(tx, account_id=account_id, email=None, confirmed=False, now=now)


def _make(
    tx: Tx, purpose: str, account: Account, *, by: str | None, now: datetime, **payload: object
) -> tuple[Code, str]:
    said = payload or None
    return codes.make(tx, purpose=purpose, subject=account.id, by=by, now=now, lives=LIVES[purpose], payload=said)


def _open(tx: Tx, purpose: str, *, login: str, code: str, password: str, now: datetime) -> tuple[Account, Code]:
    """Use a code up for a new password; no other code sets one after that."""
    account_model.check_password(password, login)  # first, so that it says the same whether there is an account or not
    account = account_store.find(tx, account_model.fold(login))
    subject = account.id if account and not account.disabled else NOBODY
    used = codes.use(tx, purpose=purpose, plain=code, subject=subject, now=now)
    if account is None:
        raise CodeWrong
    for other in (ACTIVATION, RECOVERY):
        codes.withdraw(tx, purpose=other, subject=account.id)
    accounts.set_password(tx, account_id=account.id, password=password, now=now)
    return account, used


def _known(tx: Tx, account: Account, now: datetime) -> str:
    """Let the owner sign in from here, however often others tried meanwhile; return the secret that shows it."""
    device = account_model.secret()
    session_store.know_device(tx, account_model.digest(device), account.id, now + DEVICE)
    return device


def _tell(tx: Tx, account: Account, text: Text, now: datetime) -> None:
    """Write to the account's confirmed address, if it has one."""
    if account.email and account.email_confirmed:
        _write(tx, account, account.email, text, now)


def _write(tx: Tx, account: Account, to: str, text: Text, now: datetime, **said: object) -> None:
    """Write a letter that names the account by its login, since a family may share an address; and nobody by name."""
    filled = {"login": account.login, **said}
    subject, *paragraphs = (
        say(each, to=account.language).format(**filled) for each in (text.subject, *text.paragraphs, model.SIGNED)
    )
    body = "\n\n".join(paragraphs) + "\n"
    letters.write(tx, id=new_id(), channel=channels.EMAIL, to=to, subject=subject, body=body, now=now)
