"""A profile: what matching knows of a person. Nothing personal is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.common.errors import Missing
from services.matching.engine.parties import Person
from services.reference import education, evidence, regions
from services.reference.evidence import Evidence, Grade, Kind


class ProfileUnknown(Missing):
    """Matching knows no person with this id."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    id: str
    version: int
    person: Person

    def skills(self, on: date) -> list[dict[str, Any]]:
        """Return the skills with their levels and what they are proven by on a day."""
        held = sorted(self.person.skills.items())
        return [
            {"skill": skill, "level": level, "evidence": self._grade(skill, on).name.lower()} for skill, level in held
        ]

    def _grade(self, skill: str, on: date) -> Grade:
        proofs = (proof for proof in self.person.certificates if proof.skill == skill)
        found = [
            Evidence(kind=Kind.CLAIMED),
            *([Evidence(kind=Kind.TRAINED)] if skill in self.person.trained else []),
            *(
                Evidence(kind=Kind.CERTIFIED, valid_from=each.valid_from, valid_until=each.valid_until)
                for each in proofs
            ),
        ]
        return max(evidence.grade(each, on) for each in found)


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
