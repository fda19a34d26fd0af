"""What is no spreadsheet, or none that can be opened: it is refused with a reason."""

import io

import pytest
from openpyxl import load_workbook

from services.registry.reading.sheets import Unreadable, open_book
from tests.registry.reading.sheets.writing import NAMES, book, packed, table, tables, text


class TestWhatIsNoWorkbook:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "empty"),
            (b"\xef\xbb\xbf \r\n", "empty"),
            (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "picture"),
            (b"%PDF-1.7\n%\xe2\xe3", "document"),
            (b"\x1f\x8b\x08\0" + b"x" * 40, "archive"),
            (b"\x01\x02\x03\x04name;nik\x05\x06\x07" * 50, "not_a_spreadsheet"),
            (packed({"word/document.xml": "<w/>", "[Content_Types].xml": "<t/>"}), "document"),
            (packed({"peserta.csv": "Nama;NIK"}), "archive"),
            (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "document"),
            (packed({"xl/workbook.xml": "<workbook/>"}), "damaged"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "document"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0" * 600, "damaged"),
        ],
    )
    def test_is_refused_with_a_reason(self, content, code):
        with pytest.raises(Unreadable) as refused:
            open_book(content, "peserta.xlsx")
        assert refused.value.code == code
        assert refused.value.sentence()

    def test_a_workbook_without_people_is_refused_too(self):
        with pytest.raises(Unreadable) as refused:
            tables(book({"Sheet1": [("Rekap", "Jumlah"), ("Las", 12)]}))
        assert refused.value.code == "no_participants"

    def test_its_content_tells_what_it_is_not_its_name(self):
        assert [
            line.fields["name"] for line in open_book(book({"P": table()}), "peserta.csv").tables({})[0].lines()
        ] == NAMES
        assert [
            line.fields["name"] for line in open_book(text(table()).encode(), "peserta.xlsx").tables({})[0].lines()
        ] == NAMES


class TestWhatIsTooLarge:
    def test_is_refused_by_the_size_that_it_would_unpack_to(self):
        bomb = packed({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * 120_000_000})
        assert len(bomb) < 200_000
        with pytest.raises(Unreadable) as refused:
            open_book(bomb, "peserta.xlsx")
        assert refused.value.code == "too_large"

    def test_is_refused_where_cells_stand_too_far_apart(self):

        made = load_workbook(io.BytesIO(book({"P": table()})))
        made["P"]["XFD900000"] = "x"
        target = io.BytesIO()
        made.save(target)
        with pytest.raises(Unreadable) as refused:
            open_book(target.getvalue(), "peserta.xlsx")
        assert refused.value.code == "too_large"
