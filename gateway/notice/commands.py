"""What can be done with notices, and with how they reach somebody outside of the inbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from gateway import channels
from gateway.account import store as accounts
from gateway.account.model import Account, AccountUnknown
from gateway.letter import commands as letters
from gateway.notice import model, store
from gateway.notice.model import AT_ONCE, DAILY, GROUPS, NEVER, Notice, Preferences, Say
from services.common import mongo, settings
from services.common.mongo import Tx

DIGESTS = "digests"  # the periodic work that writes them
# A mail program posts to the first without asking (RFC 8058); a person comes to the page.
STOP_AT, STOP_PAGE = "/api/identity/v1/notices/stop/{}", "/kabar/berhenti/{}"


def give(tx: Tx, *, id: str, own: str, kind: str, params: Mapping[str, str], now: datetime, say: Say) -> None:
    """Put a notice where each account of a party finds it, and write to those of them that want it by e-mail.

    Accounts that the party gets later find it too.

    :param own: the worker, employer or institution.
    """
    notice = Notice(id=id, own=own, kind=kind, params=params, created_at=now)
    group = notice.group
    store.insert(tx, notice)
    for account in filter(_has_mail, accounts.of_party(tx, own)):
        preferences = store.ensure(tx, account.id)
        if preferences.way(group) == AT_ONCE:
            _write(tx, account, preferences, [notice], now=now, say=say)
        elif preferences.way(group) == DAILY:
            store.put_by(tx, account.id, notice.id, due_at=model.next_digest(now))


def give_once(tx: Tx, *, id: str, own: str, kind: str, params: Mapping[str, str], now: datetime, say: Say) -> None:
    """Give a notice as `give` does, unless the party was told just this before."""
    if not store.has(tx, own=own, kind=kind, params=params):
        give(tx, id=id, own=own, kind=kind, params=params, now=now, say=say)


def read(tx: Tx, *, notice_id: str, own: str, account_id: str, now: datetime) -> Notice:
    """Remember that an account read a notice.

    :raises NoticeUnknown: the party has no such notice.
    """
    store.get(tx, notice_id, own=own, account_id=account_id)
    store.mark_read(tx, own=own, account_id=account_id, notice_id=notice_id, now=now)
    return store.get(tx, notice_id, own=own, account_id=account_id)


def prefer(tx: Tx, *, account_id: str, email: Mapping[str, str], expected: int | None) -> Preferences:
    """Set how an account gets its notices by e-mail.

    :param email: one of WAYS for each group.
    :param expected: the version that whoever asks has seen.
    :raises Outdated: it stands at another version.
    """
    store.ensure(tx, account_id)
    store.set_email(tx, account_id, email, expected=expected)
    return store.preferences(tx, account_id)


def stop(tx: Tx, *, token: str) -> Preferences:
    """Send no notice by e-mail any more to whoever has the token from one; once more, and it stays so.

    :raises StopUnknown: the token is nobody's.
    """
    account_id = store.of_stop(tx, token).id
    store.set_email(tx, account_id, dict.fromkeys(GROUPS, NEVER))
    return store.preferences(tx, account_id)


def write_digest(tx: Tx, *, now: datetime, say: Say) -> int:
    """Write the next digest that is due, and return how many were: 1 or 0."""
    preferences = store.next_due(tx, now)
    if preferences is None:
        return 0
    store.begin_day(tx, preferences.id, due_at=model.next_digest(now))
    try:
        account = accounts.get(tx, preferences.id)
    except AccountUnknown:
        return 1
    waiting = store.of_ids(tx, preferences.waiting, own=account.own or "")
    wanted = [notice for notice in waiting if preferences.way(notice.group) != NEVER]
    if wanted and _has_mail(account):
        _write(tx, account, preferences, wanted, now=now, say=say)
    return 1


def _has_mail(account: Account) -> bool:
    """Tell whether somebody has shown that the account's address is theirs."""
    return bool(account.email and account.email_confirmed) and not account.disabled


def _write(
    tx: Tx, account: Account, preferences: Preferences, notices: Sequence[Notice], *, now: datetime, say: Say
) -> None:
    """Write an account that has mail one letter about notices."""
    stop_at = settings.PUBLIC_URL + STOP_AT.format(preferences.stop)
    groups = {notice.group for notice in notices}
    subject = GROUPS[groups.pop()] if len(groups) == 1 else model.SEVERAL
    sentences = [notice.sentence(say, account.language) for notice in notices]
    closing = [say(sentence, account.language) for sentence in (model.WHERE, model.WHY)]
    page = settings.PUBLIC_URL + STOP_PAGE.format(preferences.stop)
    where = {"login": account.login, "address": settings.PUBLIC_URL, "stop": page}
    letters.write(
        tx,
        id=mongo.new_id(),
        channel=channels.EMAIL,
        to=account.email or "",
        subject=say(subject, account.language),
        body="\n\n".join([*sentences, *(sentence.format(**where) for sentence in closing)]) + "\n",
        # RFC 8058: what a mail program's own button asks, without a page in between.
        headers={"List-Unsubscribe": f"<{stop_at}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        now=now,
    )
