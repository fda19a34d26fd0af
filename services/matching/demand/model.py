"""A demand: what a vacancy asks for, as matching knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.common.errors import Missing
from services.matching.engine import score
from services.matching.engine.core.query import NEEDS
from services.matching.engine.parties import Kind, Requirement
from services.reference import education, regions

PUBLISHED = "published"


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

    def is_open(self, day: date) -> bool:
        """Tell whether one may apply on a day."""
        return self.status == PUBLISHED and day <= self.closes_on

    @property
    def skills(self) -> set[str]:
        """All skills that are asked for, by a level or by a certificate."""
        return {need.skill for need in self.requirement.skills} | set(self.requirement.certificates)


def check(state: Mapping[str, Any]) -> None:
    """:raises RegionUnknown, EducationUnknown, ValueError: nobody can be compared with the vacancy."""
    regions.district(state["district"])
    Kind(state["kind"])
    if max(len(state["skills"]), len(state["certificates"])) > NEEDS:
        raise ValueError(f"more than {NEEDS} skills or certificates")
    if state["education"] is not None:
        education.level(state["education"])
    for need in state["skills"]:
        if not 1 <= need["min_level"] <= score.LEVELS or (need["weight"] or 0) < 0:
            raise ValueError(f"{need['skill']} at level {need['min_level']} with weight {need['weight']}")
