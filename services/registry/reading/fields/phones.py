"""Phone numbers, as everybody writes their own."""

import re

import phonenumbers

_HOME = "ID"
_SCIENTIFIC = re.compile(r"\d[.,]?\d*\s*[eE]\s*\+?\s*\d{1,2}")
_BETWEEN = re.compile(r"[/;,|&\n]|\b(?:dan|atau|or|and)\b", re.IGNORECASE)
_LETTER_FOR_DIGIT = str.maketrans("OolI", "0011")
_IN_A_NUMBER = re.compile(r"(?<=[\d+(])[OolI](?![a-zA-Z])|(?<![a-zA-Z])[OolI](?=\d)|(?<=\d)[OolI](?=[OolI]*\d)")
_DECIMALS = re.compile(r"(?<=\d{8})[.,]0$")  # of a number that was saved as text
_NEXT = re.compile(r"\s+(?=(?:\+?62|0)[\s-]?8)|(?<=\d{10})(?=(?:62|0)8\d{8,11}$)")  # where a second number starts
_LONGEST = 100  # characters that are looked at
_UNKNOWN = re.compile(r"\d[xX*#]{2,}|[xX*]{3,}")  # 0812-xxxx-xxxx


def read(text: str) -> tuple[str | None, str | None]:
    """Return the first readable number as E.164, or that none is; neither where the cell says nothing.

    :param text: what the cell says, tidy.
    """
    text = text[:_LONGEST]
    if not text:
        return None, None
    if _SCIENTIFIC.fullmatch(text) or _UNKNOWN.search(text):
        return None, "phone_bad"
    healed = _IN_A_NUMBER.sub(lambda found: found[0].translate(_LETTER_FOR_DIGIT), text)
    for part in (_DECIMALS.sub("", healed), *_BETWEEN.split(healed), *_NEXT.split(healed)):
        if number := _e164(part):
            return number, None
    return None, "phone_bad"


def _e164(text: str) -> str | None:
    """Return the number in E.164, or None where it is no number that could be given in its country."""
    digits = "".join(filter(str.isdecimal, text))
    try:
        found = phonenumbers.parse(_dialled(digits, abroad="+" in text), _HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(found):
        return None
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def _dialled(digits: str, *, abroad: bool) -> str:
    """Return what to dial from here: +62…, 62…, 0062…, 8… and 08… are all one."""
    digits = digits.removeprefix("00") if digits.startswith("0062") else digits
    if digits.startswith("62"):
        return "+62" + digits[2:].lstrip("0")
    if abroad:
        return "+" + digits
    return digits if digits.startswith("0") else "0" + digits
