"""Text as words, without what writing adds: capitals, accents, punctuation, invisible characters, abbreviations."""

import re
import unicodedata
from functools import lru_cache

from services.reference.naming.lexicon import DOTTED, FUNCTION, PHRASES, SPELT_OUT

LONGEST = 200  # characters looked at: nobody names one skill in more

_APOSTROPHES = "'`\u2019\u2018\u00b4"  # Ju'uh is one word
_UNSEEN = {"Mn", "Cf"}  # accents once apart, characters of no width
MARKUP = re.compile(r"<[^<>]{0,80}>")
_SPACED_LETTERS = re.compile(r"\b(\w)[.\-/](?=\w\b)")  # K.3, A/C, P-3-K
_PREFIX_LETTER = re.compile(r"\b([a-z])-(?=[a-z]{3})")  # e-commerce
_GLUED_LEVEL = re.compile(r"(?<=[a-z]{3})(?=[1-6]gr?\b|[1-6]f\b)")  # smaw3g
_DOTTED = re.compile(rf"\b({'|'.join(DOTTED)})\.(?=\s*\w)", re.IGNORECASE)
_PHRASE = re.compile(rf"\b({'|'.join(PHRASES)})\b")
_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, of its first 200 characters, as they are compared."""
    return _words(text[:LONGEST])


def verbatim(text: str) -> tuple[str, ...]:
    """Return the words of a text, of its first 200 characters, none replaced by another one."""
    return _verbatim(text[:LONGEST])


def spelt_out(word: str) -> str:
    """Return the word that a short or another one stands for; mostly itself."""
    return SPELT_OUT.get(word, word)


def compact(found: tuple[str, ...]) -> str:
    """Return words as one, so that "photo shop" equals "Photoshop"."""
    return "".join(found)


def content(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that are no function words, each once; all of them where there are no others."""
    return tuple(dict.fromkeys(word for word in found if word not in FUNCTION) or dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[str, ...]:
    dotted = _DOTTED.sub(lambda short: f"{DOTTED[short[1].lower()]} ", text)
    spelt = " ".join(map(spelt_out, _verbatim(dotted)))
    return tuple(_PHRASE.sub(lambda phrase: PHRASES[phrase[1]], spelt).split())


@lru_cache(maxsize=50_000)
def _verbatim(text: str) -> tuple[str, ...]:
    plain = MARKUP.sub(" ", _plain(text))
    plain = _PREFIX_LETTER.sub(r"\1", _SPACED_LETTERS.sub(r"\1", plain))
    return tuple(_WORD.findall(_GLUED_LEVEL.sub(" ", plain)))


def _plain(text: str) -> str:
    """Return it in small letters, without accents, apostrophes and characters that cannot be seen."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(filter(_shows, apart))


def _shows(character: str) -> bool:
    return character not in _APOSTROPHES and (character.isascii() or unicodedata.category(character) not in _UNSEEN)
