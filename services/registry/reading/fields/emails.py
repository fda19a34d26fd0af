"""E-mail addresses."""

import re

_ADDRESS = re.compile(
    r"[a-z0-9_+%'-]+(?:\.[a-z0-9_+%'-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}",
)
_AROUND = re.compile(r"^(?:mailto:|e-?mail\s*[:=])\s*|[\s.,;:>)\]]+$|^[\s<(\[]+")
_AT = re.compile(r"\s*(?:@|\(at\)|\[at\])\s*")
_BETWEEN = re.compile(r"\s*[;,/|\n]\s*|\s+")
_REMARK = re.compile(r"\s*\([^)]*\)?")
_LOOKED_AT = 600  # characters: two addresses at least
_LONGEST = 254  # RFC 5321, 4.5.3.1.3


def read(text: str) -> tuple[str | None, str | None]:
    """Return the first address in small letters, or that it is none; neither where the cell says nothing."""
    if not text:
        return None, None
    whole = _AROUND.sub("", _REMARK.sub("", _AROUND.sub("", _AT.sub("@", text[:_LOOKED_AT].casefold()))))
    for part in (whole, _with_point(whole), *_several(whole)):
        found = _AROUND.sub("", part)
        if len(found) <= _LONGEST and _ADDRESS.fullmatch(found):
            return found, None
    return None, "email_bad"


def _several(text: str) -> list[str]:
    """Return what may be several addresses; spaces part them only where there is more than one."""
    if text.count("@") > 1:
        return _BETWEEN.split(text)
    return [part for part in re.split(r"[;,/|\n]", text) if "@" in part]


def _with_point(address: str) -> str:
    """Return it with the comma in gmail,com made a point."""
    user, _, host = address.partition("@")
    return f"{user}@{host.replace(',', '.')}"
