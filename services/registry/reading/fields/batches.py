"""The name of a batch."""

import re
from datetime import date, datetime

from services.registry.reading.cells import Cell
from services.registry.reading.fields import months, texts

_LABEL = re.compile(
    r"angkatan|gelombang|batch|\b(?:angk|akt|ang|gelomb|gel|kelas|klas|periode|tahap|ke|no|nomor|th|thn|tahun|ta|apbd|apbn)\b"
    r"|[.()\-\u2013\u2014/,:']",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SHORT_YEAR = re.compile(r"[/\-' ]\s*'?(\d{2})\s*$")  # II/25
_AS_MONTH = re.compile(rf"({'|'.join(months.SHORT)})\W+(\d{{2}}|\d{{4}})", re.IGNORECASE)  # Feb-25: it was 2/2025
# 1I, l: roman numbers made of what looks like their strokes
_STROKES = re.compile(r"\b(?=[1Il|]*[Il|])[1Il|]{1,3}(?![^\W\d_])(?!\d)")
_REMARK = re.compile(r"\([^)]*\)?|[.,]0$")
_GLUED = re.compile(r"(?<=[a-zA-Z])(?=\d)|(?<=\d)(?=[a-zA-Z])")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_SPELT = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
_NUMBERS = (
    {word: place for place, word in enumerate(_SPELT, 1)}
    | {"pertama": 1, "kesatu": 1}
    | {f"ke{word}": place for place, word in enumerate(_SPELT, 1)}
)
_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_MOST = 99  # batches that anybody counts
_FIRST_YEAR = 2000


def read(cell: Cell, year: int | None) -> str | None:
    """Return the batch as Angkatan II/2025, the text itself where it has no number, or None where none is said.

    :param cell: as it stands; a spreadsheet takes 2/2025 for the first of February.
    :param year: of the period, for a batch that does not say its own.
    """
    if isinstance(cell, datetime | date):
        return _name(cell.month, cell.year) if cell.day == 1 and cell.year >= _FIRST_YEAR else None
    text = texts.line(texts.read(cell).text)
    if text is None:
        return None
    if found := _AS_MONTH.fullmatch(text):
        return _name(months.number(found[1].casefold()) or 0, _written(found[2]))
    said = _YEAR.search(text) or _SHORT_YEAR.search(text)
    rest = text.replace(said[0], " ", 1) if said else text
    number = _number(rest)
    if number is None and said and not _YEAR.search(text):  # "Angkatan 25": no year at all
        said, number = None, _number(text)
    return _name(number, _written(said[said.re.groups]) if said else year) if number else text


def year_of(start: date | None, end: date | None) -> int | None:
    """Return the year that a batch counts in: that of its first day."""
    first = start or end
    return first.year if first else None


def _name(number: int, year: int | None) -> str:
    roman = _TENS[number // 10] + _ONES[number % 10]
    return f"Angkatan {roman}/{year}" if year else f"Angkatan {roman}"


def _written(year: str) -> int:
    return int(year) if len(year) > 2 else _FIRST_YEAR + int(year)  # noqa: PLR2004


def _number(text: str) -> int | None:
    """Return the one number of a batch in digits, roman or words; None for none, or for something else beside it."""
    plain = _STROKES.sub(lambda found: "I" * len(found[0]), _REMARK.sub(" ", text))
    words = _GLUED.sub(" ", _LABEL.sub(" ", _GLUED.sub(" ", plain))).split()
    numbers = {_of_word(word.casefold()) for word in words}
    return numbers.pop() if len(numbers) == 1 else None


def _of_word(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if 0 < int(word[:4]) <= _MOST else None
    return _of_roman(word) if _ROMAN.fullmatch(word) else _NUMBERS.get(word)


def _of_roman(word: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[sign] for sign in word]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
