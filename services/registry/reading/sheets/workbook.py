"""Workbooks: .xlsx, .xlsm, .xlsb, .xls and .ods."""

import io
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from services.registry.reading.cells import Cell
from services.registry.reading.sheets import unpacking
from services.registry.reading.sheets.row import Row, Spans
from services.registry.reading.sheets.unreadable import Damaged, Protected

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXACT = 2**53  # below, a float is the whole number that it looks like

T = TypeVar("T")


def is_workbook(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def pages(content: bytes) -> list["Page"]:
    """Return the sheets of a workbook, hidden ones too.

    :raises Unreadable: it is another thing that is packed alike, damaged, protected, or too large.
    """
    (unpacking.check_ole if content.startswith(_OLE) else unpacking.check_zip)(content)
    book = _Opened(content)
    return [Page(book, name, is_hidden=is_hidden) for name, is_hidden in book.names()]


class _Opened:
    """A workbook that holds one sheet at a time."""

    def __init__(self, content: bytes) -> None:
        self._book = _safely(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
        self._name: str | None = None
        self._sheet: CalamineSheet | None = None

    def names(self) -> list[tuple[str, bool]]:
        """Return the names of the sheets that have cells, and whether they are hidden."""
        return [
            (about.name, about.visible != SheetVisibleEnum.Visible)
            for about in self._book.sheets_metadata
            if about.typ == SheetTypeEnum.WorkSheet
        ]

    def sheet(self, name: str) -> CalamineSheet:
        if self._sheet is None or self._name != name:
            self._sheet = None
            self._sheet, self._name = _safely(lambda: self._book.get_sheet_by_name(name)), name
        return self._sheet


class Page:
    """A sheet of a workbook. A cell that was merged over several rows stands in each of them."""

    def __init__(self, book: _Opened, name: str, *, is_hidden: bool) -> None:
        self._book, self.name, self.is_hidden = book, name, is_hidden

    def rows(self) -> Iterator[Row]:
        sheet = self._book.sheet(self.name)
        left = (None,) * (sheet.start[1] if sheet.start else 0)
        merged = _Merged(sheet)
        for number, values in enumerate(sheet.iter_rows(), 1):
            cells = (*left, *map(_cell, values))
            if any(cell is not None for cell in cells):
                yield Row(number, None, merged.filled(number, cells))

    def spans(self) -> Spans:
        ranges = self._book.sheet(self.name).merged_cell_ranges or []
        return {(top + 1, first): last for (top, first), (_, last) in ranges if last > first}


class _Merged:
    """Repeats in the rows below what was merged over them."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self._starting: dict[int, list[tuple[int, int]]] = {}
        for (top, column), (bottom, _) in sheet.merged_cell_ranges or []:
            if bottom > top:
                self._starting.setdefault(top + 1, []).append((column, bottom + 1))
        self._open: dict[int, tuple[int, Cell]] = {}

    def filled(self, number: int, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        if not self._starting:
            return cells
        found = list(cells)
        for column, (bottom, value) in self._open.items():
            if number <= bottom and column < len(found) and found[column] is None:
                found[column] = value
        for column, bottom in self._starting.get(number, ()):
            self._open[column] = (bottom, cells[column] if column < len(cells) else None)
        return tuple(found)


def _cell(value: Any) -> Cell:
    """Return what stands in a cell: None where it is blank, an int where a number is whole."""
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value  # type: ignore[no-any-return]


def _safely(work: Callable[[], T]) -> T:
    """Do what may fail on a file that is damaged in whatever way; its reader may even panic."""
    try:
        return work()
    except PasswordError as error:
        raise Protected from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise Damaged from error
