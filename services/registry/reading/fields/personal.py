"""What leads to a person, in a cell that should hold something else: a column was taken for another, or mistyped.

NIK, phone, e-mail and address are kept sealed; no other field may keep one of them in the clear.
"""

import re
from functools import lru_cache

from services.reference import nik
from services.registry.reading.fields import texts

_E_MAIL = re.compile(r"[^\s@(),;:<>]+@[^\s@(),;:<>]+")
# As somebody writes a NIK; certificates have sixteen digits too, in other groups.
_SIXTEEN = re.compile(
    r"(?<!\d)(?:\d{2}[ .\-]?\d{2}[ .\-]?\d{2}[ .\-]?\d{6}[ .\-]?\d{4}|\d{4}([ .\-])\d{4}\1\d{4}\1\d{4})(?!\d)"
)
_MOBILE = re.compile(r"(?<!\d)(?:\+?62|0)[ .\-]?8\d(?:[ .\-]{0,2}\d){7,10}(?!\d)")
# Jalan is also a road that somebody mends, so it takes a number to be an address.
_STREET = re.compile(
    r"\W*(?:jl|jln|gg)\b\.?\s*[^\W\d_] | \W*(?:jalan|gang)\b.*\d | .*\br[tw]\W{0,3}\d",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_PROVINCES = range(11, 100)
_EMPTIED = re.compile(r"\(\s*\)|\[\s*\]")
_EDGES = " \n,;:/|-("


def without(text: str) -> str:
    """Return a text without NIKs, mobile numbers and e-mail addresses; empty where it is an address, or all is gone."""
    return _without(text) if any(map(str.isdigit, text)) or "@" in text or is_address(text) else text


def is_address(text: str) -> bool:
    """Tell whether it says where somebody lives: Jl. Melati, Gg. Rambai RT 01."""
    return _STREET.match(text) is not None


@lru_cache(maxsize=8192)  # in a file most cells stand many times
def _without(text: str) -> str:
    if is_address(text):
        return ""
    bare = _MOBILE.sub("", _SIXTEEN.sub(_unless_nik, _E_MAIL.sub("", text)))
    if bare == text:
        return text
    left = texts.read(_EMPTIED.sub("", bare).strip(_EDGES)).text  # it may begin as a formula does
    return "" if texts.is_nothing(left) else left


def _unless_nik(found: re.Match[str]) -> str:
    digits = "".join(filter(str.isdecimal, found[0]))
    return "" if digits.isascii() and _is_nik(nik.read(digits)) else found[0]


def _is_nik(said: nik.Nik) -> bool:
    return int(said.district[:2]) in _PROVINCES and 1 <= said.day <= 31 and 1 <= said.month <= 12  # noqa: PLR2004
