"""A batch: a programme as an institution gives it once, to a number of people."""

from dataclasses import dataclass, replace
from datetime import date

from services.common.errors import Conflict, Missing, Refused


class BatchUnknown(Missing):
    """No batch has this id."""


class BatchTaken(Conflict):
    """The institution has a batch of this name in this programme already, at the address in Location."""

    path = "/v1/batches/{}"


class BatchEndsBeforeItBegins(Refused):
    """A batch's last day cannot be before its first."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A batch as a spreadsheet tells of it."""

    institution_id: str
    programme_id: str
    name: str
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def key(self) -> str:
        return key(self.institution_id, self.programme_id, self.name)


@dataclass(frozen=True, kw_only=True)
class Batch:
    id: str
    version: int
    institution_id: str
    programme_id: str
    name: str
    starts_on: date | None  # the first day and the last, both counted; None: not known
    ends_on: date | None
    capacity: int | None  # people; None: as many as come

    @property
    def key(self) -> str:
        return key(self.institution_id, self.programme_id, self.name)

    def left(self, taken: int) -> int | None:
        """Return how many places are left, none where more were taken than there are; None: as many as come."""
        return None if self.capacity is None else max(0, self.capacity - taken)

    def filled(self, wanted: Wanted) -> "Batch":
        """Return the batch with the days that were not known; as it was where they would be the wrong way round."""
        after = replace(self, starts_on=self.starts_on or wanted.starts_on, ends_on=self.ends_on or wanted.ends_on)
        return self if _is_reversed(after) else after


def key(institution_id: str, programme_id: str, name: str) -> str:
    """Return what makes it one batch: whose, of what, and the name without capitals and spaces."""
    return "|".join((institution_id, programme_id, "".join(name.casefold().split())))


def check(batch: Batch) -> None:
    """:raises BatchEndsBeforeItBegins: its last day is before its first."""
    if _is_reversed(batch):
        raise BatchEndsBeforeItBegins(fields={"/ends_on": "The last day cannot be before the first."})


def _is_reversed(batch: Batch) -> bool:
    return batch.starts_on is not None and batch.ends_on is not None and batch.ends_on < batch.starts_on
