"""How well a skill is proven, on a day."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Grade(IntEnum):
    """What evidence is worth; a higher grade proves more."""

    CLAIMED = 1
    TRAINED = 2
    CERTIFIED = 3


class Kind(StrEnum):
    """Where evidence comes from: four kinds, three grades."""

    CLAIMED = "claimed"
    TRAINED = "trained"
    CERTIFIED = "certified"
    CONFIRMED = "confirmed"  # by an employer: worth a certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for a skill; the days say when a certificate or a confirmation holds, and mean nothing else."""

    kind: Kind
    valid_from: date = date.min
    valid_until: date | None = None


def holds(issued_on: date, valid_until: date | None, on: date) -> bool:
    """Tell whether a proof is valid on a day, both ends counted; without a last day it never runs out."""
    return issued_on <= on and (valid_until is None or on <= valid_until)


def grade(evidence: Evidence, on: date) -> Grade:
    """Grade evidence on a day.

    Whoever was certified had learnt it: a certificate that has run out still counts as training.
    One whose first day has not come proves nothing yet, and counts as a claim.
    """
    match evidence.kind:
        case Kind.CLAIMED:
            return Grade.CLAIMED
        case Kind.TRAINED:
            return Grade.TRAINED
        case Kind.CERTIFIED | Kind.CONFIRMED if holds(evidence.valid_from, evidence.valid_until, on):
            return Grade.CERTIFIED
        case _:
            return Grade.TRAINED if evidence.valid_from <= on else Grade.CLAIMED
