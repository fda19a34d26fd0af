"""A demand: what a vacancy asks for, as matching knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.common.errors import Missing
from services.matching.engine.parties import Requirement
from services.reference import education, regions


class VacancyUnknown(Missing):
    """Matching knows no vacancy with this id."""


@dataclass(frozen=True, kw_only=True)
class Demand:
    id: str
    version: int
    employer_id: str
    employer_name: str
    title: str
    kind: str
    status: str
    positions: int
    closes_on: date  # the last day on which one may apply
    requirement: Requirement

    @property
    def skills(self) -> set[str]:
        """All skills that are asked for, by a level or by a certificate."""
        return {need.skill for need in self.requirement.skills} | set(self.requirement.certificates)


def check(state: Mapping[str, Any]) -> None:
    """:raises RegionUnknown, EducationUnknown, ValueError: nobody can be compared with the vacancy."""
    regions.district(state["district"])
    if state["education"] is not None:
        education.level(state["education"])
    for need in state["skills"]:
        if need["min_level"] < 1 or need["weight"] < 0:
            raise ValueError(f"{need['skill']} at level {need['min_level']} with weight {need['weight']}")
