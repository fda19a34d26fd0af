"""Birthplace and birth date, from one cell or two, and beside what the NIK says."""

import re
from datetime import date

from services.reference import nik as niks
from services.reference.nik import Nik
from services.registry.reading.cells import Cell
from services.registry.reading.fields import dates, months, names, texts
from services.registry.reading.fields.dates import Day

_WORD = re.compile(r"[^\W\d_]+")
_EDGES = " \t\n,./:;|\\-\u2013\u2014_()'\"<>=+*#&@"
_AROUND = re.compile(r"^[\W_]+|[^\w)]+$")
_LABEL = re.compile(r"^\W*(?:(?:ttl|tempat|tmp|tanggal|tgl|lahir|di)\b[\s.:,/&]*)+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,/;|\n]\s*")
_HIDDEN = "##"  # what a spreadsheet shows where a date is too wide for its column
_FORGOTTEN = re.compile(
    r"(?:tidak|tdk|tak|gak|ga|belum|kurang)\s*(?:ingat|tahu|tau|jelas|pasti|hafal)|lupa|\?+", re.IGNORECASE
)


def read(cell: Cell, *, today: date, month_first: bool = False) -> tuple[str | None, Day]:
    """Read the birthplace and the birth date that stand in one cell, either perhaps alone."""
    if not isinstance(cell, str):
        return None, dates.read(cell, newest=today.year)
    text = _LABEL.sub("", cell)
    found = re.search(r"\d(?:.*\d)?", text, re.DOTALL)
    if not found:
        return _without_digits(text)
    start = _with_names_before(text, found.start())
    day = dates.of_text(text[start : found.end()], newest=today.year, month_first=month_first)
    return place(text[:start]) or place(text[found.end() :]), day


def of_place(cell: Cell, *, today: date, month_first: bool = False) -> tuple[str | None, Day]:
    """Read a birthplace, and the birth date where that stands there too."""
    found, day = read(cell, today=today, month_first=month_first)
    if not day.day and isinstance(cell, str):
        return place(cell), dates.NOTHING_SAID
    return found, day


def place(text: str) -> str | None:
    """Return a birthplace without what surrounds it, or None where none is said."""
    bare = texts.line(_AROUND.sub("", _LABEL.sub("", text)))
    if bare and "(" in bare and ")" not in bare:
        bare += ")"
    said = names.cased(bare) if bare and not _FORGOTTEN.fullmatch(bare) else ""
    return said if _WORD.search(said) else None


def settle(day: Day, nik: Nik | None, today: date) -> tuple[date | None, tuple[str, ...]]:
    """Return the birth date that holds and what is to be said of it.

    The NIK shows which reading of an open date is right, and stands in for a date that is missing or unreadable;
    where both are there and differ, the form's date holds until an officer has looked.
    """
    told = nik.born(today) if nik else None
    if day.day is None or nik is None or told is None:
        birth = day.day or told
        codes = _alone(day, told)
    elif nik.is_of(day.day) or not (day.other and nik.is_of(day.other)):
        birth, codes = day.day, _seen(day, agrees=nik.is_of(day.day))
    else:
        birth, codes = day.other, _seen(day.turned(), agrees=True)
    fits = birth is None or niks.YOUNGEST <= niks.age(birth, today) <= niks.OLDEST
    return birth, codes if fits else (*codes, "age_out_of_range")


def _alone(day: Day, told: date | None) -> tuple[str, ...]:
    """Return what to say where only one of the two, or neither, tells a date."""
    if day.day:
        return _seen(day, agrees=True)
    return ("birth_from_nik",) if told and not day.said else ("date_bad",)


def _seen(day: Day, *, agrees: bool) -> tuple[str, ...]:
    if not agrees:  # day first it may be no date at all
        return ("date_bad" if day.month_first and not day.other else "nik_date_mismatch",)
    return ("date_ambiguous",) if day.month_first else ()


def _with_names_before(text: str, start: int) -> int:
    """Return where the date starts, the names of a month or a weekday before its first digit counted in."""
    for word in reversed(list(_WORD.finditer(text[:start]))):
        if not (months.is_name(word[0].casefold()) or dates.is_noise(word[0].casefold())):
            break
        start = word.start()
    return start


def _without_digits(text: str) -> tuple[str | None, Day]:
    """Read a cell in which no date stands: a place alone, or a place and words in the place of a date."""
    if _HIDDEN in text:
        return place(text.partition(_HIDDEN)[0]), dates.UNREADABLE
    first, *rest = _BETWEEN.split(text.strip(_EDGES + "\n"), maxsplit=1)
    if _FORGOTTEN.fullmatch(first):
        return None, dates.UNREADABLE
    said = bool(rest) and not texts.is_nothing(rest[0])
    return place(first), dates.UNREADABLE if said else dates.NOTHING_SAID
