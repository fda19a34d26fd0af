"""Dirt in who a person is: each function soils a line, or leaves it where it does not fit, and says what follows."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tests.registry.mess import words
from tests.registry.mess.draft import Draft
from tests.registry.mess.truth import AS_OF

NOTHING = ("", "-", "\u2013", "belum ada", "N/A", "tidak ada", "....", "menyusul")
_FULL_WIDTH = str.maketrans("0123456789", "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19")


def nik_spelt(random: Random, draft: Draft) -> None:
    """Write the right NIK as it must still be read."""
    nik = draft.person.nik
    forms = [
        f"NIK. {nik}", f"NIK : {nik}", nik.translate(_FULL_WIDTH), " ".join(nik[i : i + 4] for i in range(0, 16, 4)),
        f"{nik[:6]}-{nik[6:12]}-{nik[12:]}", f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}.{nik[6:12]}.{nik[12:]}", f"'{nik}",
        f"`{nik}",
        f"{nik}.0", f"{nik[:8]}\u00a0{nik[8:]}", "\u200b".join((nik[:6], nik[6:])), f" {nik}\t", f"{nik} (KTP)",
        f'"{nik}"',
        "  ".join(nik), f"{nik},", f"No.{nik}", f"{nik}\n", f"\ufeff{nik}", f"{nik[:12]}/{nik[12:]}",
    ]  # fmt: skip
    form = random.choice(forms)
    if draft.habit.kind == "xlsx" and random.random() < 0.15:
        draft.cells["nik"] = int(nik)  # Sixteen digits fit a double; whoever sees one may still doubt it.
        draft.maybe.add("nik_digits_lost")
    elif draft.habit.kind == "csv" and random.random() < 0.1:
        draft.cells["nik"] = f'="{nik}"'  # Excel's own way of keeping text in CSV
        draft.maybe.add("unsafe_text")
    else:
        draft.cells["nik"] = form


def nik_lost(random: Random, draft: Draft) -> None:
    nik = draft.person.nik
    lost = f"{nik[0]}.{nik[1:6]}E+15"
    forms = [lost, lost.replace(".", ","), f"{nik[0]},{nik[1:3]}E+15", f"{nik[0]}.{nik[1:6]}e15",
    f" {nik[0]}.{nik[1:9]}E+15",
             f"{nik[0]}.{nik[1:6]} E+15", f"{nik[0]}.{nik[1:15]}E+15", f"{nik[0]},{nik[1:6]}E+0015"]  # fmt: skip
    draft.cells["nik"] = random.choice(forms)
    if draft.habit.kind == "xlsx" and random.random() < 0.4:
        draft.cells["nik"] = int(f"{nik[:15]}0")
    _nik_unusable(draft, "nik_digits_lost")


def nik_letters(random: Random, draft: Draft) -> None:
    nik = draft.person.nik
    pairs = [pair for pair in (("0", "O"), ("1", "l"), ("1", "I"), ("0", "o")) if pair[0] in nik[2:]]
    for old, new in random.sample(pairs, 1):
        draft.cells["nik"] = nik[:2] + nik[2:].replace(old, new, random.choice((1, 1, 9)))
    draft.values["nik"] = (None, nik)
    draft.codes.add("nik_bad_chars")
    draft.maybe |= {"nik_bad_length"}


def nik_masked(random: Random, draft: Draft) -> None:
    """Hide digits: the contract has no code for it, so any of four will do, yet an officer has to see it."""
    draft.cells["nik"] = draft.person.nik[:10] + random.choice(("******", "xxxxxx", "......"))
    draft.values["nik"] = (None,)
    draft.maybe |= {"nik_bad_chars", "nik_bad_length", "nik_digits_lost", "nik_missing"}
    draft.outcomes = ("review", "reject", "warn")


def nik_missing(random: Random, draft: Draft) -> None:
    draft.cells["nik"] = random.choice((*NOTHING, "0", "tdk punya KTP", "KTP hilang", "0000000000000000"))
    if draft.cells["nik"] not in NOTHING:  # Words in it, or zeros, may as well be called unreadable.
        draft.maybe |= {
            "nik_bad_chars",
            "nik_bad_length",
            "nik_bad_date",
            "nik_region_unknown",
            "nik_serial_zero",
            "nik_digits_lost",
        }
        draft.outcomes = ("review",)
        draft.maybe.add("nik_missing")
        draft.values["nik"] = (None,)
    else:
        _nik_unusable(draft, "nik_missing")


def nik_length(random: Random, draft: Draft) -> None:
    nik, at = draft.person.nik, random.randrange(13, 16)
    short = nik[:at] + nik[at + 1 :]
    draft.cells["nik"] = random.choice(
        (short, f"'{short}", nik[:at] + nik[at] + nik[at:], nik + "12", f"{short[:6]} {short[6:]}")
    )
    _nik_unusable(draft, "nik_bad_length")


def nik_bad_date(random: Random, draft: Draft) -> None:
    nik = draft.person.nik
    day = random.choice(("32", "35", "39")) if draft.person.sex == "L" else random.choice(("72", "75", "79"))
    bad = random.choice((f"{nik[:6]}{day}{nik[8:]}", f"{nik[:8]}{random.randint(13, 19)}{nik[10:]}"))
    draft.cells["nik"] = bad
    draft.values["nik"] = (bad, None)
    draft.codes.add("nik_bad_date")


def nik_region(random: Random, draft: Draft) -> None:
    other = random.choice(("630099", "999999", "351514", "620301", "000001")) + draft.person.nik[6:]
    draft.cells["nik"], draft.values["nik"] = other, (other,)
    draft.codes.add("nik_region_unknown")


def nik_serial_zero(random: Random, draft: Draft) -> None:
    other = draft.person.nik[:12] + "0000"
    draft.cells["nik"], draft.values["nik"] = other, (other,)
    draft.codes.add("nik_serial_zero")
    draft.maybe.add("nik_digits_lost")  # A spreadsheet makes the same zeros.


def sex_wrong(random: Random, draft: Draft) -> None:
    other = "P" if draft.person.sex == "L" else "L"
    draft.cells["sex"], draft.values["sex"] = other, (other,)


def sex_missing(random: Random, draft: Draft) -> None:
    draft.cells["sex"] = random.choice(("", "-", "?"))
    draft.values["sex"] = (None, draft.person.sex)
    if "sex" in draft.habit.fields:
        draft.codes.add("sex_from_nik")


def birth_wrong(random: Random, draft: Draft) -> None:
    other = draft.person.birth + random.choice((timedelta(1), timedelta(-1), timedelta(366), timedelta(-31)))
    draft.cells["birth"], draft.values["birth"] = f"{other:%d-%m-%Y}", (other.isoformat(),)


def birth_recent(random: Random, draft: Draft) -> None:
    other = date(
        random.randint(AS_OF.year - 9, AS_OF.year - 1), draft.person.birth.month, min(draft.person.birth.day, 28)
    )
    draft.cells["birth"], draft.values["birth"] = f"{other:%d/%m/%Y}", (other.isoformat(),)
    draft.codes.add("age_out_of_range")


def birth_month_first(random: Random, draft: Draft) -> None:
    day = draft.person.birth
    if day.day > 12 or day.day == day.month:
        return
    draft.cells["birth"] = random.choice((f"{day:%m/%d/%Y}", f"{day.month}/{day.day}/{day.year}", f"{day:%m-%d-%Y}"))
    draft.codes.add("date_ambiguous")


def birth_unreadable(random: Random, draft: Draft) -> None:
    year = draft.person.birth.year
    draft.cells["birth"] = random.choice((f"31 Februari {year}", f"{year}", f"00/00/{year}", f"31-06-{year}", "lupa",
    f"12-13-14-{year}",
                                          f"30/02/{year}", "##########"))  # fmt: skip
    draft.values["birth"] = (None, draft.person.birth.isoformat())
    draft.codes.add("date_bad")
    draft.maybe.add("birth_from_nik")


def birth_missing(random: Random, draft: Draft) -> None:
    draft.cells["birth"] = random.choice(("", "-"))
    draft.values["birth"] = (None, draft.person.birth.isoformat())
    draft.codes.add("birth_from_nik")


def name_missing(random: Random, draft: Draft) -> None:
    draft.cells["name"] = random.choice(("", "-", "   "))
    draft.values["name"] = (None,)
    draft.codes.add("missing_required")


def name_titled(random: Random, draft: Draft) -> None:
    front = random.choice(("", *words.FRONT_TITLES))
    draft.cells["name"] = (
        f"{front}{draft.person.name}{random.choice(words.BACK_TITLES) if not front or random.random() < 0.4 else ''}"
    )


def name_spelt(random: Random, draft: Draft) -> None:
    first, *rest = draft.person.name.split()
    tail = " ".join(rest)
    short = {"Muhammad": ("M.", "Muh.", "Mohd.", "Moh"), "Ahmad": ("A.", "Akhmad", "Akh."), "Abdul": ("Abd.", "Abdoel"),
             "Siti": ("St.", "Sitti"), "Nur": ("Nor", "Noor")}.get(first, (f"{first[0]}.", first.lower()))  # fmt: skip
    name = f"{random.choice(short)} {tail}"
    draft.cells["name"] = name
    draft.values["name"] = (name,)


def name_swapped(random: Random, draft: Draft) -> None:
    first, *rest = draft.person.name.split()
    draft.cells["name"] = f"{' '.join(rest).upper()}, {first}"
    draft.values["name"] = (draft.cells["name"], f"{' '.join(rest)} {first}", draft.person.name)


def name_odd(random: Random, draft: Draft) -> None:
    name = draft.person.name
    form = random.choice(
        ("  {} ", "{} bin Ahmad", "{}\n", "{} 😊", "\u200b{}", "{}  (ketua kelas)", "1. {}", "{}.", "{} *")
    )
    draft.cells["name"] = form.format(name.replace(" ", random.choice((" ", "  ", "\u00a0"))))
    plain = form.format(name).replace("\u200b", "").strip()
    draft.values["name"] = (name, plain)


def _nik_unusable(draft: Draft, code: str) -> None:
    draft.values["nik"] = (None,)
    draft.codes.add(code)


Soil = Callable[[Random, Draft], None]
SPELT: tuple[Soil, ...] = (nik_spelt, nik_spelt, name_titled, name_titled, name_spelt, name_swapped, name_odd)
WRONG: tuple[Soil, ...] = (
    nik_lost, nik_lost, nik_letters, nik_masked, nik_missing, nik_missing, nik_length, nik_bad_date, nik_region,
    nik_serial_zero, sex_wrong, sex_missing, birth_wrong, birth_recent, birth_month_first, birth_month_first,
    birth_unreadable, birth_missing, name_missing,
)  # fmt: skip
