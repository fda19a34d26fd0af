"""Periods and terms."""

from datetime import date

import pytest

from services.registry.reading.fields import spans, terms

MARCH, APRIL = date(2025, 3, 12), date(2025, 4, 20)


def read(cell, **kinds):
    return spans.read(cell, newest=2079, **kinds)


class TestAPeriod:
    @pytest.mark.parametrize(
        "written",
        [
            "12/03/2025 s/d 20/04/2025", "12-03-2025 - 20-04-2025", "12-03-2025-20-04-2025", "12/03/2025-20/04/2025",
            "2025-03-12 - 2025-04-20",
            "2025-03-12-2025-04-20", "2025-03-12/2025-04-20", "12 Maret 2025 \u2013 20 April 2025",
            "12 Maret - 20 April 2025", "12 Maret s.d. 20 April 2025",
            "12 Maret sd 20 April 2025", "12 Mar S/D 20 Apr 2025", "12/3 - 20/4/2025", "12/03/2025 s/d 20/04",
            "12-Mar-25 - 20-Apr-25", "12-Mar-25-20-Apr-25",
            "12.03.2025 - 20.04.2025", "12.03.2025-20.04.2025", "12032025-20042025",
            "12 Maret 2025 sampai dengan 20 April 2025", "12 Maret 2025 to 20 April 2025",
            "12 Maret 2025 hingga 20 April 2025", "dari 12 Maret 2025 sampai 20 April 2025",
            "Rabu, 12 Maret 2025 s/d Minggu, 20 April 2025",
            "12 Maret 2025\n20 April 2025", "12 Maret 2025, 20 April 2025", "12 Maret 2025 - 20 April 2025 (30 hari)",
            "12/03/25 - 2025-04-20", "45728 - 45767",
        ],
    )  # fmt: skip
    def test_is_read_in_all_its_forms(self, written):
        assert read(written) == spans.Span(MARCH, APRIL)

    @pytest.mark.parametrize(
        ("written", "start", "end"),
        [
            ("1 - 20 April 2025", date(2025, 4, 1), APRIL),
            ("1-20 April 2025", date(2025, 4, 1), APRIL),
            ("12-20/04/2025", date(2025, 4, 12), APRIL),
            ("April 2025", date(2025, 4, 1), date(2025, 4, 30)),
            ("April\u2013Mei 2025", date(2025, 4, 1), date(2025, 5, 31)),
            ("Maret 2025 s/d April 2025", date(2025, 3, 1), date(2025, 4, 30)),
            ("28 Desember - 20 Januari 2025", date(2024, 12, 28), date(2025, 1, 20)),
            ("28 Des 2024 - 20 Jan", date(2024, 12, 28), date(2025, 1, 20)),
            ("12 Maret 2025", MARCH, None),
            ("12 Maret 2025 s/d selesai", MARCH, None),
            ("s/d 20 April 2025", None, APRIL),
            ("3 bulan", None, None),
            ("2025", None, None),
            (MARCH, MARCH, None),
            (45728.0, MARCH, None),
            ("", None, None),
        ],
    )
    def test_is_read_as_far_as_it_is_said(self, written, start, end):
        assert read(written) == spans.Span(start, end)

    def test_tells_of_a_date_that_does_not_exist(self):
        assert read("31/02/2025 s/d 20/04/2025") == spans.Span(None, APRIL, broken=True)


class TestATerm:
    @pytest.mark.parametrize(
        ("cells", "term"),
        [
            (("03-05-2025", "03-05-2028"), (date(2025, 5, 3), date(2028, 5, 3))),
            (("", "", "3 Mei 2025 s/d 3 Mei 2028"), (date(2025, 5, 3), date(2028, 5, 3))),
            (("", "3 Mei 2025 s/d 3 Mei 2028"), (date(2025, 5, 3), date(2028, 5, 3))),
            (("3 Mei 2025 s/d 3 Mei 2028", ""), (date(2025, 5, 3), date(2028, 5, 3))),
            (("3 Mei 2025", "", "3 tahun"), (date(2025, 5, 3), date(2028, 5, 3))),
            (("3 Mei 2025", "3 (tiga) thn"), (date(2025, 5, 3), date(2028, 5, 3))),
            (("3 Mei 2025", "tiga tahun"), (date(2025, 5, 3), date(2028, 5, 3))),
            (("3 Mei 2025", "36 bulan"), (date(2025, 5, 3), date(2028, 5, 3))),
            (("", "", "3 Mei 2025 - 3 tahun"), (date(2025, 5, 3), date(2028, 5, 3))),
            (("29-02-2024", "1 tahun"), (date(2024, 2, 29), date(2025, 2, 28))),
            (("3 Mei 2025", "seumur hidup"), (date(2025, 5, 3), None)),
            (("", "", "3 Mei 2025 s/d selamanya"), (date(2025, 5, 3), None)),
            (("", "berlaku sampai 3 Mei 2028"), (None, date(2028, 5, 3))),
            (("", "", "3 Mei 2028"), (None, date(2028, 5, 3))),
            (("", "Mei 2028"), (None, date(2028, 5, 31))),
            (("", "2028"), (None, date(2028, 12, 31))),
            (("", "3 tahun"), (None, None)),
            (("menunggu cetak", "menunggu cetak"), (None, None)),
            ((None, None, None), (None, None)),
            ((45780, 46876.0), (date(2025, 5, 3), date(2028, 5, 3))),
        ],
    )
    def test_is_read_from_one_cell_or_two(self, cells, term):
        assert terms.read(*cells) == terms.Term(*term)

    @pytest.mark.parametrize("cells", [("31-02-2025", ""), ("", "##########"), ("", "", "30-02-2028"), ("", 99.0)])
    def test_tells_of_a_date_that_cannot_be_read(self, cells):
        assert terms.read(*cells).broken
