"""Characters that wandered: broken encodings, invisible marks, pictures, odd spaces and quotes."""

import re
import unicodedata

# Curly quotes, accents and primes that stand for an apostrophe or quotes, and all sorts of hyphens and minus; NFKC
# would make a space and a mark of some. What a program could not show stands mostly for an apostrophe too.
_APOSTROPHES = "`\u00b4\u2019\u2018\u201b\u02bc\u02bb\u2032\u02b9\uff07\u055a\u02c8\ufffd"
_QUOTES = "\u201c\u201d\u201e\u201f\u2033"
_HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d"
_PLAIN = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_QUOTES, '"') | dict.fromkeys(_HYPHENS, "-"))
# UTF-8 that was read as cp1252: a lead byte, shown as one of \u00c2 to \u00f4, with what the following bytes became.
_FOLLOWING = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
_BROKEN = re.compile(f"[\u00c2-\u00f4][{_FOLLOWING}]+")
_TWICE = 2  # some files went through it twice
_LAYERS = 6  # what one healing takes away may bring together what the next one heals
_CONTROL = re.compile(r"[^\S\n]*[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+[^\S\n]*")
_UNSEEN = frozenset(("Cf", "Cs", "Co", "Cn", "So", "Sk", "Me"))  # marks of direction, zero widths, emoji
# Selectors and fillers: letters by name only.
_JOINING = re.compile("[\ufe00-\ufe0f\u034f\u115f\u1160\u17b4\u17b5\u3164]")


def heal(text: str) -> str:
    """Return the text as it was meant: no mojibake, nothing invisible, no emoji, plain quotes; lines are kept.

    What is healed already stays as it is.
    """
    if text.isascii() and text.isprintable() and "`" not in text:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    for _ in range(_LAYERS):
        healed = _CONTROL.sub(" ", _seen(_unbroken(text).translate(_PLAIN)))
        if healed == text:
            break
        text = healed
    return text


def _seen(text: str) -> str:
    """Return it without what cannot be seen or is no writing; wide, bold and ligated letters become plain ones."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(_digit(sign) for sign in plain if sign.isascii() or unicodedata.category(sign) not in _UNSEEN)
    return _JOINING.sub("", unicodedata.normalize("NFKC", plain)).translate(_PLAIN)


def _digit(sign: str) -> str:
    """Return a digit of another script as one of ours, any other sign as it is."""
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _unbroken(text: str) -> str:
    for _ in range(_TWICE):
        text = text if text.isascii() else _BROKEN.sub(_decoded, text)
    return text


def _decoded(found: re.Match[str]) -> str:
    """Return what these characters were before UTF-8 was read as cp1252, or themselves where they were none of it."""
    try:
        return b"".join(map(_byte, found[0])).decode()
    except UnicodeError:
        return found[0]


def _byte(sign: str) -> bytes:
    """Return the byte that cp1252 shows as this sign; the five it has no sign for came through as they were."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")
