"""How well somebody says they can do it: words that are levels."""

import re
from collections.abc import Iterable

HIGHEST = 5

_WORDS = {
    5: "master pakar utama",
    4: "mahir ahli expert ekspert advanced advance lanjutan lanjut senior profesional professional fasih fluent lancar",
    3: "menengah terampil trampil intermediate madya cakap aktif",
    2: "dasar basic pemula beginner junior yunior muda elementary fundamental pengenalan awal pasif",
    1: "sedikit novice",
}  # fmt: skip
LEVELS = {word: level for level, names in _WORDS.items() for word in names.split()}

# What a welder is certified for: 1 and 2 are flat and horizontal, 3 vertical, 4 overhead, 5 and 6 a pipe that lies
# still, which who can weld can weld everything. Nobody with a certificate is below level 2.
_POSITION = re.compile(r"([1-6])(?:gr?|f)")
_OF_POSITION = {"1": 2, "2": 2, "3": 3, "4": 4, "5": 5, "6": 5}

# "level II", "KKNI 2", "tingkat 3". A class ("kelas II") is none: of welders and operators the first is the highest.
_NUMBERED = re.compile(
    r"\b(level|lvl|lv|tingkat|kkni|jenjang|grade)[\s.:\-]*(?:ke[\s\-]*)?(i{1,3}|iv|vi{0,3}|ix|[1-9])\b"
)
_AT_THE_END = re.compile(r"\(\s*([1-5])\s*(?:/\s*5\s*)?\)\s*$|\b([1-5])\s*/\s*5\s*$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


def without_number(text: str) -> tuple[str, int | None]:
    """Return a text without its numbered level ("level II", "(3)"), and that level; above 5 it is 5."""
    lower = text.lower()
    if found := _NUMBERED.search(lower):
        level = _ROMAN.get(found[2]) or int(found[2])
    elif found := _AT_THE_END.search(lower):
        level = int(found[1] or found[2])
    else:
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}", min(level, HIGHEST)


def of_words(words: Iterable[str]) -> int | None:
    """Return the level that words say: a welding position before an adjective, of several adjectives the highest."""
    words = tuple(words)
    positions = [_OF_POSITION[found[1]] for word in words if (found := _POSITION.fullmatch(word))]
    adjectives = [LEVELS[word] for word in words if word in LEVELS]
    return max(positions or adjectives, default=None)


def is_level(word: str) -> bool:
    """Tell whether a word is a level: an adjective, or a welding position."""
    return is_adjective(word) or bool(_POSITION.fullmatch(word))


def is_adjective(word: str) -> bool:
    """Tell whether a word is a level, and never a part of a skill's name but by chance."""
    return word in LEVELS
