"""What a NIK says."""

from datetime import date

import pytest

from services.reference import nik

TODAY = date(2026, 11, 24)


class TestANik:
    def test_tells_district_birth_sex_and_serial(self):
        his = nik.read("6311010602999465")

        assert his == nik.Nik("63.11.01", 6, 2, 99, sex="L", serial="9465")

    def test_counts_a_womans_day_forty_higher(self):
        hers = nik.read("6311014602999465")

        assert (hers.sex, hers.day, hers.born(TODAY)) == ("P", 6, date(1999, 2, 6))

    @pytest.mark.parametrize(
        "number",
        ["", "631101060299946", "63110106029994651", "6311O10602999465", "٦٣١١٠١٠٦٠٢٩٩٩٤٦٥", "6311 0602999465 "],
    )
    def test_has_sixteen_digits(self, number):
        with pytest.raises(nik.NotANik):
            nik.read(number)

    @pytest.mark.parametrize(
        ("digits", "born"),
        [
            ("060299", date(1999, 2, 6)),
            ("060205", date(2005, 2, 6)),
            ("241111", date(2011, 11, 24)),  # fifteen today
            ("251111", date(2011, 11, 25)),  # fourteen; in 1911 over eighty, so the later century
            ("060245", date(1945, 2, 6)),  # eighty-one
            ("060247", date(1947, 2, 6)),
            ("060226", date(2026, 2, 6)),
            ("251226", date(1926, 12, 25)),  # 2026 is not over
            ("290200", date(2000, 2, 29)),
        ],
    )
    def test_is_of_the_century_that_fits_a_person_of_fifteen_to_eighty(self, digits, born):
        assert nik.read(f"631101{digits}9465").born(TODAY) == born

    @pytest.mark.parametrize(
        "digits", ["320299", "000299", "400299", "720299", "800299", "061399", "060099", "290299", "310499"]
    )
    def test_may_have_a_date_that_does_not_exist(self, digits):
        assert nik.read(f"631101{digits}9465").born(TODAY) is None

    @pytest.mark.parametrize(
        ("birth", "is_his"),
        [(date(1999, 2, 6), True), (date(1899, 2, 6), True), (date(1999, 6, 2), False), (date(1998, 2, 6), False)],
    )
    def test_is_of_whoever_was_born_that_day(self, birth, is_his):
        assert nik.read("6311010602999465").is_of(birth) is is_his

    @pytest.mark.parametrize(
        ("start", "is_known"),
        [
            ("631101", True),
            ("637101", True),
            ("631199", False),
            ("000000", False),
            ("640101", False),
            ("350512", False),
        ],
    )
    def test_knows_the_districts_of_the_province(self, start, is_known):
        assert nik.read(f"{start}0602999465").region_is_known is is_known


class TestAnAge:
    @pytest.mark.parametrize(
        ("birth", "age"),
        [
            (date(2011, 11, 24), 15),
            (date(2011, 11, 25), 14),
            (date(2012, 2, 29), 14),
            (date(2027, 1, 1), -1),
            (TODAY, 0),
        ],
    )
    def test_is_in_whole_years(self, birth, age):
        assert nik.age(birth, TODAY) == age
