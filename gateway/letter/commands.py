"""What can be done with letters."""

import logging
from collections.abc import Mapping
from datetime import datetime

from gateway import channels
from gateway.channels.message import Message, TryLater, Undeliverable
from gateway.letter import store
from gateway.letter.model import FIRST_PAUSE, Letter
from services.common import mongo, outbox
from services.common.mongo import Tx

LOG = logging.getLogger(__name__)
SENDING = "letters"  # the periodic work that sends what is due
NOTHING: Mapping[str, str] = {}


def write(
    tx: Tx,
    *,
    id: str,
    channel: str,
    to: str,
    subject: str,
    body: str,
    headers: Mapping[str, str] = NOTHING,
    now: datetime,
) -> None:
    """Write a letter to one address in the caller's transaction; it is sent soon after that commits.

    :param channel: `channels.EMAIL`, …
    :param subject, body: in the reader's language.
    """
    letter = Letter(
        id=id, channel=channel, to=to, subject=subject, body=body, headers=headers, due_at=now, created_at=now
    )
    store.insert(tx, letter)
    outbox.put(tx, f"gateway.{SENDING}", {}, to="gateway.work")  # the same message as asks for it once a period


def send_next(tx: Tx, *, now: datetime) -> int:
    """Try the letter that is due first, and return how many were: 1 or 0. Not for use in a transaction.

    Whoever is killed over it leaves the letter to be tried again, under the same
    Message-ID: it may have arrived already, if the end came between the server's
    answer and our noting it.
    """
    letter = store.take_up(tx, now)
    if letter is None:
        return 0
    if letter.is_hopeless(now):
        _settle(tx, letter, "given_up", now)
        return 1
    try:
        channels.send(letter.channel, _message(letter))
    except Undeliverable as error:
        _settle(tx, letter, "undeliverable", now, error)
    except Exception as error:  # noqa: BLE001 (whatever it is, the letters behind it must not wait for it)
        _put_off(tx, letter, now, error)
    else:
        _settle(tx, letter, "sent", now)
    return 1


def _settle(tx: Tx, letter: Letter, state: str, now: datetime, error: Exception | None = None) -> None:
    reason = _reason(error) if error else None
    # It is sent, and must not be again because MongoDB was away at this moment.
    mongo.patiently(lambda: store.settle(tx, letter.id, state, reason=reason, now=now))
    LOG.info("letter settled", extra={"letter": letter.id, "state": state, "attempts": letter.attempts})


def _put_off(tx: Tx, letter: Letter, now: datetime, error: Exception) -> None:
    """Let a letter wait and, where the whole channel is away, all that is due on it."""
    reason, until = _reason(error), now + letter.pause()
    LOG.warning("letter waits", extra={"letter": letter.id, "error": reason, "attempts": letter.attempts})
    store.put_off(tx, letter, reason=reason, until=until)
    if isinstance(error, OSError) and not isinstance(error, TryLater):
        store.put_off_all(tx, letter.channel, now=now, until=now + FIRST_PAUSE)


def _reason(error: Exception) -> str:
    """Return the name of what went wrong; what a mail server says holds addresses."""
    return type(error.__cause__ or error).__name__


def _message(letter: Letter) -> Message:
    return Message(
        id=letter.id,
        to=letter.to,
        subject=letter.subject,
        body=letter.body,
        headers=letter.headers,
        written_at=letter.created_at,
    )
