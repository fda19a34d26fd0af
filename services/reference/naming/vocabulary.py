"""The words that are known, and which of them a written word may be."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, islice, takewhile

from services.reference.naming import gluing, stems
from services.reference.naming.alike import Alike
from services.reference.naming.lexicon import DOTTED, EQUAL, LIGHT, SHORT, SPELT_OUT
from services.reference.naming.shortening import Shortening
from services.reference.naming.words import spelt_out

# How alike two words are, of 1.
SAME = 1.0
FORM = 0.97  # of one root: jahit, menjahit
ALSO = 0.95  # another word for it: makanan, pangan
HEARD = 0.94  # spelt by ear: excel, exel
BEGUN = 0.9  # somebody is still typing

_MAYBE_FORM = 0.84  # of one root that is no known word, and perhaps none: pemetan, petani
_UNTYPED = 0.3  # taken off for the share that is not typed yet
_TYPO = 0.66  # the least likeness of a misspelt word
_SURELY_TYPO = 0.8  # of a word that might be two
_MOST_TYPOS = 12  # known words that one may stand for
_SHORTEST_HEARD = 4  # letters; shorter words sound alike by chance
_SHORTEST_BEGUN = 2
_SHORTEST_WORD = 3  # that a dot may end if it is unknown
_SHORTEST_OTHER = 5  # that stands for a known one and may be misspelt
_SLIP = 0.04  # added where a letter is lost or doubled, or two changed places: another letter may be another word
_STEMMED = 0.95  # a word misspelt and in another form: johitan
_OTHER_INITIAL = 0.08  # taken off: the first letter is seldom the wrong one


class Vocabulary:
    def __init__(self, known: Iterable[str]) -> None:
        self._words = sorted(set(known))
        self._known = frozenset(self._words)
        others = (word for word, known in SPELT_OUT.items() if known in self._known and len(word) >= _SHORTEST_OTHER)
        spellings = [*self._words, *others]
        self._alike = Alike(spellings, _TYPO)
        self._parts_known = self._known.union(SPELT_OUT, LIGHT)
        self._shortening = Shortening(spellings)
        self._by_root: defaultdict[str, list[str]] = defaultdict(list)
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._words:
            for root in stems.roots(word):
                self._by_root[root].append(word)
            if len(word) >= _SHORTEST_HEARD - 1:
                self._by_sound[stems.sound(word)].append(word)
        self.near = lru_cache(maxsize=20_000)(self._near)

    def knows(self, word: str) -> bool:
        """Tell whether it is known, in this form or another, or by ear."""
        return bool(self._forms(word) or self._heard(word))

    def shortens(self, word: str) -> bool:
        """Tell whether it is short for a word, if a dot stands after it."""
        if word in SHORT or word in DOTTED:
            return True
        return not self.knows(word) and (len(word) < _SHORTEST_WORD or bool(self._shortening.spelt_out(word)))

    def mended(self, written: tuple[str, ...]) -> tuple[str, ...]:
        """Return words with "photo shop" joined and "laslistrik" apart."""
        mended: list[str] = []
        for word in written:
            if mended and mended[-1] + word in self._known:
                mended[-1] += word
            else:
                mended += (word,) if self.knows(word) else self._parts(word)
        return tuple(mended)

    def _near(self, word: str, *, typing: bool, typos: bool) -> Mapping[str, float]:
        """Return known words that it may be, with their likeness, the likest first.

        :param typing: it may be the beginning of a word.
        :param typos: it may be misspelt, if it is no word that is known.
        """
        found = _likest(self._also(word), self._forms(word), self._heard(word))
        if max(found.values(), default=0) < SAME:
            found = _likest(found, self._shortened(word))
        if typing and len(word) >= _SHORTEST_BEGUN:
            found = _likest(found, self._begun(word))
        if typos and max(found.values(), default=0) < (SAME if typing else HEARD):
            found = _likest(found, self._misspelt(word), self._misspelt(stems.stem(word), _STEMMED))
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def _forms(self, word: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for root in stems.roots(word):
            like = FORM if root == word or root in self._known else _MAYBE_FORM
            found |= {known: max(like, found.get(known, 0)) for known in self._by_root.get(root, ())}
        return found | {word: SAME} if word in self._known else found

    def _also(self, word: str) -> dict[str, float]:
        """Return the known words that say the same as it, or as what it is a form of."""
        said = chain.from_iterable(EQUAL.get(form, ()) for form in {word, *self._forms(word)})
        return dict.fromkeys(self._known.intersection(said), ALSO)

    def _shortened(self, word: str) -> dict[str, float]:
        return {spelt_out(known): like for known, like in self._shortening.spelt_out(word).items()}

    def _heard(self, word: str) -> dict[str, float]:
        if len(word) < _SHORTEST_HEARD:
            return {}
        return dict.fromkeys(self._by_sound.get(stems.sound(word), ()), HEARD)

    def _begun(self, word: str) -> dict[str, float]:
        first = bisect_left(self._words, word)
        begun = takewhile(lambda known: known.startswith(word), islice(self._words, first, None))
        return {known: BEGUN - _UNTYPED * (1 - len(word) / len(known)) for known in begun}

    def _misspelt(self, word: str, sure: float = 1.0) -> dict[str, float]:
        alike = [(sure * _as_slip(word, known, score), known) for known, score in self._alike.near(word, _MOST_TYPOS)]
        return {spelt_out(known): score for score, known in sorted(alike)}

    def _parts(self, word: str) -> tuple[str, ...]:
        """Return the words that one is made of, if it is like no word; else itself."""
        alike = max(self._misspelt(word).values(), default=0.0)
        if alike >= _SURELY_TYPO or self._begun(word):
            return (word,)
        parts = gluing.apart(word, self._parts_known.__contains__)
        return tuple(chain.from_iterable(spelt_out(part).split() for part in parts))


def _as_slip(word: str, known: str, likeness: float) -> float:
    """Return the likeness of a misspelt word, better or worse by what kind of slip it takes."""
    if sorted(word) == sorted(known):  # however far apart, two changed places are one slip
        likeness = max(likeness, 1 - 1 / len(word))
    elif len(word) == len(known):
        likeness -= _SLIP
    return likeness + _SLIP - _OTHER_INITIAL * (word[0] != known[0])


def _likest(*found: Mapping[str, float]) -> dict[str, float]:
    """Return each word at its best likeness."""
    return {word: max(each.get(word, 0.0) for each in found) for word in dict.fromkeys(chain.from_iterable(found))}
