"""Who asks and who is there, in the terms in which they are compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.reference import evidence
from services.reference.evidence import Grade

FREE = "available"
FREE_LATER = frozenset({"in_training", "interning"})


class Kind(StrEnum):
    """What a vacancy offers."""

    JOB = "job"
    INTERNSHIP = "internship"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNeed:
    """A skill that is asked for.

    min_level: 1 to 5.
    weight: at least 0, relative to the other skills'; None: as much as it is rare.
    must: whether nobody below min_level comes into question.
    """

    skill: str
    min_level: int
    weight: float | None
    must: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a vacancy or a search asks for.

    certificates: skills that a certificate must prove on the day work starts.
    education: the lowest level that will do, if any.
    district: where the work is.
    kind: what is offered; None: a search, which offers nothing yet.
    wage_idr: the most that is paid a month; None: nobody said.
    employer: the id of whoever asks; None: not an employer.
    salt: what stirs the order of equals: the vacancy's id.
    """

    skills: tuple[SkillNeed, ...]
    certificates: tuple[str, ...]
    education: str | None
    district: str
    starts_on: date
    kind: Kind | None = None
    wage_idr: int | None = None
    employer: str | None = None
    salt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A certificate of a skill; both days are counted, and without a last one it never runs out."""

    skill: str
    valid_from: date
    valid_until: date | None

    def holds(self, day: date) -> bool:
        return evidence.holds(self.valid_from, self.valid_until, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A skill that somebody has.

    level: 1 to 5, the highest that anything says: a claim, a training, a certificate.
    unproven: the highest that claims and trainings say; 0: there is none.
    is_trained: whether a training taught it.
    """

    level: int
    unproven: int
    is_trained: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody asks of work: its kinds and districts (none: any), and the lowest wage in rupiah a month."""

    kinds: frozenset[str] = frozenset()
    min_wage_idr: int | None = None
    districts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who may work.

    availability: `available`, `in_training`, `interning`, `employed` or `inactive`.
    available_from: when a training or an internship leaves them free, where that is known.
    village: where they live, to be shown; it never ranks.
    is_visible: whether employers may see them at all; hidden_from: employers who may not.
    """

    id: str
    district: str
    education: str
    availability: str
    available_from: date | None
    skills: Mapping[str, Held]
    certificates: tuple[Proof, ...]
    village: str | None = None
    is_visible: bool = True
    hidden_from: frozenset[str] = frozenset()
    wishes: Wishes = field(default_factory=Wishes)

    def held_on(self, skill: str, day: date) -> tuple[int, Grade] | None:
        """Return level and grade of a skill on a day; None: they do not have it then.

        Whoever holds a certificate on the day has the highest level that anything says. One that has run out still
        tells that the skill was learnt; one that has not begun tells nothing yet.
        """
        held = self.skills.get(skill)
        if held is None:
            return None
        begun = [proof for proof in self.certificates if proof.skill == skill and proof.valid_from <= day]
        if begun:
            return held.level, Grade.CERTIFIED if any(proof.holds(day) for proof in begun) else Grade.TRAINED
        grade = Grade.TRAINED if held.is_trained else Grade.CLAIMED
        return (held.unproven, grade) if held.unproven else None
