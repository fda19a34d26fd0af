"""Dates as clerks write them."""

from datetime import UTC, date, datetime

import pytest

from services.registry.reading.fields import dates

DAY = date(2001, 3, 12)


def read(cell, **kinds):
    return dates.read(cell, newest=2026, **kinds)


class TestADate:
    @pytest.mark.parametrize(
        "written",
        [
            "12-03-2001", "12/03/2001", "2001-03-12", "2001/03/12", "12 Maret 2001", "12-Mar-01", "12.03.2001",
            "12 03 2001",
            "12032001", "120301", "20010312", "12 Mrt 2001", "Maret 12, 2001", "March 12th, 2001", "Mar-12-2001",
            "Senin, 12 Maret 2001",
            "12-III-2001", "12/III/2001", "12-3-2001", "12-03-01", "12 Maret 01", "12Maret2001", "12 - 03 - 2001",
            "12\\03\\2001", "12,03,2001",
            "2001-03-12 00:00:00", "2001-03-12T00:00:00", "12/03/2001 0:00", "12/03/2001 00.00", "12-03-2001.",
            "'12-03-2001", "(12-03-2001)",
            "Tgl. 12 Maret 2001", "12 Maret 2001 (25 th)", "12 of March 2001", "12-03-2O01", "l2-03-2001", "36962",
            "36962.0", "12 Mart 2001",
        ],
    )  # fmt: skip
    def test_is_read_in_all_its_forms(self, written):
        assert read(written).day == DAY

    @pytest.mark.parametrize("cell", [36962, 36962.0, 36962.75, 12032001, DAY, datetime(2001, 3, 12, 8, tzinfo=UTC)])
    def test_is_read_from_numbers_and_dates(self, cell):
        assert read(cell).day == DAY

    @pytest.mark.parametrize(
        ("month", "names"),
        [
            (1, "Januari January Jan"),
            (2, "Februari Pebruari Febuari Feb Peb"),
            (5, "Mei May"),
            (6, "Juni Jun June"),
            (7, "Juli Jul July"),
            (8, "Agustus Agt Agst Ags Agust Agu Aug"),
            (9, "September Sept Sep Septembr"),
            (10, "Oktober Okt Oct Okober"),
            (11, "November Nopember Nop Nov"),
            (12, "Desember Des Dec December Desmber"),
        ],
    )
    def test_knows_the_months_by_many_names(self, month, names):
        assert {read(f"1 {name} 2001").day for name in names.split()} == {date(2001, month, 1)}

    @pytest.mark.parametrize(
        ("written", "year"), [("12-03-23", 2023), ("12-03-26", 2026), ("12-03-27", 1927), ("12-03-99", 1999)]
    )
    def test_of_two_digits_lies_in_the_newest_century_that_may_be(self, written, year):
        assert read(written).day == date(year, 3, 12)

    @pytest.mark.parametrize(
        "written",
        [
            "31-02-2001", "00-00-0000", "2001", "tidak ingat", "32-01-2001", "13-13-2001", "12-03-201", "12-03-20001",
            "12-03-1899",
            "12 Jumadil 2001", "12 Juri 2001", "29-02-2001", "12-03-2001 / 13-03-2001", "1", "##########", 2001.0, -5,
            float("nan"), float("inf"), 10**30,
        ],
    )  # fmt: skip
    def test_that_does_not_exist_is_unreadable(self, written):
        assert read(written) == dates.UNREADABLE

    @pytest.mark.parametrize("nothing", ["", None, True])
    def test_may_not_be_said_at_all(self, nothing):
        assert read(nothing) == dates.NOTHING_SAID


class TestDayOrMonthFirst:
    def test_is_the_day_though_it_might_be_the_month(self):
        assert read("03/04/2001") == dates.Day(date(2001, 4, 3), said=True, other=date(2001, 3, 4))

    def test_is_the_month_where_a_file_writes_so(self):
        found = read("03/04/2001", month_first=True)

        assert found == dates.Day(date(2001, 3, 4), said=True, other=date(2001, 4, 3), month_first=True)

    def test_is_the_month_where_nothing_else_makes_a_date(self):
        assert read("03/16/2001") == dates.Day(date(2001, 3, 16), said=True, month_first=True)

    def test_is_in_no_doubt_where_the_month_has_its_name(self):
        assert read("03 April 2001", month_first=True) == dates.Day(date(2001, 4, 3), said=True)


class TestTheHabitOfAFile:
    @pytest.mark.parametrize(
        ("lines", "month_first"),
        [
            ([{"birth": "03/16/2001"}, {"birth": "04/17/2001"}], True),
            ([{"birth": "03/16/2001"}], False),
            ([{"birth": "16/03/2001"}, {"birth": "04/17/2001"}, {"period": "01/02/2025 s/d 05/31/2025"}], False),
            ([{"birth": "03/04/2001"}, {"birth": "05/06/2001"}], False),
            (
                [
                    {"birth": "03/04/2001", "nik": "6311010403019001"},
                    {"ttl": "Paringin, 05/06/2001", "nik": "6311010605019001"},
                ],
                True,
            ),
            ([{"birth": date(2001, 3, 16), "nik": None}, {}], False),
        ],
    )
    def test_is_what_its_dates_show(self, lines, month_first):
        assert dates.is_month_first(lines) is month_first
