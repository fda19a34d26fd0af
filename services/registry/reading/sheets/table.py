"""A list of participants in a file: its columns, and its lines one after the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.registry.reading.cells import Cell
from services.registry.reading.sheets import columns, heads, layout, titles
from services.registry.reading.sheets.columns import Heading, Held
from services.registry.reading.sheets.filling import Filling
from services.registry.reading.sheets.layout import Block
from services.registry.reading.sheets.moving import Moving
from services.registry.reading.sheets.row import Row, Sheet, Spans
from services.registry.reading.sheets.rows import Rows, is_total

_SELDOM, _SOME = 0.1, 0.2  # of the rows
_FEW = 2  # cells of a row that tells nothing of the columns


@dataclass(frozen=True, slots=True)
class RawLine:
    """A participant's line as the file has it.

    row: as a spreadsheet program counts, from 1; of delimited text the record. first_line: the physical line, of text.
    fields: the cells by their fields, with what stands once for several lines put into each of them.
    moved: the cells do not stand under their headings; `fields` has them put back as far as that is possible.
    """

    sheet: str | None
    row: int
    first_line: int | None
    cells: tuple[Cell, ...]
    fields: Mapping[str, Cell]
    moved: bool


class Table:
    """A list of participants on one sheet.

    headings: as the file has them, those of several rows joined by " / "; a column without one is called Kolom 7.
    columns: the field that a column holds, by its index from 0; several may hold one field.
    unsure: indexes of columns whose field was guessed from their cells, or left open.
    """

    def __init__(self, sheet: Sheet, block: Block, over: Sequence[Heading], held: Sequence[Held]) -> None:
        self._sheet, self._block, self._held = sheet, block, held
        self.sheet = sheet.name
        self.headings = tuple(heading.joined for heading in over)
        self.columns = {at: one.field for at, one in enumerate(held) if one.field}
        self.unsure = columns.unsure(
            held, [any(row.at(at) is not None for row in block.rows) for at in range(len(held))]
        )

    @classmethod
    def all_of(cls, sheet: Sheet, remembered: Mapping[str, str | None]) -> list["Table"]:
        """Return the lists of participants of a sheet from top to bottom."""
        found = [cls._of(sheet, block, sheet.spans(), remembered) for block in layout.blocks(sheet)]
        return [table for table in found if {"name", "nik"} & set(table.columns.values()) and any(table.lines())]

    @classmethod
    def _of(cls, sheet: Sheet, block: Block, spans: Spans, remembered: Mapping[str, str | None]) -> "Table":
        width = _width(block)
        rows = [row for row in block.rows if len(row.filled()) > _FEW]
        cells = [[row.at(at) for row in rows] for at in range(width)]
        texts = heads.columns_of(block.over, width, spans)
        over = [_heading(of, at, is_filled=any(cell is not None for cell in cells[at])) for at, of in enumerate(texts)]
        return cls(sheet, block, over, columns.assign(over, cells, remembered))

    def lines(self) -> Iterator[RawLine]:
        """Yield the participants' lines, from the beginning at each call."""
        people = self._people()
        rows, filling = Rows(self.columns), Filling(self._held, people)
        moving = Moving(self.columns, people, len(self.headings), has_spare=self._has_spare(people))
        known = titles.of_name(self.sheet or "")
        between = list(self._block.above)
        for row in self._rows():
            if not rows.is_person(row):
                between += [] if is_total(row) else [row]
                continue
            if between:
                known, between = titles.renewed(known, titles.read(between)), []
            right, moved = moving.look(row)
            yield RawLine(self.sheet, row.number, row.first_line, row.cells, filling.fields(right, known), moved)

    def count(self) -> int:
        """Return how many lines there are, in half the time that it takes to read them."""
        rows = Rows(self.columns)
        return sum(map(rows.is_person, self._rows()))

    def _rows(self) -> Iterator[Row]:
        for row in self._sheet.rows():
            if self._block.last and row.number > self._block.last:
                return
            if row.number >= self._block.first and not self._is_header(row):
                yield row

    def _is_header(self, row: Row) -> bool:
        first = next((cell for cell in row.cells if cell is not None), None)
        return isinstance(first, str) and not first.isdigit() and heads.repeats(self._block.over, row)

    def _people(self) -> list[Row]:
        """Return those rows of the sample that are participants'."""
        rows = Rows(self.columns)
        return [row for row in self._block.rows if rows.is_person(row) and not self._is_header(row)]

    def _has_spare(self, people: Sequence[Row]) -> bool:
        long = sum(any(cell is not None for cell in row.cells[len(self.headings) :]) for row in people)
        return long > max(1, _SELDOM * len(people))


def _width(block: Block) -> int:
    """Return how many columns a table has: as far as its headings go, or what several of its rows have beyond them."""
    named = max((at + 1 for row in block.over for at in row.filled()), default=0)
    ends = sorted((max(row.filled()) + 1 for row in block.rows if len(row.filled()) > _FEW), reverse=True)
    if len(ends) > 1:
        return max(named, ends[max(1, int(len(ends) * _SOME))])
    return named or sum(ends)


def _heading(texts: list[str], at: int, *, is_filled: bool) -> Heading:
    if not texts:
        return Heading("", "", f"Kolom {at + 1}" if is_filled else "")
    return Heading(texts[-1], " ".join(texts[:-1]), " / ".join(texts))
