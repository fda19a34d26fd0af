"""A free search: what somebody looks for in people, by skills or in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from services.common.errors import Refused
from services.matching.engine.parties import Kind, Requirement, SkillNeed
from services.reference.naming import Index, Reading

SKILLS_AT_MOST = 50


class SkillsUnknown(Refused):
    """Some skills are not in the taxonomy; each is named with those near it."""


class NothingAsked(Refused):
    """The search names no skill that is known: name one by its id, or in other words."""


class SkillTwice(Refused):
    """A skill is asked for twice: say its level once."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for. `text` is Indonesian or English and may list several skills."""

    employer_id: str | None
    text: str
    skills: tuple[SkillNeed, ...]
    certificates: tuple[str, ...]
    education: str | None
    district: str
    starts_on: date
    kind: Kind | None
    wage_idr: int | None


def read(text: str, naming: Index) -> list[Reading]:
    """Return what a text names, piece by piece; without a concept where that is not sure."""
    return naming.read_list(text) if text.strip() else []


def requirement(search: Search, readings: Sequence[Reading]) -> Requirement:
    """Return what is asked of people: whatever the words name is a must, from the level that they say.

    :raises SkillTwice: a skill stands there twice. :raises NothingAsked: there is no skill.
    """
    named = {reading.concept: reading.level or 1 for reading in readings if reading.concept}
    ids = [need.skill for need in search.skills]
    if len(set(ids)) < len(ids):
        raise SkillTwice
    words = [
        SkillNeed(skill=skill, min_level=level, weight=None, must=True)
        for skill, level in named.items()
        if skill not in ids
    ]
    if not (words or search.skills or search.certificates):
        raise NothingAsked(fields=_near(readings))
    return Requirement(
        skills=(*search.skills, *words)[:SKILLS_AT_MOST],
        certificates=search.certificates,
        education=search.education,
        district=search.district,
        starts_on=search.starts_on,
        kind=search.kind,
        wage_idr=search.wage_idr,
        employer=search.employer_id,
        salt=f"{search.starts_on} {search.employer_id or ''}",
    )


def name_of(asked: Requirement) -> str:
    """Return an id of a search: two that ask for the same have the same."""
    return f"search-{sha256(repr(asked).encode()).hexdigest()[:16]}"


def check(asked: Mapping[str, str], known: Mapping[str, object], naming: Index) -> None:
    """:param asked: skills by the JSON pointer where each stands.

    :raises SkillsUnknown: some are not known; each with those near it.
    """
    unknown = {pointer: skill for pointer, skill in asked.items() if skill not in known}
    if unknown:
        raise SkillsUnknown(fields={pointer: _suggested(skill, naming) for pointer, skill in unknown.items()})


def _near(readings: Sequence[Reading]) -> dict[str, str]:
    near = [hit.concept for reading in readings for hit in reading.best[:3]]
    return {"/text": f"No skill is named for sure; near it: {', '.join(near)}."} if near else {}


def _suggested(skill: str, naming: Index) -> str:
    near = [hit.concept for hit in naming.search(skill.replace("-", " "), limit=3)]
    return f"No skill has this id; near it: {', '.join(near)}." if near else "No skill has this id."
