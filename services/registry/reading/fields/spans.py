"""Two dates in one cell: from when until when."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from services.registry.reading.cells import Cell
from services.registry.reading.fields import dates, months

# What stands between two dates, the clearest first; the last ones stand within dates too.
_BETWEEN = (
    re.compile(
        r"\bs\s*[./]?\s*d\b\.?(?:\s*tgl\b\.?)?|\bsampai(?:\s+dengan)?\b|\bhingga\b|\bsampe\b|\b(?:un)?til\b|\bto\b|\bke\b|[~→]"
    ),
    re.compile(r"\s*[\u2013\u2014]+\s*|\s-+\s|-{2,}|\n|;"),
    re.compile(r"\s*-+\s*|\s*/\s*|,\s*|\bdan\b|&"),
)
_LONGEST = 120  # characters that are looked through
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY, _LAST_MONTH, _WHOLE = 31, 12, 3


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when; broken: a date stands there that cannot be read or does not exist."""

    start: date | None = None
    end: date | None = None
    broken: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One side of a span, which the other side may complete: 1 - 20 April 2025."""

    day: int | None = None
    month: int | None = None
    year: int | None = None


def read(cell: Cell, *, newest: int, month_first: bool = False) -> Span:
    """Read a period: two dates, or days, months or years that one of them lacks and the other has; or whole months.

    One date alone is the start.
    """
    if not isinstance(cell, str):
        return Span(dates.read(cell, newest=newest).day if isinstance(cell, date | datetime | int | float) else None)
    whole = _part(cell[:_LONGEST], newest, month_first=month_first)
    if whole and whole.month and whole.year:
        return Span(_first(whole), None if whole.day else _last(whole))
    best = Span()
    for left, right in _halves(cell.casefold()[:_LONGEST]):
        found = _pair(left, right, newest, month_first=month_first)
        if found.start and found.end:
            return found
        best = best if best.start or best.end or best.broken else found
    return best


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Yield what may be the two sides, the likeliest first."""
    for between in _BETWEEN:
        for found in between.finditer(text):
            yield text[: found.start()], text[found.end() :]


def _pair(left: str, right: str, newest: int, *, month_first: bool) -> Span:
    """Return the span of two sides as far as they can be read; one may be empty or no date: s/d selesai."""
    start, end = (_part(side, newest, month_first=month_first) for side in (left, right))
    if start and end:
        return _joined(start, end)
    sides = [side for side, part in ((left, start), (right, end)) if part is None]
    broken = any(len(dates.tokens_of(side)) == _WHOLE for side in sides)
    first = _first(start) if start and start.year and start.month and start.day else None
    last = _last(end) if end and end.year and end.month else None
    return Span(first, last, broken) if first or not dates.tokens_of(left) or broken else Span()


def _joined(start: _Part, end: _Part) -> Span:
    """Return the span, each side completed by the other; the year turns where only one side has it."""
    first = _first(_Part(start.day, start.month or end.month, start.year or end.year))
    last = _last(_Part(end.day, end.month or start.month, end.year or start.year))
    if not (first and last):
        return Span()
    if first > last and not start.year:
        first = _first(_Part(first.day, first.month, last.year - 1))
    elif first > last and not end.year:
        last = _last(_Part(last.day, last.month, first.year + 1))
    return Span(first, last)


def _part(text: str, newest: int, *, month_first: bool) -> _Part | None:
    """Return as much of a date as a text holds, or None where it holds anything else."""
    whole = dates.of_text(text, newest=newest, month_first=month_first)
    if whole.day:
        return _Part(whole.day.day, whole.day.month, whole.day.year)
    return _of_few(dates.tokens_of(text))


def _of_few(tokens: list[str]) -> _Part | None:
    """Return the part of one or two tokens: a day, a month, a day of a month, a month of a year."""
    match [(months.number(token), token) for token in tokens]:
        case [(None, day)] if _is_day(day):
            return _Part(day=int(day))
        case [(month, _)] if month:
            return _Part(month=month)
        case [(None, day), (month, _)] if month and _is_day(day):
            return _Part(int(day), month)
        case [(month, _), (None, year)] if month and _is_year(year):
            return _Part(None, month, int(year))
        case [(None, first), (None, second)] if first.isdigit() and second.isdigit():
            return _of_numbers(first, second)
        case _:
            return None


def _of_numbers(first: str, second: str) -> _Part | None:
    """Return 20/04 as a day of a month, 04/2025 as a month of a year."""
    if _is_year(second) and 0 < int(first) <= _LAST_MONTH:
        return _Part(None, int(first), int(second))
    return _Part(int(first), int(second)) if _is_day(first) and 0 < int(second) <= _LAST_MONTH else None


def _is_day(token: str) -> bool:
    return token.isdigit() and 0 < int(token) <= _DAY


def _is_year(token: str) -> bool:
    return _YEAR.fullmatch(token) is not None


def _first(part: _Part) -> date | None:
    return _date(part, part.day or 1)


def _last(part: _Part) -> date | None:
    if not part.day and part.year and part.month:
        return _date(part, monthrange(part.year, part.month)[1])
    return _date(part, part.day or 0)


def _date(part: _Part, day: int) -> date | None:
    try:
        return date(part.year or 0, part.month or 0, day)
    except (ValueError, OverflowError):
        return None
