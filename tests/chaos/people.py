"""People that never were: what a client says when it registers one."""

import itertools
from datetime import date, timedelta

from services.reference import regions

ISSUER = "LSP Uji Ketahanan"
VILLAGES = [village.code for place in regions.districts_of() for village in regions.villages_of(place.code)]
EDUCATIONS = ("SD", "SMP", "SMA", "SMK", "D3", "S1")
NIKS = itertools.count(6_311_060_101_900_001)


def levels(rng, skills):
    """Draw one to four skills with their levels."""
    return {skill: rng.randint(1, 5) for skill in rng.sample(skills, rng.randint(1, 4))}


def held(levels):
    return [{"skill": skill, "level": level} for skill, level in levels.items()]


def person(rng, name, levels):
    """Every second one has no NIK: its uniqueness must not hide that a request was carried out twice."""
    return {
        "name": name,
        "nik": rng.choice((None, str(next(NIKS)))),
        "birth_date": (date(1975, 1, 1) + timedelta(days=rng.randrange(10_000))).isoformat(),
        "sex": rng.choice("LP"),
        "village": rng.choice(VILLAGES),
        "education": rng.choice(EDUCATIONS),
        "skills": held(levels),
    }


def certificate(rng, number, skill):
    return {
        "skill": skill,
        "level": rng.randint(1, 5),
        "number": number,
        "issuer": ISSUER,
        "issued_on": (date(2026, 1, 1) + timedelta(days=rng.randrange(120))).isoformat(),
        "valid_until": rng.choice((None, "2031-12-31")),
    }
