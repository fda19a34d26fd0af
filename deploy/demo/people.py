"""1,600 invented people, each trained by one institution.

No NIK can be anybody's: its serial is above 9000, where a registry office that counts from 0001 a day never comes.
The phones have 0000 after their prefix, and the e-mail addresses lead to example.com.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from deploy.demo.training import Row, institutions, read, schemes, taught_by, villages

PEOPLE = 1600
SEED = 20240912

# How often each is drawn, relative to the others; here and below.
AVAILABILITY = {"available": 79, "in_training": 11, "interning": 3, "employed": 6, "inactive": 1}
FREE_LATER = ("in_training", "interning")
BIRTH_YEARS = dict.fromkeys(range(1981, 2007), 36) | dict.fromkeys(range(1966, 1981), 4)  # all of age
EDUCATION = {"SD": 2, "SMP": 12, "SMA": 37, "SMK": 36, "D3": 5, "S1": 8}
CERTIFIED_OF_TRAINED = 0.876  # of those who are not in training any more: 78 % of all
VALID_YEARS = {3: 85, 2: 5, 5: 5, None: 5}
PHONE_PREFIXES = ("+62812", "+62813", "+62821", "+62822", "+62852", "+62853", "+62857", "+62858", "+62878", "+62895")
LANES = ("Jl. Meratus", "Jl. Batu Piring", "Gg. Rambai", "Gg. Kasturi", "Gg. Ulin", "Jl. Pasar Lama")
# What people also say they can do, without having been trained for it.
SIDE_SKILLS = (
    "driving", "english", "reception", "office-computing", "oil-palm-harvesting", "cooking", "welding", "carpentry",
    "digital-marketing", "first-aid",
)  # fmt: skip


Drawn = TypeVar("Drawn")


def by_institution(today: date) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each institution with the people it trained, as they stand today."""
    rng = Random(SEED)  # noqa: S311  the demo must come out the same each time
    numbers = iter(range(PEOPLE))
    places = institutions()
    for turn, institution in enumerate(places):
        size = PEOPLE // len(places) + (turn < PEOPLE % len(places))
        yield institution, [_worker(rng, next(numbers), turn, institution["name"], today) for _ in range(size)]


def _worker(rng: Random, number: int, turn: int, institution: str, today: date) -> Row:
    programme = rng.choice(taught_by(turn))
    availability = _drawn(rng, AVAILABILITY)
    free_in = timedelta(days=rng.randint(7, 120))
    skills = _skills(rng, programme, in_training=availability == "in_training")
    certificate = _certificate(rng, number, programme, skills, today) | {"issuer": institution}
    is_certified = availability != "in_training" and rng.random() < CERTIFIED_OF_TRAINED
    return _identity(rng, number) | {
        "education": _drawn(rng, EDUCATION),
        "availability": availability,
        "available_from": (today + free_in).isoformat() if availability in FREE_LATER else None,
        "skills": [{"skill": skill, "level": level} for skill, level in skills.items()],
        "certificates": [certificate] if is_certified else [],
    }


def _identity(rng: Random, number: int) -> Row:
    sex = rng.choices("LP", (55, 45))[0]
    name = " ".join(rng.sample(read("names")["men" if sex == "L" else "women"], rng.randint(2, 3)))
    birth = date(_drawn(rng, BIRTH_YEARS), 1, 1) + timedelta(days=rng.randrange(365))
    village = rng.choice(villages())
    first, *_, last = name.lower().split()
    return {
        "name": name,
        "nik": _nik(rng, number, birth, sex),
        "birth_date": birth.isoformat(),
        "sex": sex,
        "village": village.code,
        "address": f"{rng.choice(LANES)} RT {rng.randint(1, 12):02d} No. {rng.randint(1, 80)}",
        "phone": f"{rng.choice(PHONE_PREFIXES)}0000{number:04d}",
        "email": f"{first}.{last}{number}@example.com",
    }


def _nik(rng: Random, number: int, birth: date, sex: str) -> str:
    """Compose a NIK: where first registered, day of birth (40 more for women), serial of that day."""
    registered = f"6311{rng.randint(1, 8):02d}"
    day = birth.day + (40 if sex == "P" else 0)
    return f"{registered}{day:02d}{birth:%m%y}{9001 + number % 999}"


def _skills(rng: Random, programme: Row, *, in_training: bool) -> dict[str, int]:
    """Draw levels around those that the programme teaches; who still learns has only begun with the first."""
    taught = programme["skills"][:1] if in_training else programme["skills"]
    shift = (-2, -1) if in_training else (-1, 0, 0, 0, 1)
    held = {row["skill"]: row["level"] + rng.choice(shift) for row in taught}
    for skill in rng.sample(SIDE_SKILLS, rng.choice((0, 0, 1, 1, 2))):
        held.setdefault(skill, rng.randint(1, 3))
    return held


def _certificate(rng: Random, number: int, programme: Row, skills: dict[str, int], today: date) -> Row:
    skill = programme["skills"][0]["skill"]
    issued_on = today - timedelta(days=rng.randint(20, 1200))
    years = _drawn(rng, VALID_YEARS)
    return {
        "skill": skill,
        "level": skills[skill],
        "number": f"{number + 1:05d}/SERT/{issued_on.year}",
        "scheme": schemes()[programme["name"]],
        "issued_on": issued_on.isoformat(),
        "valid_until": _years_later(issued_on, years).isoformat() if years else None,
    }


def _years_later(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)


def _drawn(rng: Random, weights: dict[Drawn, int]) -> Drawn:
    return rng.choices(list(weights), list(weights.values()))[0]
