"""A letter: a text that is to reach one address, tried until it is sent or there is no hope."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

STATES = ("waiting", "sent", "undeliverable", "given_up")
TRIED_FOR = timedelta(days=1)
# Longer than an attempt takes that comes to an end: who was killed over it leaves the letter to others after that.
ATTEMPT = timedelta(seconds=60)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """attempts: counted when they begin; due_at: when the next one may. Once it is settled, its text is forgotten."""

    id: str
    channel: str
    to: str
    subject: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)
    state: str = "waiting"
    attempts: int = 0
    due_at: datetime
    created_at: datetime

    def is_hopeless(self, now: datetime) -> bool:
        return now - self.created_at >= TRIED_FOR

    def pause(self) -> timedelta:
        """Return how long to wait after the last attempt."""
        return min(FIRST_PAUSE * (1 << min(self.attempts - 1, 10)), LONGEST_PAUSE)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """How it went with a letter, for those who see to it that letters arrive; what it said and to whom is not there.

    reason: the error that the last attempt ended with.
    """

    id: str
    channel: str
    state: str
    attempts: int
    reason: str | None
    created_at: datetime
    settled_at: datetime | None
