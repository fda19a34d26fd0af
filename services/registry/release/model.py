"""A release: an officer moves many enrolments on in one act, and may take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.common.errors import Conflict, Missing, Refused
from services.registry.enrolment.model import Enrolment

AT_ONCE = 1_600  # enrolments at most
CHUNK = 100  # enrolments a transaction
REASONS = {
    "enrolment_unknown": "There is no such enrolment.",
    "already_there": "The enrolment was in this state already.",
    "move_not_possible": "This state cannot follow on the one that the enrolment has.",
    "changed_since": "The enrolment was moved again after the release, and stays as it is.",
    "removed_since": "The enrolment was removed after the release.",
}


class ReleaseUnknown(Missing):
    """No release has this id."""


class ReleaseEmpty(Refused):
    """None of these batches has an enrolment that could be moved."""


class ReleaseTooLarge(Refused):
    """One release moves up to 1,600 enrolments: choose fewer batches, and release the others after it."""


class ReleaseStillRuns(Conflict):
    """The release is still being carried out: wait for the job at the address in Location, then undo it."""

    path = "/v1/jobs/{}"


class ReleaseUndone(Conflict):
    """The release is undone already, or is about to be: see the job at the address in Location."""

    path = "/v1/jobs/{}"


@dataclass(frozen=True, kw_only=True)
class Left:
    """An enrolment that stayed as it was, and why."""

    enrolment: str
    code: str  # of REASONS


@dataclass(frozen=True, kw_only=True)
class Part:
    """Up to CHUNK enrolments of a release: as asked, then with the state before of each that was moved."""

    number: int
    enrolments: tuple[str, ...]
    before: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Release:
    id: str
    version: int
    to: str  # the state
    job: str
    undo_job: str | None
    total: int
    moved: int
    refused: int  # could not be moved
    undone: int
    kept: int  # could not be put back
    left: tuple[Left, ...]  # the refused ones, then those that were kept; in lists of releases it is not read
    created_at: datetime


def sort(part: Part, found: Mapping[str, Enrolment], to: str) -> tuple[list[Enrolment], list[Left]]:
    """Return the enrolments that move, as they are then, and those that do not."""
    moved, left = [], []
    for id_ in part.enrolments:
        reason = _reason(found.get(id_), to)
        if reason is None:
            moved.append(found[id_].moved(to))
        else:
            left.append(Left(enrolment=id_, code=reason))
    return moved, left


def sort_back(part: Part, found: Mapping[str, Enrolment], to: str) -> tuple[list[Enrolment], list[Left]]:
    """Return the enrolments that a release moved as they were before, and those that are not as it left them."""
    back, left = [], []
    for id_, state in part.before.items():
        enrolment = found.get(id_)
        if enrolment is not None and enrolment.state == to:
            back.append(enrolment.moved(state))
        else:
            left.append(Left(enrolment=id_, code="changed_since" if enrolment else "removed_since"))
    return back, left


def _reason(enrolment: Enrolment | None, to: str) -> str | None:
    """Return why an enrolment cannot be moved; None: it can."""
    if enrolment is None:
        return "enrolment_unknown"
    if enrolment.state == to:
        return "already_there"
    return None if enrolment.may_become(to) else "move_not_possible"
