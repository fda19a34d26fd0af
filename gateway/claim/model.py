"""A claim: somebody says that they are a worker of the registry, proves it there, and gets an account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from gateway.recovery.model import UNASKED, Text
from services.common.errors import Conflict, Missing, Refused

DESK = timedelta(days=14)  # for which a code is good that the desk hands out
BY_LETTER = timedelta(hours=1)
KEPT = timedelta(days=1)  # of a wish for a letter
PAUSE = timedelta(minutes=1)  # after which a wish is taken up again
LETTERS_AT_MOST = 3  # to one worker in the time that wishes are kept, whoever asks for them
ASKED = "If the registry knows an e-mail for this NIK that has no account yet, a letter with a code is on its way."
CLAIMING = Text(  # it names nobody: a family may share the e-mail
    "Your code for Begawi",
    (
        "Somebody wants an account for a record in the manpower office's registry in which this e-mail stands.",
        "With this code and your NIK you can open it within {minutes} minutes: {code}",
        UNASKED,
    ),
)


NOT_FOUND_BY = {"nik_unproven", "nik_taken"}  # doubts about a NIK, by which the registry then finds nobody


class ClaimNotProven(Refused):
    """This does not prove whose record it is: look at the numbers again, or ask at the manpower office for a code."""


class WorkerUnknown(Missing):
    """No worker has this id."""


class WorkerWithoutNik(Refused):
    """Nobody is found by this worker's NIK: enter the NIK, or settle whose it is, before you make a code."""


class WorkerHasAccount(Conflict):
    """This worker has an account already: help them to get into that one."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Somebody wishes for a code by letter, for whoever has a NIK. Nobody tells them whether it was written."""

    id: str
    nik: str = field(repr=False)
    mark: str = field(repr=False)  # the NIK's fingerprint
    language: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What the registry and a one-time code say of a claim; worker_id: None where it is not proven."""

    worker_id: str | None = None
    guardian_needed: bool = False
    code: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class DeskCode:
    """A one-time code as it is handed out, once."""

    code: str = field(repr=False)
    expires_at: datetime


def check_nik(worker: Mapping[str, Any]) -> None:
    """:raises WorkerWithoutNik: no claim could be proven by the NIK of a worker, as the registry shows them."""
    if worker["nik"] is None or NOT_FOUND_BY & {*worker["doubts"]}:
        raise WorkerWithoutNik(worker["id"])
