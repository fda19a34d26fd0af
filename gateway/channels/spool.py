"""A folder: each message is laid into SPOOL_DIR as a file of its own, for another program to take further.

What sends to WhatsApp or by SMS takes this file's place: one function `send`.
"""

import json
import os

from gateway.channels.message import Message
from services.common import settings

FOR_US_ALONE = 0o600


def send(message: Message) -> None:
    """Lay the message down as <id>.json, whole or not at all; once more, and it takes its own place.

    :raises OSError: the folder cannot be written to.
    """
    settings.SPOOL_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = settings.SPOOL_DIR / f".{message.id}.{os.getpid()}"
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FOR_US_ALONE), "w") as file:
        json.dump(_said(message), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(settings.SPOOL_DIR / f"{message.id}.json")


def _said(message: Message) -> dict[str, object]:
    said = {"id": message.id, "to": message.to, "subject": message.subject, "body": message.body}
    return said | {"headers": dict(message.headers), "written_at": message.written_at.isoformat()}
