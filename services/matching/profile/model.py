"""A profile: what matching knows of a person. Nothing personal is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.common.errors import Missing
from services.matching.engine.parties import Person
from services.reference import education, regions


class ProfileUnknown(Missing):
    """Matching knows no person with this id."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    id: str
    version: int
    person: Person

    @property
    def skills(self) -> list[dict[str, Any]]:
        return [{"skill": skill, "level": level} for skill, level in sorted(self.person.skills.items())]


def check(state: Mapping[str, Any]) -> None:
    """:raises RegionUnknown, EducationUnknown: the person cannot be compared."""
    regions.district(state["district"])
    education.level(state["education"])


def levels(held: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return the highest level by skill.

    :param held: what is claimed and what is certified. A certificate that has run out still tells
        that its skill was learnt.
    """
    found: dict[str, int] = {}
    for each in held:
        found[each["skill"]] = max(each["level"], found.get(each["skill"], 0))
    return found
