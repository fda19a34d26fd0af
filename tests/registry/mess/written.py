"""The bytes of a workbook or of delimited text, and at which row each line came to stand."""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.registry.mess.table import Row, Sheet

_SAVED = b"2026-11-20T08:00:00Z"  # or two runs would differ


def workbook(sheets: list[Sheet]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        for number, row in enumerate(sheet.rows, 1):
            _write_row(page, number, row)
        for first_row, first_column, last_row, last_column in sheet.merges:
            page.merge_cells(start_row=first_row, start_column=first_column, end_row=last_row, end_column=last_column)
    target = io.BytesIO()
    book.save(target)
    return _always_the_same(target.getvalue())


def _write_row(page: Worksheet, number: int, row: Row) -> None:
    for column, value in enumerate(row.cells, 1):
        if value is None or value == "":
            continue
        cell = page.cell(number, column, value)
        if isinstance(value, str):
            cell.data_type = "s"  # what looks like a formula is text here
        elif isinstance(value, (date, datetime)):
            cell.number_format = "dd/mm/yyyy"
        elif isinstance(value, int) and value > 10**11:
            cell.number_format = "0"


def _always_the_same(content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _SAVED, part)
            new.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 8, 0, 0)), part)
    return target.getvalue()


def delimited(rows: list[Row], dialect: str, random: Random) -> tuple[bytes, list[int]]:
    """Return the file and the physical line (from 1) on which each row starts."""
    records = [_record(row, dialect, width=max(len(row.cells) for row in rows)) for row in rows]
    ending = "\r" if dialect == "cr_lines" else "\r\n" if dialect in {"utf16", "semicolon_bom", "sep_line"} else "\n"
    lines, at = [], 2 if dialect == "sep_line" else 1
    for record in records:
        lines.append(at)
        at += 1 + record.count("\n")
    if dialect == "sep_line":
        records.insert(0, "sep=;")
        return "".join(record + ending for record in records).encode(), lines
    return _encoded([record + ending for record in records], dialect, random), lines


def _encoded(records: list[str], dialect: str, random: Random) -> bytes:
    text = "".join(records)
    if dialect == "utf16":
        return b"\xff\xfe" + text.encode("utf-16-le")
    if dialect == "mixed_encodings":
        return b"".join(_in_some_encoding(record, random) for record in records)
    return (b"\xef\xbb\xbf" if dialect in {"semicolon_bom", "embedded_newlines"} else b"") + text.encode()


def _in_some_encoding(record: str, random: Random) -> bytes:
    try:
        return record.encode("cp1252" if random.random() < 0.6 else "utf-8")
    except UnicodeEncodeError:
        return record.encode()


def _record(row: Row, dialect: str, width: int) -> str:
    delimiter = {"tab": "\t", "utf16": "\t", "pipe": "|", "quoted": ",", "embedded_newlines": ",", "cr_lines": ","}.get(
        dialect, ";"
    )
    cells = [_text(cell, keep_breaks=dialect in {"embedded_newlines", "quoted", "semicolon_bom"}) for cell in row.cells]
    if dialect == "stray_quotes":
        return delimiter.join(cell.replace(delimiter, ",") for cell in cells)
    if dialect in {"tab", "utf16"}:
        cells = [cell.replace("\t", " ") for cell in cells]
    if row.kind == "line" or dialect == "semicolon_bom":
        cells += [""] * (width - len(cells))
    if dialect == "trailing_delimiters":
        cells += [""] * 4
    target = io.StringIO()
    quoting = csv.QUOTE_ALL if dialect == "quoted" else csv.QUOTE_MINIMAL
    csv.writer(target, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerow(cells)
    return target.getvalue().removesuffix("\r\n")


def _text(cell: Any, *, keep_breaks: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, (datetime, date)):
        return f"{cell:%d/%m/%Y}"
    text = str(cell).replace("\r", "")
    return text if keep_breaks else ", ".join(text.strip().split("\n"))
