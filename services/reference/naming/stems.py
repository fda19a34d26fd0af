"""Forms of a word brought together: Indonesian affixes, English endings, and spelling by ear."""

import re
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock

import snowballstemmer  # type: ignore[import-untyped]  # it has no types

_SHORTEST_ROOT = 4  # shorter ones are met by chance; las, cat and bor come by "menge-" alone
_INDONESIAN, _ENGLISH = snowballstemmer.stemmer("indonesian"), snowballstemmer.stemmer("english")
_LOCK = Lock()  # a stemmer keeps its word in itself

# A prefix melts the first sound of its root: menulis is tulis, memasak masak, mengetik ketik, menyetir setir.
# Banjarese has ma-, pa- and ba- for me-, pe- and ber-: manukang, pahuma, bajual.
_MELTED = (
    (re.compile(r"^[mp][ae]ng([aeiou]\w+)$"), ("", "k")),
    (re.compile(r"^[mp][ae]ny([aeiou]\w+)$"), ("s",)),
    (re.compile(r"^[mp][ae]n([aeiou]\w+)$"), ("t", "n")),
    (re.compile(r"^[mp][ae]m([aeiour]\w+)$"), ("p", "m")),
    (re.compile(r"^(?:[mp]e(?=[lrmnwy])|[mp]a[mn](?=[^aeiou]))(\w+)$"), ("",)),
    (re.compile(r"^(?:di|be[lr]|ba|ter|per|ke)(\w{4,})$"), ("",)),
)
# A root of one syllable takes "menge-": mengelas is las.
_ONE_SYLLABLE = re.compile(r"^[mp](?:enge|anga)([^aeiou\W]{1,2}[aeiou][^aeiou\W]{1,2})(?:an|kan|i)?$")
_SUFFIXES = ("kan", "an", "i", "nya")

# Indonesian writes loanwords as they sound, and so does whoever is unsure of the English.
_BY_EAR = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph|v|f", "p"), (r"ck|ch|kh|q", "k"), (r"sh|sy|z", "s"), (r"th", "t"), (r"tion$", "si"), (r"dj", "j"),
        (r"x", "ks"), (r"cc(?=[eiy])", "ks"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"oe|oo", "u"), (r"au", "o"),
        (r"ie|ee|y", "i"), (r"ks[ks]", "ks"), (r"(.)\1+", r"\1"), (r"(?<=\w{4})e$", ""),
    )
)  # fmt: skip


@lru_cache(maxsize=100_000)
def roots(word: str) -> frozenset[str]:
    """Return the word and what it may be a form of.

    Two words are forms of one where they share any. A single stem does not do: the Indonesian stemmer
    makes "ulis" of "menulis" but "tulis" of "tulis", "elas" of "pengelasan", and the English one "kerta" of "kertas".
    """
    with _LOCK:
        stems = {_INDONESIAN.stemWord(word), _ENGLISH.stemWord(word)}
    whole = {word} | _unmelted(word)
    bare = {form.removesuffix(suffix) for form in whole for suffix in _SUFFIXES}
    long = {form for form in whole | bare if len(form) >= _SHORTEST_ROOT}
    return frozenset({word} | long | stems | set(_ONE_SYLLABLE.findall(word)))


def stem(word: str) -> str:
    """Return the stem of an Indonesian word, good or not."""
    with _LOCK:
        return str(_INDONESIAN.stemWord(word))


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Return the word by ear: "eksavator" for excavator and eksavator, "eksel" for Excel, exel and eksel."""
    for pattern, heard in _BY_EAR:
        word = pattern.sub(heard, word)
    return word


def distinct(words: Iterable[str]) -> tuple[str, ...]:
    """Return words without those that are another form of one before: "masak-masak", "jahit menjahit"."""
    kept: dict[str, frozenset[str]] = {}
    for word in words:
        if all(roots(word).isdisjoint(before) for before in kept.values()):
            kept[word] = roots(word)
    return tuple(kept)


def _unmelted(word: str) -> set[str]:
    return {first + match[1] for pattern, firsts in _MELTED if (match := pattern.match(word)) for first in firsts}
