"""Words that were written as one, told apart by those that are known."""

from collections.abc import Callable, Sequence
from itertools import pairwise

_SHORTEST = 2  # letters of a word, where all of them are known
_LONG = 4  # of a word that is known, where another is not, and on the whole
_SHORTEST_UNKNOWN = 3
_LONGEST_GLUED = 40  # letters that are looked at
_MEAN = 3.0  # letters: how long the word is, on the average, in which a letter stands

Knows = Callable[[str], bool]


def apart(glued: str, knows: Knows) -> tuple[str, ...]:
    """Return the words that one is made of, all of them known if that can be; itself where it is no such word."""
    if not 2 * _SHORTEST_UNKNOWN <= len(glued) <= _LONGEST_GLUED:
        return (glued,)
    return _covered(glued, knows) or _partly(glued, knows) or (glued,)


def _covered(glued: str, knows: Knows) -> tuple[str, ...]:
    """Return the known words that make it up, the longest ones; none where they are crumbs."""
    best: list[tuple[int, ...]] = [()]  # for each end, where the words start that make up what is before it, and itself
    worth = [0]
    for end in range(1, len(glued) + 1):
        ways = [
            (worth[start] + (end - start) ** 2, start)
            for start in range(end - _SHORTEST + 1)
            if worth[start] >= start and knows(glued[start:end])
        ]
        most, start = max(ways, default=(-1, 0))
        worth.append(most)
        best.append((*best[start], start))
    return _pieces(glued, best[-1]) if worth[-1] >= _MEAN * len(glued) and best[-1] != (0,) else ()


def _partly(glued: str, knows: Knows) -> tuple[str, ...]:
    """Return the longest known word in it, at its start or end, and what remains; none where it has none."""
    ends = range(_SHORTEST_UNKNOWN, len(glued) - _SHORTEST_UNKNOWN + 1)
    heads = [(end, 0, end) for end in ends if end >= _LONG and knows(glued[:end])]
    tails = [(len(glued) - end, 1, end) for end in ends if len(glued) - end >= _LONG and knows(glued[end:])]
    longest = max([*heads, *tails], default=None)
    return _pieces(glued, (0, longest[2])) if longest else ()


def _pieces(glued: str, starts: Sequence[int]) -> tuple[str, ...]:
    return tuple(glued[start:end] for start, end in pairwise([*starts, len(glued)]))
