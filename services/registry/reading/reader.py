"""A spreadsheet as it is taken: so many lines at a time, from any line on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice

from services.registry.reading.fields import personal
from services.registry.reading.fields.dates import is_month_first
from services.registry.reading.sheets import RawLine, open_book

SAMPLE = 500  # lines that show a file's habits
UNNAMED = "Kolom "  # and its number, is what a column without a heading is called


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A table of a file: whose sheet it is in, how many lines it has, the first one's number (from 1, over the whole
    file), and by column the heading and the field that it was taken for (None: its cells are not kept).
    unsure: the columns whose field their cells told, or nothing.
    """

    sheet: str | None
    first: int
    lines: int
    headings: tuple[str, ...]
    fields: tuple[str | None, ...]
    unsure: tuple[int, ...] = ()

    @property
    def guessed(self) -> list[tuple[str, str]]:
        """The columns whose field their cells told, not their heading: heading and field."""
        pairs = ((self.headings[at], self.fields[at]) for at in self.unsure)
        return [(heading, said) for heading, said in pairs if said and heading and not heading.startswith(UNNAMED)]

    def impersonal(self) -> "Layout":
        """Return it as it may be kept: the name of a sheet, or what was taken for headings, may name a person."""
        headings = tuple(personal.without(heading) for heading in self.headings)
        return replace(self, sheet=self.sheet and personal.without(self.sheet), headings=headings)


class Reader:
    """Reads the lines of one file; going on where it stopped costs nothing, going back reads it again.

    :param remembered: field by heading, from earlier files of the institution.
    :raises Unreadable: it is no spreadsheet with participants.
    """

    def __init__(self, content: bytes, file_name: str, remembered: Mapping[str, str | None]) -> None:
        self._tables = open_book(content, file_name).tables(remembered)
        self._at, self._ahead = 0, self._all()

    def lines(self, start: int, count: int) -> list[RawLine]:
        """Return up to `count` lines from the `start`-th on, counted from 0; fewer only at the end."""
        if start != self._at:
            self._at, self._ahead = start, islice(self._all(), start, None)
        found = list(islice(self._ahead, count))
        self._at += len(found)
        return found

    def look(self, start: int) -> None:
        """Find out all that takes long, so that the next lines from `start` come at once."""
        _ = self.layouts, self.month_first
        if start != self._at:
            ahead = islice(self._all(), start, None)
            self._at, self._ahead = start, chain(list(islice(ahead, 1)), ahead)

    @cached_property
    def layouts(self) -> tuple[Layout, ...]:
        found: list[Layout] = []
        for table in self._tables:
            width = max([len(table.headings), *(at + 1 for at in table.columns)])
            layout = Layout(
                sheet=table.sheet,
                first=found[-1].first + found[-1].lines if found else 1,
                lines=table.count(),
                headings=table.headings + ("",) * (width - len(table.headings)),
                fields=tuple(table.columns.get(at) for at in range(width)),
                unsure=tuple(at for at in table.unsure if at < width),
            )
            found.append(layout)
        return tuple(found)

    @property
    def total(self) -> int:
        return sum(layout.lines for layout in self.layouts)

    @cached_property
    def month_first(self) -> bool:
        """Whether its dates are written month first, as far as they show it."""
        return is_month_first(line.fields for line in islice(self._all(), SAMPLE))

    def _all(self) -> Iterator[RawLine]:
        return chain.from_iterable(table.lines() for table in self._tables)
