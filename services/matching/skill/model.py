"""A skill as matching knows it: what it is called, and what hangs together with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.matching.engine.links import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    id: str
    label_id: str
    label_en: str
    group: str = ""
    synonyms: tuple[str, ...] = ()
    broader: str | None = None
    related: tuple[str, ...] = ()
    retired: bool = False

    def label(self, language: str) -> str:
        return self.label_id if language == "id" else self.label_en


def taxonomy(skills: Iterable[Skill]) -> Taxonomy:
    """Return how skills hang together."""
    known = list(skills)
    return Taxonomy(
        broader={skill.id: (skill.broader,) for skill in known if skill.broader},
        related={skill.id: skill.related for skill in known if skill.related},
        words={skill.id: frozenset(skill.label_en.casefold().split()) for skill in known},
    )
