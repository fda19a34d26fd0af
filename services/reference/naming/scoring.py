"""Which terms have the words of a text, and how much of both they share.

A word weighs by how few concepts use it (inverse document frequency: Spärck Jones, 1972), so that what many terms
have in common ("teknisi", "mesin") decides little.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from services.reference.naming import levels, stems
from services.reference.naming.lexicon import LIGHT
from services.reference.naming.terms import Term
from services.reference.naming.vocabulary import FORM, Vocabulary
from services.reference.naming.words import content, words

# What a written word weighs that goes with any skill, or is a number that no term has. In a term it weighs as others
# do: a term has it for a reason, and "desa" is not yet "operator desa".
_LIGHT = 0.2


@dataclass(slots=True)
class Match:
    """What a text and a term share, in weights of words: of the text's, of the term's; least: the worst likeness."""

    asked: float
    named: float
    least: float


@dataclass(frozen=True, slots=True)
class Share:
    """How well a term fits a text, in shares of 1: of the text by the term, of the text by its concept, of the term."""

    term: Term
    asked: float
    by_concept: float
    named: float
    least: float


def is_light(word: str) -> bool:
    """Tell whether a word says nothing of a skill by itself."""
    return word in LIGHT or levels.is_level(word) or word.isdigit() or len(word) == 1


class Scorer:
    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = terms
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        concepts: defaultdict[str, set[str]] = defaultdict(set)
        for number, term in enumerate(terms):
            for word in content(words(term.text)):
                self._postings[word].append(number)
                concepts[word].add(term.concept)
        total = len({term.concept for term in terms})
        self._unknown = log(1 + total)
        self._rarity = {word: log(1 + total / len(having)) for word, having in concepts.items()}
        self._mass = [sum(self._rarity[word] for word in content(words(term.text))) for term in terms]
        self.vocabulary = Vocabulary(self._postings)

    def shares(self, asked: Iterable[str], *, typing: bool, shortest_typo: int) -> Iterator[Share]:
        """Return each term that shares a word with those asked.

        :param typing: words may be unfinished.
        :param shortest_typo: words of as many letters may be misspelt.
        """
        found: dict[int, Match] = {}
        by_concept: defaultdict[str, float] = defaultdict(float)
        whole = 0.0
        for word in stems.distinct(asked):
            near = self.vocabulary.near(word, typing=typing, typos=len(word) >= shortest_typo)
            whole += self._look_up(word, near, found, by_concept)
        for number, match in found.items():
            term = self._terms[number]
            named = min(match.named / self._mass[number], 1.0)
            yield Share(term, match.asked / whole, by_concept[term.concept] / whole, named, match.least)

    def _look_up(
        self, word: str, near: Mapping[str, float], found: dict[int, Match], by_concept: dict[str, float]
    ) -> float:
        """Add what a word finds, and return its weight."""
        light = is_light(word) or (not near and any(map(str.isdigit, word)))
        weight = _LIGHT if light else self._written(near)
        likest: dict[int, tuple[float, float]] = {}
        for known, like in near.items():
            mass = self._rarity[known] if light else min(self._rarity[known], weight)
            for number in self._postings[known]:
                likest.setdefault(number, (like, mass))
        best: dict[str, float] = {}
        for number, (like, mass) in likest.items():
            match = found.setdefault(number, Match(0.0, 0.0, 1.0))
            match.asked += weight * like
            match.named += mass * like
            match.least = min(match.least, like)
            best.setdefault(self._terms[number].concept, like)  # the likest came first
        for concept, like in best.items():
            by_concept[concept] += weight * like
        return weight

    def _written(self, near: Mapping[str, float]) -> float:
        """Return what a written word weighs: as the commonest of what it surely is, else as the likest."""
        surely = [known for known, like in near.items() if like >= FORM] or list(near)[:1]
        return min((self._rarity[known] for known in surely), default=self._unknown)
