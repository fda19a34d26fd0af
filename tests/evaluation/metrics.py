"""How good a ranking is, by the grades of those who stand in it."""

from collections.abc import Iterable, Sequence
from math import log2
from typing import NamedTuple

SHOWN = 10
GOOD = 2  # the grade that is looked for, where anybody has it


class Quality(NamedTuple):
    """nDCG@10 (Järvelin and Kekäläinen 2002, gain 2^grade - 1) and MRR, each a mean over vacancies."""

    ndcg: float
    mrr: float


def quality(rankings: Iterable[tuple[Sequence[int], Iterable[int]]]) -> Quality:
    """:param rankings: of each vacancy the grades in the order of the ranking, and all grades that there are."""
    found = [(_ndcg(ranked, there), _reciprocal_rank(ranked, there)) for ranked, there in rankings]
    return Quality(*(sum(each) / len(found) for each in zip(*found, strict=True)))


def _ndcg(ranked: Sequence[int], there: Iterable[int]) -> float:
    return _gain(ranked) / _gain(sorted(there, reverse=True))


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(at + 2) for at, grade in enumerate(grades[:SHOWN]))


def _reciprocal_rank(ranked: Sequence[int], there: Iterable[int]) -> float:
    wanted = min(GOOD, max(there))
    return next((1 / (at + 1) for at, grade in enumerate(ranked) if grade >= wanted), 0.0)
