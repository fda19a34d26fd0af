"""The NIK as it was typed, or what a spreadsheet left of it."""

import re
from collections.abc import Iterator
from datetime import date

from services.reference import nik

_DIGITS = 16
# 6,31101E+15: the digits behind it are gone, unless all sixteen are written out.
_SCIENTIFIC = re.compile(r"(\d)[.,]?(\d*)\s*[eE]\s*\+?\s*0*(1\d)")
_ZEROS_OF_A_SPREADSHEET = re.compile(r"\d{4,}0{8,}")  # 6311040000000000: a rounded number, saved as text; month 00
_DECIMALS = re.compile(r"(\d{16})[.,]0{1,2}")  # a number of sixteen digits, as text
_LABEL = re.compile(
    r"^\W*(?:(?:no|nomor|nik|e-?ktp|ktp|nomor induk kependudukan|induk kependudukan)\b\W*)+", re.IGNORECASE
)
_REMARK = re.compile(r"\([^)]*\)|(?<=\d)\s+[a-zA-Z][a-zA-Z\s.]*$")  # behind the number: (KTP lama), sesuai KK
_LONGEST = 80  # characters that are looked at


def read(text: str, *, number: bool = False) -> tuple[str | None, str | None]:
    """Return the NIK of 16 digits, or what is wrong with the cell.

    :param text: what the cell says, tidy; empty where it says nothing.
    :param number: the cell holds a number, of which a spreadsheet keeps fifteen digits and makes the last one 0.
    """
    bare = _LABEL.sub("", text[:_LONGEST])
    if not any(map(str.isdigit, bare)):
        return None, "nik_digits_lost" if "##" in text else "nik_missing"
    if found := _SCIENTIFIC.fullmatch(bare.strip(" '")):
        bare = found[1] + found[2] if len(found[2]) == int(found[3]) == _DIGITS - 1 else ""
        number = True
    elif found := _DECIMALS.fullmatch(bare.strip(" '")):
        bare, number = found[1], True
    return _of_digits(bare, number=number) if bare else (None, "nik_digits_lost")


def doubts(told: nik.Nik | None, *, sex: str | None, has_sex: bool, today: date) -> Iterator[str]:
    """Yield what does not add up in a NIK by itself, and with the sex that the form says.

    :param has_sex: the file has a column for it, which is perhaps empty on this line.
    """
    if told is None:
        return
    if not told.region_is_known:
        yield "nik_region_unknown"
    if told.born(today) is None:
        yield "nik_bad_date"
    if told.serial == nik.NO_SERIAL:
        yield "nik_serial_zero"
    if sex is None and has_sex:
        yield "sex_from_nik"
    elif told.born(today) and sex not in {None, told.sex}:
        yield "nik_sex_mismatch"


def taken_apart(number: str | None) -> nik.Nik | None:
    """Return what a NIK says, if there is one."""
    return nik.read(number) if number else None


def _of_digits(bare: str, *, number: bool) -> tuple[str | None, str | None]:
    digits = _compact(bare)
    if not digits.isdigit():
        digits = _compact(_REMARK.sub("", bare))
    if not digits.isdigit():
        return None, "nik_bad_chars"
    if (number and _is_rounded(digits)) or _ZEROS_OF_A_SPREADSHEET.fullmatch(digits):
        return None, "nik_digits_lost"
    return (digits, None) if len(digits) == _DIGITS else (None, "nik_bad_length")


def _is_rounded(digits: str) -> bool:
    return len(digits) >= _DIGITS and digits.endswith("0")


def _compact(text: str) -> str:
    """Return the letters and digits, the digits of every script as 0 to 9."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text if sign.isalnum())
