"""A NIK as it is typed."""

from datetime import date

import pytest

from services.registry.reading.fields import niks

NIK = "6311010602999465"
TODAY = date(2026, 11, 24)


class TestANik:
    @pytest.mark.parametrize(
        "typed",
        [
            NIK,
            "6311 0106 0299 9465", "631101.060299.9465", "631101-060299-9465",
            f"'{NIK}", f"NIK: {NIK}", f"No. KTP {NIK}",
            f'"{NIK}"', f"{NIK} (KTP lama)", f"{NIK} sesuai KK", f"{NIK}.0", f"{NIK},00", "6.311010602999465E+15",
            f"{NIK};", "6311\n0106\n0299\n9465",
        ],
    )  # fmt: skip
    def test_is_read_however_it_is_spaced(self, typed):
        assert niks.read(typed) == (NIK, None)

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("", "nik_missing"),
            ("hilang", "nik_missing"),
            ("631101060299946", "nik_bad_length"),
            ("63110106029994651", "nik_bad_length"),
            ("6311************", "nik_bad_length"),
            (f"{NIK}/{NIK}", "nik_bad_length"),
            ("63ll0lO6O2999465", "nik_bad_chars"),
            ("6311O1060299946S", "nik_bad_chars"),
            ("6,31101E+15", "nik_digits_lost"),
            ("6.31101E+15", "nik_digits_lost"),
            ("6.3e15", "nik_digits_lost"),
            ("6,31101 E+0015", "nik_digits_lost"),
            ("6311010602999460.0", "nik_digits_lost"),
            ("6311010000000000", "nik_digits_lost"),
            ("##########", "nik_digits_lost"),
        ],
    )
    def test_that_cannot_be_used_says_why(self, typed, code):
        assert niks.read(typed) == (None, code)

    @pytest.mark.parametrize(
        ("number", "read"),
        [
            (NIK, (NIK, None)),
            ("6311010602999460", (None, "nik_digits_lost")),
            ("631101060299946", (None, "nik_bad_length")),
        ],
    )
    def test_of_a_number_cell_is_doubted_where_its_last_digit_is_zero(self, number, read):
        assert niks.read(number, number=True) == read


class TestWhatDoesNotAddUp:
    @pytest.mark.parametrize(
        ("number", "sex", "doubts"),
        [
            (NIK, "L", []),
            (NIK, "P", ["nik_sex_mismatch"]),
            (NIK, None, ["sex_from_nik"]),
            ("6311014602999465", "P", []),
            ("6311990602999465", "L", ["nik_region_unknown"]),
            ("3505010602999465", "L", ["nik_region_unknown"]),
            ("6311013802999465", "L", ["nik_bad_date"]),
            ("6311010602990000", "L", ["nik_serial_zero"]),
        ],
    )
    def test_is_noted(self, number, sex, doubts):
        told = niks.taken_apart(number)

        assert list(niks.doubts(told, sex=sex, has_sex=True, today=TODAY)) == doubts

    def test_is_not_that_a_file_has_no_column_of_the_sex(self):
        assert list(niks.doubts(niks.taken_apart(NIK), sex=None, has_sex=False, today=TODAY)) == []
