"""From when until when a paper holds: a certificate, a policy."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from services.registry.reading.cells import Cell
from services.registry.reading.fields import dates, spans

_NEWEST = 2079  # the latest year that a year of two digits means for a paper
_FOREVER = re.compile(
    r"seumur\s*hidup|selama\s*-?\s*lama|selamanya|permanen|(?:tidak|tak|tanpa)\s*(?:ter)?batas|life\s?time|unlimited|forever",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?<![\d/.-])(\d{1,2}|satu|dua|tiga|empat|lima)\s*(?:\([^)]*\)\s*)?"
    r"(tahun|thn|th|years?|yrs?|bulan|bln|months?)\b(?!\s*\d)",
    re.IGNORECASE,
)
_WORDS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5}
_YEAR = re.compile(r"\W*(?:(?:s\W?d|sampai|akhir|tahun|thn|th)\W*)*(20\d\d)\W*", re.IGNORECASE)  # until its last day
_DATELIKE = re.compile(r"\d|##")  # other words are no date: menunggu cetak
_MONTHS, _LAST_DAY = 12, 31
_LAST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class Term:
    """start, end: both days count, either may be open. broken: a date that cannot be read or does not exist."""

    start: date | None = None
    end: date | None = None
    broken: bool = False


def read(start: Cell, end: Cell, both: Cell = None, *, month_first: bool = False) -> Term:
    """Read a term from the cell of its start, the cell of its end and a cell of both, each perhaps empty.

    Each may also hold both dates; the end's may hold how long: 3 tahun, seumur hidup.
    """
    first = dates.read(start, newest=_NEWEST, month_first=month_first)
    whole = Term()
    if first.said and not first.day and isinstance(start, str):
        whole = _of_text(start, None, month_first=month_first)
    for cell in (both, end):
        if cell not in {None, ""}:
            found = _of_cell(cell, first.day or whole.start, month_first=month_first)
            whole = Term(whole.start or found.start, found.end or whole.end, whole.broken or found.broken)
    return Term(first.day or whole.start, whole.end, whole.broken)


def _of_cell(cell: Cell, start: date | None, *, month_first: bool) -> Term:
    """Read a cell whose one date would be the end."""
    day = dates.read(cell, newest=_NEWEST, month_first=month_first)
    if day.day or not isinstance(cell, str):
        return Term(None, day.day, broken=day.said and not day.day)
    return _of_text(cell, start, month_first=month_first)


def _of_text(text: str, start: date | None, *, month_first: bool) -> Term:
    if length := _LENGTH.search(text) or _FOREVER.search(text):
        start = start or spans.read(text[: length.start()], newest=_NEWEST, month_first=month_first).start
        return Term(start, _after(start, length) if start and length.re is _LENGTH else None)
    if year := _YEAR.fullmatch(text):
        return Term(None, date(int(year[1]), _MONTHS, _LAST_DAY))
    span = spans.read(text, newest=_NEWEST, month_first=month_first)
    return Term(
        None if _is_one_month(span) else span.start,
        span.end,
        span.broken or (_DATELIKE.search(text) is not None and not (span.start or span.end)),
    )


def _is_one_month(span: spans.Span) -> bool:
    """Tell whether only a month was written: it holds until the month's last day."""
    return bool(
        span.start
        and span.end
        and span.start.day == 1
        and span.start.replace(day=span.end.day) == span.end
        and _ends(span.end)
    )


def _ends(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _after(start: date, length: re.Match[str]) -> date | None:
    count = _WORDS.get(length[1].casefold()) or int(length[1])
    months = count * (_MONTHS if length[2][0].casefold() in {"t", "y"} else 1)
    year, month = divmod(start.month - 1 + months, _MONTHS)
    if start.year + year > _LAST_YEAR:
        return None
    last = monthrange(start.year + year, month + 1)[1]
    return date(start.year + year, month + 1, min(start.day, last))
