"""Who asks and who is there, in the terms in which they are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNeed:
    """A skill that is asked for.

    min_level: 1 to 5.
    weight: at least 0, relative to the other skills'; None counts as 0.
    must: whether nobody below min_level comes into question.
    """

    skill: str
    min_level: int
    weight: float | None
    must: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a vacancy asks for.

    certificates: skills that a certificate must prove on the day work starts.
    education: the lowest level that will do, if any.
    district: where the work is.
    """

    skills: tuple[SkillNeed, ...]
    certificates: tuple[str, ...]
    education: str | None
    district: str
    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A certificate of a skill; both days are counted, and without a last one it never runs out."""

    skill: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who may work.

    availability: `available`, `in_training`, `interning`, `employed` or `inactive`.
    available_from: when a training or an internship leaves them free, where that is known.
    skills: level (1 to 5) by skill.
    trained: the skills that a completed training taught.
    village: where they live, to be shown; it never ranks.
    """

    id: str
    district: str
    education: str
    availability: str
    available_from: date | None
    skills: Mapping[str, int]
    certificates: tuple[Proof, ...]
    trained: frozenset[str] = frozenset()
    village: str | None = None
