"""How a clerk writes what is right: forms that have to be read, not dirt."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from services.reference import regions
from tests.registry.mess import words
from tests.registry.mess.people import Person, weekday

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
_OTHER_MONTHS = [
    "Januari",
    "Pebruari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "Nopember",
    "Desember",
]
_SHORT = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Ags", "Sep", "Okt", "Nov", "Des"]
_OTHER_SHORT = ["Jan", "Peb", "Mrt", "Apr", "Mei", "Jun", "Jul", "Agust", "Sept", "Okt", "Nop", "Des"]
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_EXCEL_DAY_0 = date(1899, 12, 30)

DATES: dict[str, Callable[[date], str]] = {
    "dotted": lambda day: f"{day.day}.{day.month}.{day.year}",
    "short_slash": lambda day: f"{day.day}/{day.month}/{day:%y}",
    "slash": lambda day: f"{day:%d/%m/%Y}",
    "dashed": lambda day: f"{day:%d-%m-%Y}",
    "spaced": lambda day: f"{day:%d %m %Y}",
    "weekday": lambda day: f"{weekday(day)}, {day.day} {MONTHS[day.month - 1]} {day.year}",
    "roman": lambda day: f"{day.day}-{_ROMAN[day.month - 1]}-{day.year}",
    "english": lambda day: f"{_ENGLISH[day.month - 1]} {day.day} {day.year}",
    "english_comma": lambda day: f"{_ENGLISH[day.month - 1]} {day.day}, {day.year}",
    "long": lambda day: f"{day.day} {_OTHER_MONTHS[day.month - 1]} {day.year}",
    "capitals": lambda day: f"{day:%d} {MONTHS[day.month - 1].upper()} {day.year}",
    "short_month": lambda day: f"{day:%d} {_SHORT[day.month - 1]} {day.year}",
    "other_short": lambda day: f"{day.day}-{_OTHER_SHORT[day.month - 1]}-{day:%y}",
    "iso": lambda day: day.isoformat(),
    "iso_slash": lambda day: f"{day:%Y/%m/%d}",
    "moment": lambda day: f"{day.isoformat()} 00:00:00",
    "serial": lambda day: str((day - _EXCEL_DAY_0).days),
    "glued": lambda day: f"{day.day}{MONTHS[day.month - 1]}{day.year}",
    "month_dash": lambda day: f"{day.day} - {MONTHS[day.month - 1]} - {day.year}",
    "stray": lambda day: f" {day:%d/%m/%Y}. ",
}
# In text of two fields a bare number or a comma would be read as something else.
JOINABLE = ("dotted", "slash", "dashed", "roman", "long", "capitals", "short_month", "other_short", "iso")


def written_date(random: Random, day: date | None, form: str, *, joined: bool = False) -> Any:
    """Return the date in the file's form, one in nine in another; a joined one is text."""
    if day is None:
        return None
    if random.random() < 1 / 9:
        form = random.choice(sorted(DATES))
    if form == "cell":
        return DATES["slash"](day) if joined else datetime(day.year, day.month, day.day)  # noqa: DTZ001
    if form == "number":
        return DATES["slash"](day) if joined else (day - _EXCEL_DAY_0).days
    return DATES[form if not joined or form in JOINABLE else "slash"](day)


def period(random: Random, start: date, end: date, form: str) -> str:
    joiner = random.choice((" s/d ", " - ", " s.d. ", " sampai dengan ", " \u2013 ", " sd ", " hingga "))
    if random.random() < 0.2 and (start.month, start.year) == (end.month, end.year):
        return f"{start.day}{joiner}{end.day} {MONTHS[end.month - 1]} {end.year}"
    if random.random() < 0.2 and start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1]}{joiner}{end.day} {MONTHS[end.month - 1]} {end.year}"
    return f"{written_date(random, start, form, joined=True)}{joiner}{written_date(random, end, form, joined=True)}"


def phone(random: Random, number: str) -> Any:
    """Return one of the ways of writing +62812xxxxxxxx, where two numbers stand, the person's first."""
    home = f"0{number[3:]}"
    a, b, c = home[:4], home[4:8], home[8:]
    return random.choice((
        home, home, f"{a}-{b}-{c}", f"{a} {b} {c}", f"{a}.{b}.{c}", f"+62-{a[1:]}-{b}-{c}", f"+62{a[1:]}{b}{c}",
        f"62{a[1:]} {b} {c}", f"{a[1:]}{b}{c}", f"WA: {home}", f"{a} {b} {c} / 081300009{c[1:]}", f"({a}) {b}{c}",
        f"+62 (0){a[1:]} {b} {c}", f"'{home}", f"{a}\u2013{b}\u2013{c}", f"HP. {a} {b} {c}", f"{home} (WA)",
        f"{a}_{b}_{c}",
        f"{home}.0" if random.random() < 0.5 else home, int(home[1:]), f"\u202a{home}\u202c", f"0062{home[1:]}",
    ))  # fmt: skip


def village(random: Random, place: regions.Village) -> str:
    town, short = ("Kelurahan", "Kel.") if place.code[-4] == "1" else ("Desa", "ds")
    name = place.name
    return random.choice((
        name, name, name, name.upper(), name.lower(), f"Ds. {name}", f"{town} {name}", f"{short} {name}",
        f" {name}  ",
        f"{name} RT 03 RW 01", f"{name} RT.02/RW.00", f"RT 04 {town} {name}", f"DS.{name.upper()}",
        name.replace(" ", "  "),
        f"{town} {name}.", f"{name} Rt.1", name.replace("'", "\u2019"), name.replace("'", ""),
        f"{town.lower()} {name.lower()}",
    ))  # fmt: skip


def district(random: Random, place: regions.Village) -> str:
    return random.choice(words.DISTRICTS[regions.district(place.district).name])


def full_address(random: Random, person: Person, village_text: str) -> str:
    home = regions.district(person.village.district).name
    bare = village_text.strip()
    named = bare if bare[:2].lower() in {"ds", "de", "ke", "rt"} else f"Desa {bare}"
    return random.choice((
        f"{person.address}, {named}, Kec. {home}", f"{person.address} {named} Kec. {home} Kab. Balangan",
        f"{person.address}, {named} Kecamatan {home}, Kabupaten Balangan 71611", f"{named} {person.address} Kec.{home}",
        f"{person.address}\n{named}\nKec. {home}", f"{person.address}; {named}; {home}",
    ))  # fmt: skip


def sex(random: Random, code: str) -> str:
    men, women = (
        ("L", "Laki-laki", "LK", "Pria", "laki laki", "L.", "Lk"),
        ("P", "Perempuan", "PR", "Wanita", "perempuan", "P.", "Pr"),
    )
    return random.choice(men if code == "L" else women)


def batch(random: Random, name: str) -> str:
    """Return Angkatan II/2025 in other words; the year may be left out, the period tells it."""
    roman, _, year = name.removeprefix("Angkatan ").partition("/")
    number = _ROMAN.index(roman) + 1
    return random.choice((
        name, f"{roman}/{year}", f"Angkatan {roman} Tahun {year}", f"Gel. {roman} - {year}",
        f"ANGKATAN {roman} ({year})",
        f"Angkatan {number}/{year}", f"Gelombang {number} {year}", f"Angk. {roman}", roman, str(number), f"Ke-{number}",
    ))  # fmt: skip


def education(random: Random, level: str, major: str) -> str:
    text = random.choice(words.EDUCATION[level]).format(major=major or "")
    return text.replace("(jurusan )", "").replace("()", "").strip()


def skills(random: Random, texts: list[str]) -> str:
    joiner = random.choice((", ", ",", " / ", "/", "; ", "\n", " dan ", " + ", "bullets", "numbers", " & "))
    if joiner == "bullets":
        return "\n".join(f"- {text}" for text in texts)
    if joiner == "numbers":
        return " ".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
    return joiner.join(texts)


def serial(day: date) -> int:
    return (day - _EXCEL_DAY_0) // timedelta(1)
