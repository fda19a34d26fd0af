"""A skill of the taxonomy."""

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from services.common.errors import Missing, Refused

NEAR = 3


class SkillUnknown(Missing):
    """No skill has this id."""


class SkillsUnknown(Refused):
    """Some skills are not in the taxonomy; each is named with those near it."""


@dataclass(frozen=True, kw_only=True)
class Skill:
    id: str  # a slug that never changes
    version: int
    label_id: str
    label_en: str
    group: str
    synonyms: tuple[str, ...]


def unknown(asked: Mapping[str, str], taxonomy: Collection[str]) -> SkillsUnknown:
    """Return the refusal of skills that are not in the taxonomy.

    :param asked: skill by the JSON pointer where it stands.
    """
    return SkillsUnknown(fields={pointer: _near(skill, taxonomy) for pointer, skill in asked.items()})


def _near(skill: str, taxonomy: Collection[str]) -> str:
    near = difflib.get_close_matches(skill[:64].lower(), list(taxonomy), n=NEAR, cutoff=0.4)
    return f"No skill has this id; near it: {', '.join(near)}." if near else "No skill has this id; see /v1/skills."
