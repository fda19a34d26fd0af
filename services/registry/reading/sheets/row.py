"""A row of a sheet, whatever the file was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from services.registry.reading.cells import Cell

Spans = Mapping[tuple[int, int], int]  # where merged cells start (row from 1, column from 0), and their last column


@dataclass(frozen=True, slots=True)
class Row:
    """A row with at least one cell that is not blank.

    number: from 1, as a spreadsheet program counts; of delimited text the record.
    first_line: of delimited text the physical line on which it starts, from 1.
    cells: None where blank.
    """

    number: int
    first_line: int | None
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else None

    def filled(self) -> list[int]:
        """Return the columns that are not blank."""
        return [at for at, cell in enumerate(self.cells) if cell is not None]

    def texts(self) -> list[str]:
        return [" ".join(str(cell).split()) for cell in self.cells if cell is not None]


class Sheet(Protocol):
    """Something that has rows: a sheet of a workbook, a delimited text."""

    @property
    def name(self) -> str | None: ...

    @property
    def is_hidden(self) -> bool: ...

    def rows(self) -> Iterator[Row]:
        """Yield the rows that are not blank, again at each call."""
        ...

    def spans(self) -> Spans:
        """Return which cells are merged over several columns, as far as the file tells."""
        ...
