"""An enrolment: somebody in a batch, from when to when, insured by which policy, and how it went."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.common.errors import Conflict, Missing, Refused

STATES = ("applied", "accepted", "attending", "completed", "failed", "withdrawn")
NEXT = {
    "applied": {"accepted", "withdrawn"},
    "accepted": {"attending", "withdrawn"},
    "attending": {"completed", "failed", "withdrawn"},
}
WITHDRAWN = "withdrawn"
OPEN = tuple(NEXT)  # the others are how it ended
FOLLOWS_TRAINING = {"available", "in_training"}  # what else somebody is comes from elsewhere, and stays
DAY = timedelta(days=1)


class EnrolmentUnknown(Missing):
    """No enrolment has this id."""


class EnrolmentTaken(Conflict):
    """The worker is enrolled in this batch already, at the address in Location."""

    path = "/v1/enrolments/{}"


class EnrolmentOverlaps(Conflict):
    """The worker is in another training on some of these days: see the one at the address in Location."""

    path = "/v1/enrolments/{}"


class EnrolmentCannotMove(Conflict):
    """An enrolment goes from applied to accepted to attending to completed or failed, or before that to withdrawn."""


class EnrolmentEndsBeforeItBegins(Refused):
    """An enrolment's last day cannot be before its first."""


class PolicyEndsBeforeItBegins(Refused):
    """A policy's last day cannot be before its first."""


class BatchFull(Conflict):
    """The batch has no place left: enrol in another, or raise its capacity."""

    path = "/v1/batches/{}"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What insures somebody in a training, as far as it is known; both days are covered."""

    provider: str | None
    number: str | None
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class Course:
    """As much of an enrolment as tells what somebody learns, and when."""

    worker_id: str
    batch_id: str
    programme_id: str  # the batch's
    state: str
    starts_on: date | None  # the first day and the last, both counted; None: not known
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class Enrolment(Course):
    id: str
    version: int
    institution_id: str  # the batch's
    policy: Policy | None
    certificate_id: str | None  # what a pass brought
    intake_id: str | None  # the spreadsheet that told of it first
    created_at: datetime

    @property
    def has_place(self) -> bool:
        """Tell whether it takes one of the batch's places: all do but of those who left."""
        return self.state != WITHDRAWN

    def may_become(self, state: str) -> bool:
        return state in NEXT.get(self.state, ())

    def moved(self, state: str) -> "Enrolment":
        return replace(self, state=state, version=self.version + 1)

    def overlaps(self, other: "Enrolment") -> bool:
        """Tell whether some day is in both; a training that somebody left, or without any known day, is in no way."""
        mine, others = self.days(), other.days()
        if mine is None or others is None or not (self.has_place and other.has_place):
            return False
        return max(mine[0], others[0]) <= min(mine[1], others[1])

    def uncovered(self) -> list[tuple[date, date]]:
        """Return the days that no policy covers, as the first and the last of each stretch, both counted.

        A policy without a first or a last day covers nothing that one could rely on.
        """
        days, policy = self.days(), self.policy
        if days is None:
            return []
        if policy is None or policy.starts_on is None or policy.ends_on is None:
            return [days]
        before = (days[0], min(days[1], policy.starts_on - DAY))
        after = (max(days[0], policy.ends_on + DAY), days[1])
        return [stretch for stretch in (before, after) if stretch[0] <= stretch[1]]

    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day; one that is not known is taken for the other."""
        first, last = self.starts_on or self.ends_on, self.ends_on or self.starts_on
        return (first, last) if first and last else None


def check(enrolment: Enrolment) -> None:
    """:raises EnrolmentEndsBeforeItBegins, PolicyEndsBeforeItBegins: a last day is before the first."""
    policy = enrolment.policy
    if enrolment.starts_on and enrolment.ends_on and enrolment.ends_on < enrolment.starts_on:
        raise EnrolmentEndsBeforeItBegins(fields={"/ends_on": "The last day cannot be before the first."})
    if policy and policy.starts_on and policy.ends_on and policy.ends_on < policy.starts_on:
        raise PolicyEndsBeforeItBegins(fields={"/policy/ends_on": "The last day cannot be before the first."})


def availability(enrolments: Iterable[Course], today: date) -> tuple[str, date | None]:
    """Return what somebody's enrolments say of them, and from which day they are free if that is known and not today.

    Whoever attends a training is in it until its last day, the latest of several.
    """
    attending = [each for each in enrolments if each.state == "attending"]
    ends = [each.ends_on for each in attending if each.ends_on is None or each.ends_on >= today]
    if not ends:
        return "available", None
    known = [end for end in ends if end is not None]
    return "in_training", max(known) + DAY if len(known) == len(ends) else None


def following(enrolments: Iterable[Course], today: date, present: tuple[str, date | None]) -> tuple[str, date | None]:
    """Return the availability that follows from enrolments, unless somebody is otherwise engaged.

    :param present: how the worker stands; whoever was and stays available keeps the day that they said.
    """
    found = availability(enrolments, today)
    if present[0] not in FOLLOWS_TRAINING or (found[0] == present[0] == "available"):
        return present
    return found
