"""An intake: a spreadsheet of participants that an institution sent, and what became of its lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from services.common.errors import Conflict, Missing, Refused
from services.registry.reading.cells import FIELDS
from services.registry.reading.fields import personal
from services.registry.reading.reader import Layout

CHUNK = 100  # lines a transaction: commit → visible stays under 100 ms beside it
LARGEST = 50 * 1024 * 1024  # bytes of a file
LONGEST = 120  # characters of its name
STATES = ("reading", "taken", "unreadable", "undoing", "undone")


class IntakeUnknown(Missing):
    """No intake has this id."""


class NoFile(Refused):
    """Send the spreadsheet as the part `file` of a multipart form, with `institution_id` beside it."""


class FileTooLarge(Refused):
    """A file may have 50 MB at most: send it in parts."""


class IntakeUnfinished(Conflict):
    """The intake is still being taken: wait until its job has ended."""


class IntakeUndone(Conflict):
    """The intake has been undone."""


class IntakeForgotten(Conflict):
    """An intake can be undone for 30 days; this one is older."""


class FieldsUnknown(Refused):
    """Some columns are said to hold what no participant has."""


@dataclass(frozen=True, kw_only=True)
class Intake:
    id: str
    version: int
    institution_id: str
    upload: str  # what the file is kept under
    file_name: str
    size: int  # bytes
    state: str  # one of STATES
    problem: str | None  # why it cannot be read
    job: str  # the id of the job that takes it, or undoes it
    as_of: date  # the day of which the file tells
    known: tuple[tuple[str, str | None], ...] = ()  # heading and field, from its files before
    month_first: bool = False  # how its dates are written
    total: int | None = None  # lines; None: not counted yet
    outcomes: Mapping[str, int] = field(default_factory=dict)  # lines by outcome
    codes: Mapping[str, int] = field(default_factory=dict)  # lines by code
    people: Mapping[str, int] = field(
        default_factory=dict
    )  # new, joined, corrected, unchanged; removed, restored, kept
    decisions: Mapping[str, int] = field(default_factory=dict)  # lines that were decided, dismissed
    layouts: tuple[Layout, ...] = ()
    owner: str  # the account that sent it
    created_at: datetime

    @property
    def columns(self) -> list[dict[str, str | None]]:
        """What each column that has a heading was taken for."""
        return [
            {"sheet": layout.sheet, "heading": heading, "field": said}
            for layout in self.layouts
            for heading, said in zip(layout.headings, layout.fields, strict=True)
            if heading
        ]


def called(file_name: str) -> str:
    """Return the name of a file as it is kept: without what leads to a person, and still with its kind."""
    name, dot, kind = file_name[-LONGEST:].rpartition(".")
    return personal.without(name) + dot + kind


def check_fields(columns: Mapping[str, str | None]) -> None:
    """:raises FieldsUnknown: a heading is given a field that there is not."""
    unknown = {
        f"/columns/{heading}": f"One of: {', '.join(FIELDS)}."
        for heading, said in columns.items()
        if said is not None and said not in FIELDS
    }
    if unknown:
        raise FieldsUnknown(fields=unknown)
