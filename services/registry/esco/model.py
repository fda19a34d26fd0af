"""A skill of ESCO, the European classification, beside those of our own taxonomy."""

from dataclasses import dataclass, replace

from services.common.errors import Missing

ATTRIBUTION = "This service uses the ESCO classification of the European Commission."  # as its licence asks


class EscoSkillUnknown(Missing):
    """No skill of ESCO has this id."""


@dataclass(frozen=True, kw_only=True)
class EscoSkill:
    id: str  # the last part of its URI
    version: int = 0
    label: str
    type: str | None  # skill/competence or knowledge
    reuse: str | None  # how widely it is used: transversal, cross-sector, sector- or occupation-specific
    alternatives: tuple[str, ...]
    broader: tuple[str, ...]  # ids of ESCO's skills, or of its groups, which are not kept
    skills: tuple[str, ...] = ()  # ids of ours that are the same
    retired: bool = False  # not in the file that was imported last


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What an import changed, in skills."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0

    def __add__(self, other: "Difference") -> "Difference":
        fields = self.__dataclass_fields__
        return Difference(**{name: getattr(self, name) + getattr(other, name) for name in fields})


def renewed(before: EscoSkill | None, said: EscoSkill) -> EscoSkill | None:
    """Return the skill as it is said now, at its new version; None where nothing changed."""
    version = before.version if before else 0
    return None if replace(said, version=version) == before else replace(said, version=version + 1)
