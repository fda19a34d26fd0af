"""Levels of education, and which of them satisfies which."""

from dataclasses import dataclass


class EducationUnknown(LookupError):
    """There is no such level of education."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of education.

    rank: where it stands; equal ranks satisfy each other.
    kkni: the level of the national qualifications framework that its graduates have at least,
    by Perpres 8/2012, article 5; 0 for none.
    """

    code: str
    rank: int
    kkni: int


LEVELS = (
    Level("none", 0, 0),
    Level("SD", 1, 1),
    Level("SMP", 2, 1),
    Level("SMA", 3, 2),
    Level("SMK", 3, 2),
    Level("D1", 4, 3),
    Level("D2", 5, 4),
    Level("D3", 6, 5),
    Level("D4", 7, 6),
    Level("S1", 7, 6),
    Level("S2", 8, 8),
    Level("S3", 9, 9),
)
_BY_CODE = {level.code: level for level in LEVELS}


def level(code: str) -> Level:
    """Return the level with this code; raise EducationUnknown where there is none."""
    try:
        return _BY_CODE[code]
    except KeyError:
        raise EducationUnknown(code) from None


def meets(held: str, required: str) -> bool:
    """Tell whether who holds one level has what is required: that rank or a higher one."""
    return level(held).rank >= level(required).rank
