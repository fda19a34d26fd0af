"""A profile: what matching knows of a person. Nothing personal is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.common.errors import Missing
from services.matching.engine.parties import Held, Person, Proof, Wishes
from services.reference import education, regions
from services.reference.evidence import Kind

HIDDEN = "hidden"


class ProfileUnknown(Missing):
    """Matching knows no person with this id."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    id: str
    version: int
    person: Person

    def skills(self, on: date) -> list[dict[str, Any]]:
        """Return the skills with their levels and what they are proven by on a day."""
        found = ((skill, self.person.held_on(skill, on)) for skill in sorted(self.person.skills))
        return [{"skill": skill, "level": held[0], "evidence": held[1].name.lower()} for skill, held in found if held]


def check(state: Mapping[str, Any]) -> None:
    """:raises RegionUnknown, EducationUnknown: the person cannot be compared."""
    regions.district(state["district"])
    education.level(state["education"])
    for district in (state["wishes"] or {}).get("districts", ()):
        regions.district(district)


def person(state: Mapping[str, Any]) -> Person:
    """Return a person by how the registry says that they stand."""
    wishes = state["wishes"] or {}
    return Person(
        id=state["id"],
        district=state["district"],
        village=state["village"],
        education=state["education"],
        availability=state["availability"],
        available_from=state["available_from"],
        skills=_held(state["skills"], state["certificates"]),
        certificates=tuple(
            Proof(skill=held["skill"], valid_from=held["issued_on"], valid_until=held["valid_until"])
            for held in state["certificates"]
        ),
        is_visible=state["visibility"] != HIDDEN,
        hidden_from=frozenset(state["hidden_from"]),
        wishes=Wishes(
            kinds=frozenset(wishes.get("kinds", ())),
            min_wage_idr=wishes.get("min_wage_idr"),
            districts=frozenset(wishes.get("districts", ())),
        ),
    )


def _held(said: Iterable[Mapping[str, Any]], certified: Iterable[Mapping[str, Any]]) -> dict[str, Held]:
    """Return what somebody has, by skill.

    A certificate that has run out still tells that its skill was learnt.
    """
    levels: dict[str, int] = {}
    unproven: dict[str, int] = {}
    trained = {each["skill"] for each in said if each["kind"] == Kind.TRAINED}
    for each in said:
        unproven[each["skill"]] = max(each["level"], unproven.get(each["skill"], 0))
    for each in (*said, *certified):
        levels[each["skill"]] = max(each["level"], levels.get(each["skill"], 0))
    return {
        skill: Held(level=level, unproven=unproven.get(skill, 0), is_trained=skill in trained)
        for skill, level in levels.items()
    }
