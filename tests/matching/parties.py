"""Who asks and who is there: shortest ways to make them for a test of the engine."""

from dataclasses import replace
from datetime import date

from services.matching.engine.parties import Person, Requirement, SkillNeed

PARINGIN, PARINGIN_SELATAN, JUAI, HALONG, BANJARMASIN = "63.11.06", "63.11.07", "63.11.01", "63.11.02", "63.71.01"
START = date(2026, 12, 1)


def need(skill, min_level, weight=1, *, must=False):
    return SkillNeed(skill=skill, min_level=min_level, weight=weight, must=must)


def requirement(*skills, **changes):
    asked = Requirement(skills=skills, certificates=(), education=None, district=PARINGIN, starts_on=START)
    return replace(asked, **changes)


def person(name="p", **changes):
    skilled = {"skills": {}, "certificates": ()}
    free = Person(id=name, district=PARINGIN, education="SMA", availability="available", available_from=None, **skilled)
    return replace(free, **changes)
