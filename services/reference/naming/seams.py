"""Where a text that lists several things may be cut."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Shortens = Callable[[str], bool]

# Where a list surely goes on, and where it may: "dan" is a word of "roti dan kue", the slash one of "UI/UX".
_SURELY = r"[;|\n\r\t•·●▪*]|(?<!\d),|,(?!\d)|(?:^|(?<=[\s;,(]))\d{1,2}[.)](?=\s*[^\W\d])"
_ALONE_BEFORE, _ALONE_AFTER = r"(?<![\w.\-])\w", r"\w(?![\w\-]|\.\s*\w)"
_HOLDING = rf"(?<!{_ALONE_BEFORE})[/&]|[/&](?!{_ALONE_AFTER})|\b(?:dan|and|serta|atau|juga|plus)\b"  # but A/C, F&B, 4/5
_MAYBE = (
    rf"{_HOLDING}|[()\[\]:=]|(?<!\+)\+(?!\+)|\s[-\u2013\u2014]+\s|^\s*[-\u2013\u2014]+"
    r"|(?<=\w\w)\.(?=\s)"  # but Ms. and Bhs. are short for something
)
_SURE = re.compile(_SURELY, re.IGNORECASE)
_HOLDS = re.compile(rf"\s*(?:{_HOLDING})\s*", re.IGNORECASE)
_SEAM = re.compile(f"{_SURELY}|{_MAYBE}", re.IGNORECASE)
_SPOKEN = re.compile(r"[aeiou\d]", re.IGNORECASE)
_LAST_WORD = re.compile(r"\w+$")
_LETTERED = re.compile(r"^\s*a[.)].*\sb[.)]", re.IGNORECASE | re.DOTALL)  # a. las b. jahit
_LETTER = re.compile(r"(?:^|(?<=\s))[a-z](?=[.)](?:\s|[^\W\d]{2}))", re.IGNORECASE)  # but K.3


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two seams; surely, holding: of the seam before it, that it is always one, that it joins."""

    start: int
    end: int
    surely: bool
    holding: bool


def numbered(text: str) -> str:
    """Return a text of which the list goes by letters with numbers in their place, as long as before."""
    return _LETTER.sub("1", text) if _LETTERED.search(text) else text


def pieces(text: str, shortens: Shortens) -> list[Piece]:
    """Return what stands between the seams, if there is a letter or digit in it.

    :param shortens: tells of a word whether it is short for another: a dot after it ends nothing.
    """
    return list(_pieces(text, shortens))


def is_surely_seamed(text: str) -> bool:
    """Tell whether a text has what is always the seam of a list, such as a comma."""
    return bool(_SURE.search(text))


def _pieces(text: str, shortens: Shortens) -> Iterator[Piece]:
    start, last, surely = 0, 0, False
    for seam in [*_SEAM.finditer(text), None]:
        if seam and seam[0] == "." and _is_short(text[start : seam.start()], shortens):
            continue
        end = seam.start() if seam else len(text)
        if any(map(str.isalnum, text[start:end])):
            yield Piece(start, end, surely, bool(_HOLDS.fullmatch(text, last, start)))
            last, surely = end, False
        if seam:
            start, surely = seam.end(), surely or bool(_SURE.match(text, seam.start()))


def _is_short(before: str, shortens: Shortens) -> bool:
    word = _LAST_WORD.search(before)
    return bool(word and (shortens(word[0].lower()) or not _SPOKEN.search(word[0])))
