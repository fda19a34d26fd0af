"""The lines that were not taken, as a workbook that goes back to who sent them, to be corrected and sent again."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from services.registry.reading.reader import Layout

REASONS, REFERENCE = "Alasan", "Rujukan"
# What stood above a table, in the sheet's name, or only in the first line of a batch, gets a column of its own.
HEADINGS = {
    "institution": "Lembaga", "programme": "Pelatihan", "batch": "Angkatan", "period": "Periode",
    "district": "Kecamatan", "issuer": "LSP", "scheme": "Skema", "provider": "Asuransi",
}  # fmt: skip
WIDTH, REASONS_WIDTH = 18, 70
CELL_AT_MOST = 32_767  # characters, as Excel has it
SHEET_NAME = 31  # characters, as Excel has it
FORBIDDEN = str.maketrans("[]:*?/\\", "       ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A line that goes back; reasons are sentences for a clerk."""

    reference: str
    number: int
    cells: Sequence[Any]
    fields: Mapping[str, Any]
    reasons: Sequence[str]


def workbook(layouts: Sequence[Layout], lines: Iterable[Returned]) -> bytes:
    """Return a workbook with a sheet for each table of which a line goes back; nothing in it is ever a formula."""
    book = Workbook(write_only=True)
    sheets: dict[int, Any] = {}
    for line in lines:
        at = _table_of(layouts, line)
        if at not in sheets:
            sheets[at] = _sheet(book, layouts[at], at)
        cells = [*_cells(layouts[at], line), "\n".join(line.reasons), line.reference]
        sheets[at].append([_cell(sheets[at], value) for value in cells])
    if not sheets:
        book.create_sheet("Kosong")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _table_of(layouts: Sequence[Layout], line: Returned) -> int:
    return max((at for at, layout in enumerate(layouts) if layout.first <= line.number), default=0)


def _sheet(book: Workbook, layout: Layout, at: int) -> Any:
    name = f"{at + 1} {(layout.sheet or 'Peserta').translate(FORBIDDEN)}"[:SHEET_NAME]
    sheet: Any = book.create_sheet(name)  # its columns have widths, which the stubs do not know
    sheet.freeze_panes = "A2"
    headings = [*layout.headings, *(HEADINGS[name] for name in _added(layout)), REASONS, REFERENCE]
    for column in range(1, len(headings) + 1):
        is_reasons = headings[column - 1] == REASONS
        sheet.column_dimensions[get_column_letter(column)].width = REASONS_WIDTH if is_reasons else WIDTH
    sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
    return sheet


def _added(layout: Layout) -> list[str]:
    return [name for name in HEADINGS if name not in layout.fields]


def _cells(layout: Layout, line: Returned) -> Iterator[Any]:
    """Yield the cells under the file's headings, the empty ones filled with what was read for them from elsewhere."""
    for at, name in enumerate(layout.fields):
        cell = line.cells[at] if at < len(line.cells) else None
        yield line.fields.get(name or "") if cell in {None, ""} else cell
    for name in _added(layout):
        yield line.fields.get(name)


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Cell:
    """Return a cell that shows its value as text; numbers too, so that no digit of theirs is lost."""
    text = "" if value is None else _text(value)
    cell = WriteOnlyCell(sheet, value=text or None)
    if text:
        cell.data_type = "s"  # whatever it begins with
    cell.number_format = "@"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in text)
    return cell


def _text(value: Any) -> str:
    """Return a cell's text without what no workbook can hold."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:CELL_AT_MOST]
