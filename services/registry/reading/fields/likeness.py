"""How alike two names are: spellings, short forms, typos, order."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from services.registry.reading.fields import names, titles

# One name under several spellings. Of these the ones of one or two letters are that only at the front of a name.
_FIRST_NAMES = {
    "muhammad": "m mh md muh muhd mhd moh mohd moch much mochd muhammad muhamad mohammad mohamad mohamed muhamed "
    "mochammad mochamad muchammad muchamad",
    "ahmad": "a ah ahm ach akh ahmad achmad akhmad ahmed amad ahmat akhmat",
    "abdul": "ab abd abdl abdul abdoel abdol abdoul",
    "siti": "st sti siti sitti sity",
    "nur": "n nr nur noor nor noer nour nurr",
}
_SPELLINGS = {spelling: name for name, spellings in _FIRST_NAMES.items() for spelling in spellings.split()}
# What sounds alike and is written one way or another, in old spelling and new; applied from left to right.
_ALIKE = """
    oe:u oo:u ou:u dj:j tj:c sj:s sy:s sh:s kh:h ch:h dh:d dl:d th:t dz:z ts:s gh:g ph:f v:f p:f q:k z:s ie:i y:i x:ks
"""
_SOUNDS = tuple(pair.split(":") for pair in _ALIKE.split())
_TWINS = re.compile(r"(.)\1+")
_SHORT = 2  # letters of a spelling that another name may begin with too
_SAME_SOUND, _SAME_NAME, _INITIAL, _TURNED = 0.97, 0.97, 0.85, 0.99
_PERHAPS = 45  # of 100, by letters alone; spellings of one name are above 65
_TYPO = 0.93  # of 1, one wrong letter in a word
_TYPO_IN, _TYPOS_IN = 5, 8  # letters that a word has for one typo, for two
_WEIGHT_ALONE = 0.35  # of a word that the other name does not have


def is_perhaps_same(a: str, b: str) -> bool:
    """Tell whether two names are worth comparing, at a thirtieth of the cost: no pair at 0.7 or more is passed over."""
    return fuzz.token_set_ratio(a.casefold(), b.casefold()) >= _PERHAPS


@lru_cache(maxsize=8192)
def same_person(a: str, b: str) -> float:
    """Return how alike two names are, 0 to 1: 1.0 is the same spelling but for capitals, titles and spaces.

    It says nothing of persons: many share a name.
    """
    if names.key(a) == names.key(b):
        return 1.0 if names.key(a) else 0.0
    first, second = _words(a), _words(b)
    if "".join(map(_sound, first)) == "".join(map(_sound, second)):
        return _SAME_SOUND
    return _of_words(first, second)


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters without marks, short forms of first names written out."""
    bare = unicodedata.normalize("NFKD", titles.without(" ".join(name.split())).casefold().replace("'", ""))
    words = re.findall(r"[a-z]+", "".join(sign for sign in bare if not unicodedata.combining(sign)))
    return tuple(
        _SPELLINGS.get(word, word) if place == 0 or len(word) > _SHORT else word for place, word in enumerate(words)
    )


def _of_words(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """Match each word with the likest of the other name that is still free, the likest pair first."""
    pairs = sorted(
        ((_of_two(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)), key=lambda pair: -pair[0]
    )
    taken: dict[int, int] = {}
    alike = weight = 0.0
    for likeness, i, j in pairs:
        if i not in taken and j not in taken.values():
            taken[i] = j
            both = len(first[i]) + len(second[j])
            alike, weight = alike + likeness * both, weight + both
    weight += _WEIGHT_ALONE * 2 * sum(len(word) for i, word in enumerate(first) if i not in taken)
    weight += _WEIGHT_ALONE * 2 * sum(len(word) for j, word in enumerate(second) if j not in taken.values())
    in_order = [taken[i] for i in sorted(taken)]
    return alike / weight * (1 if in_order == sorted(in_order) else _TURNED) if weight else 0.0


@lru_cache(maxsize=8192)
def _of_two(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if 1 in {len(a), len(b)}:
        return _INITIAL if a[0] == b[0] else 0.0
    if _sound(a) == _sound(b):
        return _SAME_SOUND
    if sorted(a) == sorted(b) and len(a) > _SHORT and OSA.distance(a, b) == 1:
        return _TYPO
    wrong = min(OSA.distance(a, b), OSA.distance(_sound(a), _sound(b)))
    longest = max(len(a), len(b))
    if (wrong == 1 and longest >= _TYPO_IN) or (wrong == 2 and longest >= _TYPOS_IN):  # noqa: PLR2004
        return _TYPO**wrong
    return max(0.0, 1 - 1.5 * wrong / longest)


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _TWINS.sub(r"\1", word)
