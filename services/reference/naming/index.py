"""Concepts by their names: searched by people who type, read from what people wrote."""

from collections.abc import Iterable
from functools import lru_cache, partial
from heapq import nlargest

from services.reference.naming import reading, seams, splitting
from services.reference.naming.exact import Exact
from services.reference.naming.scoring import Scorer, Share
from services.reference.naming.splitting import Splitter
from services.reference.naming.terms import Hit, Reading, Term
from services.reference.naming.words import LONGEST, content, words

_SHORTEST_TYPO = 3  # letters
_POOR = 0.6  # a score under which nothing fits yet


class Index:
    """An index over terms, made once and never changed: make another where terms change. Threads may share it."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = tuple(term for term in terms if words(term.text))
        self._exact = Exact(terms)
        self._scorer = Scorer(terms)
        self._read = partial(reading.read, self._exact, self._scorer)
        self._read_again = lru_cache(maxsize=20_000)(self._read)
        seamed = [term for term in terms if splitting.is_seamed(term.text)]
        self._seamed = Scorer(seamed)
        self._read_known_seamed = partial(reading.read, Exact(seamed), self._seamed)
        crosses = any(seams.is_surely_seamed(term.text) for term in seamed)
        shortens = self._scorer.vocabulary.shortens
        self._splitter = Splitter(self.read, self._read_seamed, self._knows, shortens, crosses)

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """Return the concepts that somebody may mean who types this, distinct, best first.

        Words may be unfinished, misspelt, in another form, in any order; a word that no term has is passed over.
        """
        asked = content(self._scorer.vocabulary.mended(words(text)))
        found = {hit.concept: hit for hit in self._exact.hits(text)}
        for share in self._scorer.shares(asked, typing=True, shortest_typo=_SHORTEST_TYPO):
            _keep(found, Hit(share.term.concept, _likelihood(share), share.term.text))
        if all(hit.score < _POOR for hit in found.values()):
            for hit in self._exact.misspelt(text):
                _keep(found, hit)
        return nlargest(limit, found.values(), key=lambda hit: hit.score)

    def read(self, text: str) -> Reading:
        """Read a piece of text: its concept where that is sure, and the level that its words say."""
        return self._read_again(text) if len(text) <= LONGEST else self._read(text)

    def read_list(self, text: str) -> list[Reading]:
        """Read a text that may list several, piece by piece; a known term is never cut, and no word gets lost.

        A piece that only says a level, or that there is nothing, is none.
        """
        return self._splitter.read_list(text)

    def _read_seamed(self, text: str) -> Reading:
        """Read a text as one of the few terms with seams; most texts show at once that they are none."""
        known = [self._seamed.vocabulary.knows(word) for word in content(words(text))]
        return (
            self._read_known_seamed(text) if 2 * sum(known) >= len(known) else Reading(text, None, None, "unsure", ())
        )

    def _knows(self, text: str) -> bool:
        return bool(self._exact.hits(text))


def _likelihood(share: Share) -> float:
    """Return how likely it is that a term is meant; less than 1, which is for the very words."""
    return 0.99 * share.term.weight * (0.6 * share.asked + 0.2 * share.by_concept + 0.2 * share.named)


def _keep(found: dict[str, Hit], hit: Hit) -> None:
    """Keep a hit if it is the best of its concept."""
    there = found.get(hit.concept)
    if there is None or hit.score > there.score:
        found[hit.concept] = hit
