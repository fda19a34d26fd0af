"""The ways a request is understood and still refused.

The first sentence of a class's docstring is what a client reads, in English; its
Indonesian stands in the service's id.po.
"""

from collections.abc import Mapping
from typing import ClassVar


class Refused(Exception):
    """The request breaks a rule."""

    path: ClassVar[str | None] = None  # where the subject is found, as "/v1/workers/{}"

    def __init__(self, subject: str | None = None, *, fields: Mapping[str, str] | None = None) -> None:
        """:param subject: the id of what it is about; fields: what is wrong, by JSON pointer."""
        super().__init__(subject)
        self.subject = subject
        self.fields = dict(fields or {})

    @classmethod
    def sentence(cls) -> str:
        return (cls.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")


class Missing(Refused):
    """It names something that does not exist."""


class Conflict(Refused):
    """It contradicts something that already holds."""


class Forbidden(Refused):
    """Whoever asks may not."""


class Unproven(Refused):
    """Whoever asks has not shown who they are."""


class TooMany(Refused):
    """There were too many requests: wait for as long as Retry-After says."""

    def __init__(self, subject: str | None = None, *, retry_after_s: int) -> None:
        super().__init__(subject)
        self.retry_after_s = retry_after_s


class NotReady(Refused):
    """What it takes is still being loaded: ask again in a moment."""


class Outdated(Conflict):
    """It was changed by someone else meanwhile: read it again, then repeat your change."""
