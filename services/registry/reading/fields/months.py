"""The names of months, in Indonesian and English, old, short and misspelt."""

from functools import lru_cache

from rapidfuzz.distance import OSA

_NAMES = (
    "januari jan january jnr jn yan yanuari",
    "februari feb pebruari peb february febr pebr febuari pebuari fbr pbr febuary",
    "maret mar mrt march mart maart mrch",
    "april apr aprl apl avril",
    "mei may mai me",
    "juni jun june jni",
    "juli jul july jli",
    "agustus agu agt ags agst agus agts august aug agusts agustust",
    "september sep sept spt september",
    "oktober okt october oct oktb okto",
    "november nov nop nopember nvember nopem",
    "desember des december dec desem dsember dsm",
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_BY_NAME = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_BY_ROMAN = {name: number for number, name in enumerate(_ROMAN, 1)}
_LETTERS = 3  # of a month as spreadsheets shorten it
SHORT = tuple(name for name in _BY_NAME if len(name) == _LETTERS)
_TYPOS = 2  # letters of a name that may be wrong; one of a short name
_LONG, _SHORT = 7, 4


@lru_cache(maxsize=1024)
def number(word: str) -> int | None:
    """Return the month, 1 to 12, that a word in small letters means; roman numbers too; None where it is no month."""
    return _BY_NAME.get(word) or _BY_ROMAN.get(word) or _misspelt(word)


def is_name(word: str) -> bool:
    """Tell whether a word is a month's name as such: neither a number nor misspelt."""
    return word in _BY_NAME


def _misspelt(word: str) -> int | None:
    if len(word) < _SHORT:
        return None
    typos = _TYPOS if len(word) >= _LONG else 1
    near = {
        _BY_NAME[name]
        for name in _BY_NAME
        if len(name) >= _SHORT and OSA.distance(word, name, score_cutoff=typos) <= typos
    }
    return near.pop() if len(near) == 1 else None
