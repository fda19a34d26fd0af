"""One date, in any of the ways that clerks write it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from services.registry.reading.cells import Cell
from services.registry.reading.fields import months, niks

# What a spreadsheet counts from: its day 60 is a day that never was, so that later ones fit this start.
_SERIAL_START = date(1899, 12, 30)
_SERIALS = range(7_000, 80_000)  # 1919 to 2118; smaller numbers are years
_SERIAL_DIGITS = 5
_TOO_MUCH = 10**8  # no date without marks has more digits
_YEARS = range(1900, 2101)
_LONGEST = 24  # characters of a token: more are neither number nor month
_LAST_DAY, _SHORT, _PARTS = 31, 2, 3
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?![\d/.-])")
_LOOKED_AT = 100  # characters of a cell
_MONTHS = 12
_CLEARLY = 3  # times as often
_REMARK = re.compile(r"\([^)]*\)?")
_DECIMALS = re.compile(r"(?<=^\d{5})[.,]0+$")  # of a serial number that was saved as text
_TIME = re.compile(r"[ t]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:\s*(?:am|pm|wib|wita|wit|z|[+-]\d{2}:\d{2}))?\s*$")
_LETTER_O = re.compile(r"(?<=\d)o(?![a-np-z])|(?<![a-z])o(?=\d)")
_LETTER_L = re.compile(r"(?<=\d)l(?![a-z])|(?<![a-z])l(?=\d)")
_TOKEN = re.compile(r"\d+|[a-z]+")
_NOISE_WORDS = """
    senin selasa rabu kamis jumat jum at sabtu minggu ahad sen sel rab kam sab min mon tue wed thu fri sat sun monday
    tuesday wednesday thursday friday saturday sunday hari tgl tanggal tg tglnya lahir bulan bln tahun thn th st nd rd
    pada per wib wita wit dari mulai sejak berlaku periode tmt of
"""
_NOISE = frozenset(_NOISE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Day:
    """A date as it was read.

    said: something stands there, so that a `day` of None is one that cannot be read or does not exist.
    other: the date with day and month exchanged, where the way it was written leaves that open.
    month_first: `day` is read with the month before the day.
    """

    day: date | None = None
    said: bool = False
    other: date | None = None
    month_first: bool = False

    def turned(self) -> "Day":
        """Return the other reading."""
        return Day(self.other, self.said, self.day, not self.month_first)


NOTHING_SAID = Day()
UNREADABLE = Day(said=True)


def read(cell: Cell, *, newest: int, month_first: bool = False) -> Day:
    """Read a cell that holds one date.

    :param newest: the latest year that a year of two digits may mean: 23 is 2023, or else 1923.
    :param month_first: the habit of the file, for a date that could be read either way.
    """
    if isinstance(cell, datetime | date):
        return _numeric(cell.year, cell.month, cell.day)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _of_digits(str(int(cell)), newest) if abs(cell) < _TOO_MUCH else UNREADABLE
    return of_text(cell, newest=newest, month_first=month_first) if isinstance(cell, str) else NOTHING_SAID


def of_text(text: str, *, newest: int, month_first: bool = False) -> Day:
    """Read a text that holds one date and nothing else that matters."""
    return _of_text(text[:_LOOKED_AT], newest, month_first)


@lru_cache(maxsize=8192)
def _of_text(text: str, newest: int, month_first: bool) -> Day:  # noqa: FBT001 (a cache counts positions)
    tokens = tokens_of(_DECIMALS.sub("", text))
    if len(tokens) == 1 and tokens[0].isdigit():
        return _of_digits(tokens[0], newest)
    if tokens or text.strip():
        return of_tokens(tokens, newest=newest, month_first=month_first)
    return NOTHING_SAID


def tokens_of(text: str) -> list[str]:
    """Return the numbers and words of a text in small letters, without what says nothing of a date."""
    plain = _TIME.sub("", _REMARK.sub(" ", text[:_LOOKED_AT].casefold().strip("() ")))
    plain = _LETTER_L.sub("1", _LETTER_O.sub("0", plain))
    return [token[:_LONGEST] for token in _TOKEN.findall(plain) if token not in _NOISE]


def is_month_first(lines: Iterable[Mapping[str, Cell]]) -> bool:
    """Tell whether a file writes the month before the day, by the dates that can be read one way only or have a NIK.

    :param lines: the cells of some lines by their fields.
    """
    shown = Counter(show for fields in lines for show in _shown(fields))
    return shown["month"] > _CLEARLY * shown["day"] and shown["month"] > 1


def _shown(fields: Mapping[str, Cell]) -> Iterator[str]:
    """Yield `day` or `month` for each date of a line that shows which of them stands first."""
    number, _ = niks.read(str(fields.get("nik") or ""))
    told = niks.taken_apart(number)
    for field, cell in fields.items():
        for first, second in _NUMERIC.findall(cell[:_LOOKED_AT]) if isinstance(cell, str) else ():
            pair = (int(first), int(second))
            if max(pair) > _MONTHS:
                yield "month" if pair[1] > _MONTHS else "day"
            elif told and field in {"birth", "ttl"} and told.day != told.month and set(pair) == {told.day, told.month}:
                yield "month" if pair[0] == told.month else "day"


def is_noise(word: str) -> bool:
    """Tell whether a word in small letters says nothing of a date: a weekday, tanggal, mulai."""
    return word in _NOISE


def of_tokens(tokens: list[str], *, newest: int, month_first: bool = False) -> Day:
    """Read three tokens: day, month and year, in whatever order they can be told by."""
    if len(tokens) != _PARTS:
        return UNREADABLE
    if not all(map(str.isdigit, tokens)):
        return _with_name(tokens, newest)
    first, second, third = tokens
    if len(first) > _SHORT or int(first) > _LAST_DAY:
        return _numeric(_year(first, newest), int(second), int(third))
    found = _numeric(_year(third, newest), int(second), int(first))
    return found.turned() if month_first and found.other else found


def _with_name(tokens: list[str], newest: int) -> Day:
    """Read a date whose month is a word or a roman number: no doubt which of the others is the day."""
    words = [token for token in tokens if not token.isdigit()]
    month = months.number(words[0]) if len(words) == 1 else None
    if month is None:
        return UNREADABLE
    day, year = (token for token in tokens if token.isdigit())
    if len(day) > _SHORT or int(day) > _LAST_DAY:
        day, year = year, day
    return Day(_date(_year(year, newest), month, int(day)), said=True)


def _numeric(year: int, month: int, day: int) -> Day:
    """Return the date, and the one with day and month exchanged where that exists too."""
    plain, exchanged = _date(year, month, day), _date(year, day, month)
    if plain is None:
        return Day(exchanged, said=True, month_first=exchanged is not None)
    return Day(plain, said=True, other=exchanged if exchanged != plain else None)


def _of_digits(digits: str, newest: int) -> Day:
    """Read a date without marks: a spreadsheet's serial number, 12032001, 20010312 or 120301."""
    serial = _of_serial(int(digits)) if len(digits) <= _SERIAL_DIGITS else None
    if serial and serial.year <= newest:
        return Day(serial, said=True)
    padded = digits.zfill(len(digits) + len(digits) % 2)
    days = (_date(_year(year, newest), int(month), int(day)) for day, month, year in _cuts(padded))
    return Day(next(filter(None, days), None), said=True)


def _cuts(digits: str) -> list[tuple[str, str, str]]:
    """Return what could be day, month and year of digits without marks, the likelier first."""
    if len(digits) not in {6, 8}:
        return []
    return [(digits[:2], digits[2:4], digits[4:]), (digits[-2:], digits[-4:-2], digits[:-4])]


def _of_serial(number: int) -> date | None:
    return _SERIAL_START + timedelta(days=number) if number in _SERIALS else None


def _year(token: str, newest: int) -> int:
    """Return the year that four or two digits mean; 0, which is no year, for others."""
    number = int(token) if len(token) in {_SHORT, 4} else 0
    if len(token) != _SHORT:
        return number
    return number + (2000 if 2000 + number <= newest else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except (ValueError, OverflowError):
        return None
