"""Terms by their very words, however they are spaced."""

from collections import defaultdict
from collections.abc import Iterable

from services.reference.naming.alike import Alike
from services.reference.naming.terms import Hit, Term
from services.reference.naming.words import compact, content, verbatim, words

_TYPOS = 0.72  # the least likeness of a misspelt term
_MOST = 10  # terms that one may be


class Exact:
    """Terms by how they are written, and by what that is spelt out: "servis motor" and "perbaikan motor" may be two."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._written: defaultdict[str, list[Term]] = defaultdict(list)
        self._spelt_out: defaultdict[str, list[Term]] = defaultdict(list)
        for term in terms:
            self._written[compact(verbatim(term.text))].append(term)
            for key in {compact(words(term.text)), compact(content(words(term.text)))}:
                self._spelt_out[key].append(term)
        self._alike = Alike(self._spelt_out, _TYPOS)

    def hits(self, text: str) -> list[Hit]:
        """Return the concepts of which a term has just these words, the weightiest first."""
        return _hits(self._written.get(compact(verbatim(text)), ())) or self.of_words(words(text))

    def of_words(self, written: tuple[str, ...]) -> list[Hit]:
        """Return the concepts of which a term, spelt out, has just these words, the weightiest first."""
        return _hits(self._spelt_out.get(compact(written), ()))

    def misspelt(self, text: str) -> list[Hit]:
        """Return the concepts of which a term as a whole is like a text, spaces not counted: "fronofice"."""
        found = self._alike.near(compact(words(text)), _MOST)
        alike = [(term, score) for key, score in found for term in self._spelt_out[key]]
        return [Hit(term.concept, score * term.weight, term.text) for term, score in alike]


def _hits(terms: Iterable[Term]) -> list[Hit]:
    """Return each concept once, by its weightiest term."""
    found: dict[str, Hit] = {}
    for term in sorted(terms, key=lambda term: -term.weight):
        found.setdefault(term.concept, Hit(term.concept, term.weight, term.text))
    return list(found.values())
