"""A registration: somebody becomes a worker of the registry and gets an account, both or neither.

It holds no rule about workers: how old one must be, and what is right of them, the registry decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.common.errors import Conflict, Refused

KEPT = timedelta(days=1)  # begun or done
PAUSE = timedelta(minutes=1)  # after which what was cut off is taken up again


class RegisteredAlready(Conflict):
    """You have just registered: sign in with the login that you chose then."""


class RegistrationLost(Conflict):
    """This registration was broken off: send it again."""


class PersonRefused(Refused):
    """Some of what was said of the person cannot be taken; each field is named with what is wrong."""


class GuardianMissing(Refused):
    """Whoever is under 18 needs a parent or guardian: say who it is and that they consent."""


@dataclass(frozen=True, kw_only=True)
class Registration:
    """Somebody who is registering: kept until the worker and the account are there, so that no crash parts the two.

    id: the account's, and the key under which the registry makes the worker once.
    mark: a fingerprint of the person and the password, by which it is known when it comes again.
    password: its hash. person: as the registry takes it. Once it is done, no more of it is kept than the mark.
    """

    id: str
    mark: str = field(repr=False)
    login: str
    is_done: bool = False
    created_at: datetime
    password: str = field(default="", repr=False)
    language: str = "id"
    email: str | None = None
    guardian: Mapping[str, Any] | None = None
    person: Mapping[str, Any] = field(default_factory=dict, repr=False)
