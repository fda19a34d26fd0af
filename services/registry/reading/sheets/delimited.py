"""Delimited text: records out of lines, however badly they are quoted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from services.registry.reading.sheets import decoding
from services.registry.reading.sheets.quoting import Quoting
from services.registry.reading.sheets.row import Row, Spans

DELIMITERS = ";,\t|"
_SAMPLE = 400  # lines that show the delimiter
_MOST_LINES = 0.6  # that have the usual number of cells, so that another number is telling
_MOST_OF = 0.6  # of the usual number of cells: what a wrapped row has to have at least
_FEW = 4


class Delimited:
    """A delimited text as a sheet without a name; it is read anew at each pass, so that a long one needs no memory."""

    name = None
    is_hidden = False

    def __init__(self, content: bytes) -> None:
        self._content = content
        sample = list(islice(decoding.lines(content), _SAMPLE))
        habit = _habit(sample)
        self._width = habit.width
        self._quoting = Quoting(habit.delimiter, habit.width, is_even=habit.share >= _MOST_LINES)

    def spans(self) -> Spans:
        return {}

    def rows(self) -> Iterator[Row]:
        """Yield the records that are not blank, numbered from 1; blank ones count too."""
        records = self._quoting.records(decoding.lines(self._content))
        for number, (line, texts) in enumerate(records, 1):
            cells = self._unwrapped(texts)
            if any(cells):
                yield Row(number, line, tuple(cell if cell and not cell.isspace() else None for cell in cells))

    def _unwrapped(self, texts: list[str]) -> list[str]:
        """Return the cells of a row that was quoted as a whole, or that has another delimiter than the file."""
        first = texts[0]
        if self._width < _FEW or len(first) < self._width or any(texts[1:]):
            return texts
        for delimiter in (self._quoting.delimiter, *DELIMITERS):
            if first.count(delimiter) + 1 >= _MOST_OF * self._width:
                return Quoting(delimiter, self._width).cells(first)
        return texts


class _Habit(NamedTuple):
    """width: how many cells a record usually has; share: of the records that have so many."""

    delimiter: str
    width: int
    share: float


def _habit(sample: list[str]) -> _Habit:
    """Return what most lines agree on, the wider the better, unless the first line tells the delimiter: sep=;"""
    told = sample[0].strip(' "').casefold() if sample else ""
    asked = told[4:5] if told.startswith("sep=") and len(told) > 4 else DELIMITERS  # noqa: PLR2004
    return max((_with(sample, delimiter) for delimiter in asked), key=lambda habit: habit.share * (habit.width - 1))


def _with(sample: Iterable[str], delimiter: str) -> _Habit:
    """Return how many cells a record usually has with this delimiter."""
    quoting = Quoting(delimiter, 0)
    records = [cells for _, cells in quoting.records(iter(sample)) if any(cells)]
    widths = Counter(len(cells if any(cells[1:]) else quoting.cells(cells[0])) for cells in records)
    width = max(widths, key=lambda width: widths[width] * (width - 1), default=0)
    return _Habit(delimiter, width, widths[width] / max(1, len(records)))
