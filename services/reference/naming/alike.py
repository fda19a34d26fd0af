"""Texts that are like another one, but for some letters."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA


class Alike:
    """Texts, sorted by length: only one that is about as long can be alike, which spares most comparisons."""

    def __init__(self, texts: Iterable[str], least: float) -> None:
        """:param least: the least likeness, of 1: the share of the longer text's letters that is no slip."""
        self._texts = sorted(texts, key=len)
        self._lengths = [len(text) for text in self._texts]
        self._least = least

    def near(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Return the texts most like one, with their likeness, the likest first."""
        first = bisect_left(self._lengths, int(self._least * len(text)))
        end = bisect_right(self._lengths, len(text) / self._least)
        like = OSA.normalized_similarity
        found = process.extract(text, self._texts[first:end], scorer=like, score_cutoff=self._least, limit=limit)
        return [(near, score) for near, score, _ in found]
