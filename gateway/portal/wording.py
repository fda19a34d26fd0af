"""How numbers, days and codes read in a language."""

from datetime import date, datetime

from babel import dates, numbers

from services.common.web.words import say
from services.reference import regions
from services.reference.clock import WITA

EDUCATION = {"none": "no schooling completed"}
AVAILABILITY = {
    "available": "available",
    "in_training": "in training",
    "interning": "in an internship",
    "employed": "employed",
    "inactive": "not looking",
}
EVIDENCE = {"claimed": "as they say", "trained": "trained", "certified": "certified"}
KB, MB = 1_000, 1_000_000
KINDS = {"job": "Job", "internship": "Internship"}


def day(iso: str | None, language: str) -> str:
    return dates.format_date(date.fromisoformat(iso), "d MMM y", locale=language) if iso else ""


def moment(iso: str, language: str) -> str:
    """Return a moment as the office's clocks show it."""
    written = "d MMM y, HH.mm" if language == "id" else "d MMM y, HH:mm"
    return dates.format_datetime(datetime.fromisoformat(iso), written, tzinfo=WITA, locale=language)


def number(value: float, language: str, digits: int = 0) -> str:
    return numbers.format_decimal(value, f"#,##0.{'0' * digits}" if digits else "#,##0", locale=language)


def percent(share: float, language: str) -> str:
    return numbers.format_percent(share, "#,##0.0%", locale=language)


def size(amount: int, language: str) -> str:
    """Return a number of bytes in kB or MB."""
    return f"{number(amount / MB, language, 1)} MB" if amount >= MB else f"{number(amount / KB, language)} kB"


def wage(least: int | None, most: int | None, language: str) -> str:
    """Return a range of rupiah a month; "" where none is known."""
    ends = [f"Rp{number(end, language)}" for end in (least, most) if end]
    return "–".join(dict.fromkeys(ends))  # noqa: RUF001 (a range)


def place(code: str, language: str) -> str:
    """Return the name of a village and its district, by code; the code itself where it is unknown."""
    try:
        village = regions.village(code)
        district = regions.district(village.district).name
    except regions.RegionUnknown:
        return code
    return say("{village}, district of {district}", language).format(village=village.name, district=district)


def person(id_: str) -> str:
    """Return a short name for somebody without a name; its first digits would tell the time alone."""
    return id_.replace("-", "")[-6:].upper()


def cell(value: object) -> str:
    """Return what stands in a cell, on one line; a whole number without its ".0"."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e17:  # noqa: PLR2004 (longer than a NIK)
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def fault(sentence: str) -> str:
    """Return what is wrong, without what is to be done about it: a reason's first sentence."""
    head, dot, _ = sentence.partition(". ")
    return head + dot.strip()
