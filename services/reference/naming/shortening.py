"""Words cut short as clerks cut them: to their beginning ("kemas."), to their consonants ("kmsn"), to a bit of both."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

# Of 1. By itself neither is read: what is short for one word is short for others too, and what stands beside it tells.
_CONSONANTS = 0.85  # all of them are there: kmptr
_BEGINNING, _SHORT_BEGINNING = 0.8, 0.75
_SHORTEST = 3  # letters
_LEFT_OUT = 2  # at least, of a beginning
_VOWELS = frozenset("aeiou")


class Shortening:
    """What the words that it is made of are cut to."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_bones = sorted((_bones(word), word) for word in words if len(word) > _SHORTEST)

    def spelt_out(self, short: str) -> dict[str, float]:
        """Return the words that one may be short for, with their likeness."""
        if len(short) < _SHORTEST or not short.isalpha():
            return {}
        return {word: like for bones, word in self._from(_bones(short)) if (like := _likeness(short, bones, word))}

    def _from(self, bones: str) -> Iterator[tuple[str, str]]:
        first = bisect_left(self._by_bones, (bones,))
        return takewhile(lambda each: each[0].startswith(bones), islice(self._by_bones, first, None))


def _bones(word: str) -> str:
    """Return the first letter and the consonants after it."""
    return word[0] + "".join(letter for letter in word[1:] if letter not in _VOWELS)


def _likeness(short: str, bones: str, word: str) -> float:
    """Return how surely a word, whose bones begin as those of the short one, is meant; 0 where it is not."""
    letters = iter(word)
    if len(short) >= len(word) or not all(letter in letters for letter in short):
        return 0.0
    if _bones(short) == bones:
        return _CONSONANTS
    is_cut = short[-1] not in _VOWELS and len(word) - len(short) >= _LEFT_OUT
    beginning = _BEGINNING if len(short) > _SHORTEST else _SHORT_BEGINNING
    return beginning if is_cut else 0.0
