"""A certificate: its number, and what does not fit with the result of the training."""

import re
from collections.abc import Iterator
from datetime import date

from services.registry.reading.fields import results, texts
from services.registry.reading.fields.terms import Term

_ROUNDED = re.compile(r"\d[.,]\d+\s*[eE]\s*\+?\s*\d{1,2}")  # 2,43E+10: a spreadsheet kept no more of it
_NUMBER = re.compile(r"^\W*(?:no|nomor|nmr|number)\b\s*[.:]*\s*(?=\S*\d)", re.IGNORECASE)


def number(text: str) -> str | None:
    """Return a paper's number with single spaces, or None where there is none or a spreadsheet rounded it."""
    line = texts.line(_NUMBER.sub("", text).lstrip(" \n=+@-'\""))
    return line if line and any(map(str.isdigit, line)) and not _ROUNDED.fullmatch(line) else None


def doubts(cert_no: str | None, term: Term, result: str | None, today: date) -> Iterator[str]:
    """Yield what is to be said of a certificate, or of the lack of it."""
    if term.broken:
        yield "date_bad"
    if cert_no is None:
        if result == results.COMPLETED:
            yield "certificate_missing"
        return
    if result not in {None, results.COMPLETED}:
        yield "result_certificate_conflict"
    if term.end and term.end < today:
        yield "certificate_expired"
    if term.start and term.end and term.end < term.start:
        yield "certificate_dates"
