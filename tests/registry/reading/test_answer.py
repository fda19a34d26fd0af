"""The workbook of lines that go back."""

import io

import pytest
from openpyxl import load_workbook

from services.registry.reading.answer import Returned, workbook
from services.registry.reading.reader import Layout

LAYOUT = Layout(sheet=None, first=1, lines=9, headings=("Nama", "NIK"), fields=("name", "nik"))


def returned(number=1, cells=("Siti", "63"), fields=None, reasons=("NIK kurang.",)):
    return Returned(reference=f"i-{number}", number=number, cells=cells, fields=fields or {}, reasons=reasons)


def sheets(layouts, lines):
    book = load_workbook(io.BytesIO(workbook(layouts, lines)))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book}


def table(*lines, layout=LAYOUT):
    [found] = sheets([layout], lines).values()
    return found


class TestTheWorkbookOfReturnedLines:
    def test_has_the_files_headings_then_what_is_known_from_elsewhere_then_why_and_which(self):
        header, line = table(returned(fields={"programme": "Barista"}, reasons=("Satu.", "Dua.")))

        assert header[:2] == ["Nama", "NIK"]
        assert header[-2:] == ["Alasan", "Rujukan"]
        said = dict(zip(header, line, strict=True))
        assert (said["Nama"], said["Pelatihan"], said["Alasan"]) == ("Siti", "Barista", "Satu.\nDua.")
        assert said["Rujukan"] == "i-1"

    def test_fills_a_cell_that_was_empty_with_what_was_read_for_it(self):
        assert table(returned(cells=("Siti", None), fields={"nik": "6311"}))[1][1] == "6311"
        assert table(returned(cells=("Siti",), fields={"nik": "6311"}))[1][1] == "6311"

    def test_never_replaces_a_cell_that_was_not_empty(self):
        assert table(returned(cells=("Siti", 0), fields={"nik": "6311"}))[1][1] == "0"

    @pytest.mark.parametrize(
        ("cell", "shown"),
        [
            (6311014101909001.0, "6311014101909001"), (6311014101909001, "6311014101909001"), (1.5, "1.5"),
            ("2026-11-24", "2026-11-24"), ("\x0bSi\x00ti", "Siti"), ("x" * 40_000, "x" * 32_767), (True, "True"),
            ("=1+1", "=1+1"), ("@SUM(A1)", "@SUM(A1)"), ("{=1}", "{=1}"), ("#REF!", "#REF!"), ("_x0041_", "_x0041_"),
        ],
    )  # fmt: skip
    def test_holds_each_cell_as_text(self, cell, shown):
        content = workbook([LAYOUT], [returned(cells=(cell, "63"))])

        found = load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
        assert (found.value, found.data_type, found.number_format) == (shown, "s", "@")

    def test_has_headings_that_are_no_formulas_either(self):
        layout = Layout(sheet="=x", first=1, lines=1, headings=("=1+1", ""), fields=("name", None))

        found = load_workbook(io.BytesIO(workbook([layout], [returned()]))).worksheets[0]["A1"]
        assert (found.value, found.data_type) == ("=1+1", "s")

    def test_has_a_sheet_for_each_table_that_something_goes_back_of(self):
        layouts = [
            Layout(sheet=sheet, first=first, lines=10, headings=("Nama",), fields=("name",))
            for sheet, first in (
                ("Angkatan I", 1),
                ("Angkatan/II: [2025]?*", 11),
                ("Angkatan II 2025", 21),
                ("x" * 40, 31),
            )
        ]

        found = sheets(layouts, [returned(n, cells=(f"Orang {n}",)) for n in (11, 20, 21, 31)])

        assert [[line[0] for line in lines[1:]] for lines in found.values()] == [
            ["Orang 11", "Orang 20"],
            ["Orang 21"],
            ["Orang 31"],
        ]
        assert all(len(name) <= 31 for name in found)

    def test_of_no_line_is_a_workbook_all_the_same(self):
        assert len(sheets([LAYOUT], [])) == 1

    def test_may_have_a_hundred_columns_of_which_one_has_no_heading(self):
        headings = tuple(f"Kolom {n}" if n != 50 else "" for n in range(100))
        layout = Layout(sheet=None, first=1, lines=1, headings=headings, fields=(None,) * 100)

        header, line = table(returned(cells=tuple(range(100))), layout=layout)
        assert (header[99], line[50], line[99]) == ("Kolom 99", "50", "99")
