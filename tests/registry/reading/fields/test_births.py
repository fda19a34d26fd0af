"""Birthplace and birth date."""

from datetime import date

import pytest

from services.reference import nik
from services.registry.reading.fields import births, dates

TODAY = date(2026, 11, 24)
BORN = date(1996, 2, 6)
HIS = nik.read("6311010602969001")


class TestPlaceAndDateInOneCell:
    @pytest.mark.parametrize(
        "cell",
        [
            "Paringin, 6 Februari 1996", "Paringin/06-02-96", "Paringin 06-02-1996", "PARINGIN,06-02-1996",
            "Paringin. 6 Februari 1996", "Paringin\n06-02-1996",
            "06-02-1996, Paringin", "Paringin, Selasa 6 Februari 1996", "Paringin, Februari 6, 1996",
            "Paringin,6Februari1996", "TTL: Paringin, 06-02-1996",
            "Paringin - 06-02-1996", "Paringin , 06 - 02 - 1996", "Paringin tgl 6 Peb 1996", "Paringin; 6-Feb-96",
            "paringin, 1996-02-06", "Paringin, 35101",
        ],
    )  # fmt: skip
    def test_are_told_apart(self, cell):
        place, day = births.read(cell, today=TODAY)

        assert (place, day.day) == ("Paringin", BORN)

    @pytest.mark.parametrize(
        ("cell", "place", "day"),
        [
            ("Paringin", "Paringin", dates.NOTHING_SAID),
            ("Paringin, -", "Paringin", dates.NOTHING_SAID),
            ("Paringin, tidak ingat", "Paringin", dates.UNREADABLE),
            ("Paringin, 1996", "Paringin", dates.UNREADABLE),
            ("Paringin, 31-02-1996", "Paringin", dates.UNREADABLE),
            ("Paringin, ##########", "Paringin", dates.UNREADABLE),
            ("lupa", None, dates.UNREADABLE),
            ("", None, dates.NOTHING_SAID),
            ("Hulu Sungai Utara, 30-02-1996", "Hulu Sungai Utara", dates.UNREADABLE),
        ],
    )
    def test_may_be_there_in_part(self, cell, place, day):
        assert births.read(cell, today=TODAY) == (place, day)


class TestABirthDateBesideTheNik:
    @pytest.mark.parametrize(
        ("written", "birth", "codes"),
        [
            ("06-02-1996", BORN, ()),
            ("02/06/1996", BORN, ("date_ambiguous",)),
            ("07-02-1996", date(1996, 2, 7), ("nik_date_mismatch",)),
            ("06-02-2023", date(2023, 2, 6), ("nik_date_mismatch", "age_out_of_range")),
            ("", BORN, ("birth_from_nik",)),
            ("lupa", BORN, ("date_bad",)),
            ("13-13-1996", BORN, ("date_bad",)),
            ("02/16/1996", date(1996, 2, 16), ("date_bad",)),
        ],
    )
    def test_is_checked_by_it(self, written, birth, codes):
        assert births.settle(dates.read(written, newest=2026), HIS, TODAY) == (birth, codes)

    def test_that_the_file_writes_month_first_is_right_where_the_nik_says_day_first(self):
        day = dates.read("06/02/1996", newest=2026, month_first=True)

        assert births.settle(day, HIS, TODAY) == (BORN, ())

    @pytest.mark.parametrize(
        ("written", "codes"),
        [
            ("06-02-1996", ()),
            ("", ("date_bad",)),
            ("02/16/1996", ("date_ambiguous",)),
            ("06-02-2020", ("age_out_of_range",)),
        ],
    )
    def test_stands_alone_where_there_is_no_nik(self, written, codes):
        assert births.settle(dates.read(written, newest=2026), None, TODAY)[1] == codes

    def test_is_not_compared_with_a_date_that_does_not_exist(self):
        assert births.settle(dates.read("06-02-1996", newest=2026), nik.read("6311013802969001"), TODAY) == (BORN, ())
