"""Files as clerks make them, of people whom nobody knows."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from services.registry.reading.sheets import RawLine, Table, open_book

HEADINGS = ("No", "Nama Lengkap", "NIK", "Tempat Lahir", "Tgl Lahir", "L/P")
HEADINGS += ("Alamat", "Desa", "Kecamatan", "No HP", "Pendidikan", "Hasil")
_LINES = """
    1; Sari Puspita; 6311014101909001; Paringin; 01/01/1990; P; Jl. Masjid RT 2; Lajar; Lampihong; 081200000001; SMA; K
    2; Budi Laksana; 6311021205959002; Amuntai; 12/05/1995; L; Gg. Karya RT 4; Mihu; Juai; 081200000002; SMK; K
    3; Rina Kartika; 6311036006989003; Barabai; 20/06/1998; P; Jl. A. Yani RT 7; Riwa; Batu Mandi; 081200000003; SMP; BK
    4; Hendra Wijaya; 6311040311929004; Rantau; 03/11/1992; L; Jl. Pasar RT 1; Munjung; Juai; 081200000004; SMA; K
    5; Wulan Ayu; 6311055508019005; Tanjung; 15/08/2001; P; Jl. Melati RT 3; Layap; Paringin; 081200000005; D3; K
"""
PEOPLE = tuple(tuple(line.strip().split("; ")) for line in _LINES.strip().splitlines())
NAMES = [person[1] for person in PEOPLE]
FIELDS = (
    "no",
    "name",
    "nik",
    "birthplace",
    "birth",
    "sex",
    "address",
    "village",
    "district",
    "phone",
    "education",
    "result",
)

Rows = Iterable[Sequence[Any]]


def table(*, headings: Sequence[Any] = HEADINGS, people: Rows = PEOPLE) -> list[Sequence[Any]]:
    return [headings, *people]


def book(sheets: Mapping[str, Rows], *, merged: Mapping[str, Sequence[str]] = {}, hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook; merged: ranges such as A1:C1 by sheet."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
        for cells in merged.get(name, ()):
            page.merge_cells(cells)
        page.sheet_state = "hidden" if name in hidden else "visible"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def text(rows: Rows, delimiter: str = ";", end: str = "\r\n") -> str:
    """Return delimited text without any quoting."""
    return "".join(delimiter.join("" if cell is None else str(cell) for cell in row) + end for row in rows)


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def tables(content: bytes | str, remembered: Mapping[str, str | None] = {}) -> list[Table]:
    return open_book(content.encode() if isinstance(content, str) else content, "peserta").tables(remembered)


def lines(content: bytes | str, remembered: Mapping[str, str | None] = {}) -> list[RawLine]:
    return [line for found in tables(content, remembered) for line in found.lines()]


def said(content: bytes | str, field: str) -> list[Any]:
    """Return what the lines say of one field."""
    return [line.fields.get(field) for line in lines(content)]


def names(content: bytes | str) -> list[Any]:
    return said(content, "name")
