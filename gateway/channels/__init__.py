"""The ways out to people: one file each, pure input and output. A new one is a file and a line of the table."""

import logging
from collections.abc import Mapping
from functools import cache
from typing import Protocol

from gateway.channels import email, spool
from gateway.channels.message import Message
from services.common import settings

LOG = logging.getLogger(__name__)
EMAIL, SPOOL = "email", "spool"


class Channel(Protocol):
    def __call__(self, message: Message, /) -> None:
        """Send the message, and come back once the other side has taken it.

        :raises Undeliverable: its address takes nothing, now and later.
        :raises TryLater: it is not taken now.
        :raises OSError: the channel is away.
        """


CHANNELS: Mapping[str, Channel] = {EMAIL: email.send, SPOOL: spool.send}


def send(channel: str, message: Message) -> None:
    """Send a message through a channel, as `Channel` says; e-mail goes to the spool where there is no mail server."""
    if channel == EMAIL and not settings.SMTP_URL:
        _say_that_mail_is_spooled()
        channel = SPOOL
    CHANNELS[channel](message)


@cache
def _say_that_mail_is_spooled() -> None:
    LOG.warning("SMTP_URL is not set: e-mail is laid into the spool, and reaches nobody")
