"""Who asks and who is there: shortest ways to make them for a test of the engine."""

from dataclasses import replace
from datetime import date

from services.matching.engine.parties import Held, Person, Proof, Requirement, SkillNeed

PARINGIN, PARINGIN_SELATAN, JUAI, HALONG, BANJARMASIN = "63.11.06", "63.11.07", "63.11.01", "63.11.02", "63.71.01"
START = date(2026, 12, 1)


def need(skill, min_level, weight=1, *, must=False):
    return SkillNeed(skill=skill, min_level=min_level, weight=weight, must=must)


def requirement(*skills, **changes):
    asked = Requirement(skills=skills, certificates=(), education=None, district=PARINGIN, starts_on=START)
    return replace(asked, **changes)


def person(name="p", *, skills=None, **changes):
    """Somebody who is free, with skills by name: as they are held, or the level that is claimed."""
    held = {skill: level if isinstance(level, Held) else claimed(level) for skill, level in (skills or {}).items()}
    free = {"district": PARINGIN, "education": "SMA", "availability": "available", "available_from": None}
    return replace(Person(id=name, skills=held, certificates=(), **free), **changes)


def certified(name="p", *, skills, **changes):
    """Somebody who holds a certificate of each skill, at a level, and claims nothing."""
    held = {skill: Held(level=level, unproven=0) for skill, level in skills.items()}
    return person(name, skills=held, certificates=tuple(map(proof, skills)), **changes)


def claimed(level):
    return Held(level=level, unproven=level)


def trained(level):
    return Held(level=level, unproven=level, is_trained=True)


def proof(skill, valid_from=START, valid_until=START):
    return Proof(skill=skill, valid_from=valid_from, valid_until=valid_until)
