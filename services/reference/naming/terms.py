"""What goes into an index of names, and what comes out of it."""

from dataclasses import dataclass
from typing import Literal

How = Literal["exact", "stemmed", "fuzzy", "unsure"]


@dataclass(frozen=True, slots=True)
class Term:
    """A way to name a concept: a label, a synonym, an everyday spelling.

    weight: of 1; a term that names its concept only loosely weighs less.
    """

    concept: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that was found, by the term that was hit; score of 1, where 1 is the very words."""

    concept: str
    score: float
    term: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says.

    concept: None where that is not sure.
    level: 1 to 5, as a word of the text says; None where none does.
    best: the three likeliest, also where it is sure; none where nothing is like it.
    """

    text: str
    concept: str | None
    level: int | None
    how: How
    best: tuple[Hit, ...]
