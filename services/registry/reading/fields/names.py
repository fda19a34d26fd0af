"""A person's name as it is kept, and what it is compared by."""

import re

from services.registry.reading.fields import texts, titles
from services.registry.reading.fields.healing import heal

_ROMAN = re.compile(r"(?:ii|iii|iv|vi|vii|viii)", re.IGNORECASE)
_START = re.compile(r"(?<![^\W_])(?<!')[^\W\d_]")
_LETTERS = 2  # that a name has at least


def read(text: str) -> str | None:
    """Return the name as on the identity card, without titles and degrees; None where no name stands there."""
    line = texts.line(text)
    name = cased(titles.without(line)) if line else ""
    is_nobody = sum(map(str.isalpha, name)) < _LETTERS or texts.is_nothing(name) or titles.are_all(name)
    return None if is_nobody else name


def cased(text: str) -> str:
    """Return a text that is all capitals or all small with a capital at the start of each word; others as they are."""
    if not (text.isupper() or text.islower()):
        return text
    small = _START.sub(lambda found: found[0].title(), text.lower())
    if heal(small) != small:  # two letters together would look like a broken encoding
        return text
    return " ".join(word.upper() if _ROMAN.fullmatch(word) else word for word in small.split(" "))


def key(name: str) -> str:
    """Return the letters of a name in small, without titles and degrees: the same spelling has the same key."""
    return "".join(filter(str.isalpha, titles.without(" ".join(name.split())).casefold()))
