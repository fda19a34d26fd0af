"""Where the tables of a sheet are: their rows of headings, what stands above them, and their first rows."""

from collections import deque
from dataclasses import dataclass, field

from services.registry.reading.sheets import heads
from services.registry.reading.sheets.row import Row, Sheet, Spans
from services.registry.reading.sheets.rows import seems_person

SAMPLE = 300  # rows of a table that show what its columns hold
_ABOVE = 400  # rows that may stand above the first table, or between two
_FEW = 6  # cells of a row between tables
_MOST_ROWS = 4  # of headings


@dataclass(slots=True)
class Block:
    """A table of a sheet.

    over: its rows of headings, none where it has none; above: the rows before them, as far as no table holds them.
    first, last: the numbers of its rows, last 0 where it goes on to the end of the sheet. rows: the first of them.
    """

    over: list[Row]
    above: list[Row]
    first: int
    last: int = 0
    rows: list[Row] = field(default_factory=list)


def blocks(sheet: Sheet) -> list[Block]:
    """Find the tables of a sheet from top to bottom; one that repeats the headings before it goes on."""
    scan = _Scan(sheet.spans())
    for row in sheet.rows():
        scan.take(row)
    return scan.finished()


class _Scan:
    def __init__(self, spans: Spans) -> None:
        self._spans = spans
        self._found: list[Block] = []
        self._before: deque[Row] = deque(maxlen=_ABOVE)
        self._first: list[Row] = []  # rows before the first headings

    def take(self, row: Row) -> None:
        block = self._found[-1] if self._found else None
        if block and not block.rows and len(block.over) < _MOST_ROWS and heads.goes_on(block.over, row):
            block.over.append(row)
            block.first = row.number + 1
        elif heads.is_header(row):
            if not block or not heads.repeats(block.over, row):
                self._start(row)
        else:
            self._keep(row, block)

    def _keep(self, row: Row, block: Block | None) -> None:
        if block and len(block.rows) < SAMPLE:
            block.rows.append(row)
        if block and len(row.filled()) > _FEW:
            self._before.clear()
        else:
            self._before.append(row)
        if not block and len(self._first) < _ABOVE:
            self._first.append(row)

    def _start(self, row: Row) -> None:
        over = [row]
        while self._before and len(over) < _MOST_ROWS and heads.is_group(self._before[-1], over[0], self._spans):
            over.insert(0, self._before.pop())
        if self._found:
            last = self._found[-1]
            last.last = over[0].number - 1
            last.rows = [each for each in last.rows if each.number <= last.last]
        self._found.append(Block(over, list(self._before), row.number + 1))
        self._before.clear()

    def finished(self) -> list[Block]:
        """Return the tables, also the rows of people that no headings stand above."""
        end = self._found[0].over[0].number - 1 if self._found else 0
        first = [row for row in self._first if not end or row.number <= end]
        place = next((at for at, row in enumerate(first) if seems_person(row)), None)
        if place is None:
            return self._found
        is_headed = place > 0 and heads.may_be(first[place - 1], first[place])
        above, over = (first[: place - 1], [first[place - 1]]) if is_headed else (first[:place], [])
        return [Block(over, above, first[place].number, end, first[place:][:SAMPLE]), *self._found]
