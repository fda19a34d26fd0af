"""What goes out through a channel, and what may become of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


class Undeliverable(Exception):
    """The address takes nothing, now and later: do not try again."""


class TryLater(OSError):
    """This one message is not taken now; any other OSError says that the whole channel is away."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """A text for one address.

    id: the same each time that it is tried, so that whoever gets it twice can tell.
    headers: more that the channel is to say of it; one that has no headers leaves them out.
    """

    id: str
    to: str
    subject: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)
    written_at: datetime
