"""What a piece of text surely says.

The two thresholds were swept over 1,412 texts (tests/reference/naming/texts.csv: word forms, typos, levels, two
languages; 375 of them no skill, or one that the taxonomy lacks) against its 468 skills and 5,781 terms. Right / wrong,
in percent; the rest is unsure:

    ACCEPTED   AHEAD 0     0.04        0.08        0.12        0.16
    0.74       96.0 / 3.1  96.2 / 2.6  96.8 / 1.9  96.6 / 1.6  96.1 / 1.3
    0.78       97.0 / 1.8  97.0 / 1.6  97.4 / 1.1  97.0 / 1.0  96.3 / 0.8
    0.82       97.3 / 0.8  97.3 / 0.8  97.5 / 0.7  97.2 / 0.6  96.5 / 0.5
    0.84       97.7 / 0.3  97.7 / 0.3  97.8 / 0.2  97.5 / 0.2  96.8 / 0.1
    0.86       97.9 / 0.1  97.9 / 0.1  98.0 / 0.0  97.7 / 0.0  96.9 / 0.0
    0.88       97.1 / 0.1  97.1 / 0.1  97.2 / 0.0  96.9 / 0.0  96.1 / 0.0
    0.92       95.4 / 0.0  95.4 / 0.0  95.4 / 0.0  95.1 / 0.0  94.5 / 0.0

Of 600 terms, left out of the index 60 at a time, 29 % were read as their skill, 0.2 % as another, the rest unsure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.reference.naming import levels
from services.reference.naming.exact import Exact
from services.reference.naming.lexicon import CHARACTER
from services.reference.naming.scoring import Scorer, Share, is_light
from services.reference.naming.terms import Hit, How, Reading
from services.reference.naming.vocabulary import FORM
from services.reference.naming.words import LONGEST, content, words

ACCEPTED = 0.86  # the least likeness, of 1, of what is read
AHEAD = 0.08  # how far it has to be ahead of the next concept

_SHORTEST_TYPO = 5  # letters: a shorter word is another word sooner than a misspelt one
_OF_OTHER_TERMS = 0.92  # what a word counts that the term does not have, but another of the same concept
_BEST = 3


@dataclass(frozen=True, slots=True)
class Likely:
    """A concept that a text may mean, by the term that fits best; least: the worst likeness of a word."""

    hit: Hit
    least: float


def read(exact: Exact, scorer: Scorer, text: str) -> Reading:
    """Read a text as a whole, of which its first 200 characters are looked at."""
    named, number = levels.without_number(text[:LONGEST])
    written = words(named)
    likely = _likely(scorer, written)
    best = [each.hit for each in likely]
    whole = exact.hits(text) if len(text) <= LONGEST else []
    level = number or levels.of_words(written[1:] if whole else written)  # "ahli K3" is a trade, "K3 ahli" a level
    if hits := whole or next(filter(None, map(exact.of_words, _forms(written))), []):
        sure = len(hits) == 1 or hits[0].score > hits[1].score
        return _reading(text, hits, best, level, "exact" if sure else "unsure")
    return _reading(text, best, [], level, _how(likely) if _says(written) else "unsure")


def _forms(written: tuple[str, ...]) -> dict[tuple[str, ...], None]:
    """Return the forms in which the very words of a term are looked for: as written, without levels, without joints."""
    bare = tuple(word for word in written if not levels.is_adjective(word))
    return dict.fromkeys(form for form in (written, bare, content(bare)) if form)


def _says(written: tuple[str, ...]) -> bool:
    """Tell whether any word says something of a skill by itself."""
    return any(not is_light(word) and word not in CHARACTER for word in content(written))


def _how(likely: Sequence[Likely]) -> How:
    """Tell how the likeliest is read: it must be likely enough, and clearly ahead of the next."""
    if not likely or likely[0].hit.score < ACCEPTED:
        return "unsure"
    if len(likely) > 1 and likely[0].hit.score - likely[1].hit.score < AHEAD:
        return "unsure"
    return "stemmed" if likely[0].least >= FORM else "fuzzy"


def _reading(text: str, hits: Sequence[Hit], others: Sequence[Hit], level: int | None, how: How) -> Reading:
    there = {hit.concept for hit in hits}
    best = [*hits, *(hit for hit in others if hit.concept not in there)][:_BEST]
    return Reading(text, None if how == "unsure" else best[0].concept, level, how, tuple(best))


def _likely(scorer: Scorer, written: tuple[str, ...]) -> list[Likely]:
    """Return the three likeliest concepts, best first."""
    mended = scorer.vocabulary.mended(written)
    asked = content(tuple(word for word in mended if not levels.is_adjective(word)) or mended)
    best: dict[str, Likely] = {}
    for share in scorer.shares(asked, typing=False, shortest_typo=_SHORTEST_TYPO):
        score = _fit(share)
        there = best.get(share.term.concept)
        if there is None or score > there.hit.score:
            best[share.term.concept] = Likely(Hit(share.term.concept, score, share.term.text), share.least)
    return sorted(best.values(), key=lambda likely: -likely.hit.score)[:_BEST]


def _fit(share: Share) -> float:
    """Return how well a term and a text cover each other: the harmonic mean (Dice, 1945) of the two shares."""
    asked = max(share.asked, _OF_OTHER_TERMS * share.by_concept)
    return share.term.weight * 2 * asked * share.named / (asked + share.named)
