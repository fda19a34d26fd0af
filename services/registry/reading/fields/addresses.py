"""An address, a village and a district in one cell, in whatever order."""

import re
from dataclasses import dataclass

from services.registry.reading.fields import villages

_VILLAGE = r"(?:desa|ds|kelurahan|kel)"
_DISTRICT = r"(?:kecamatan|kecamtan|kec)"
_REGENCY = r"(?:kabupaten|kab|provinsi|propinsi|prov|kode\s*pos|kodepos)"
_NAMED = r"(?:\s*[.:]|\s)\s*\w"  # what follows a mark: its point, and the name
# A comma is often forgotten before these; but a street may be named after a village's hall.
_UNPARTED = re.compile(
    rf"(?<![,\s])(?:\s+(?={_VILLAGE}{_NAMED})|\s*[/\s-]\s*(?=(?:{_DISTRICT}|{_REGENCY}){_NAMED}))", re.IGNORECASE
)
_AFTER_STREET = re.compile(
    r"\b(?:jl|jln|jalan|gg|gang|balai|kantor|kepala|pembakal|lingkar|poros|raya)\b\.?$", re.IGNORECASE
)
_NEAR = 20  # characters that may tell what a mark belongs to
_MOST = 8  # parts, or words, among which a name is looked for
_DASH = r"[-\u2013\u2014]"
_PARTING = re.compile(rf"\s*(?:(?<!\d),|,(?!\d)|[;|\n]|\s{_DASH}\s)\s*")
_IN_BRACKETS = re.compile(r"\(\s*((?:desa|ds|kel|kec)\b[^)]*)\)", re.IGNORECASE)
_MORE = re.compile(rf"[,;|\n(\d]|\bkec|\bkab|\brt\b|\w\s+\w|\s{_DASH}\s", re.IGNORECASE)  # than a name of one word
_OF_VILLAGE = re.compile(rf"^(?:{_VILLAGE}\b[\s.:/]*)+(?=\w)|^desa(?-i:(?=[A-Z]))", re.IGNORECASE)
_OF_DISTRICT = re.compile(rf"^{_DISTRICT}\b[\s.:]*(?=\w)", re.IGNORECASE)
_ELSEWHERE = re.compile(
    rf"{_REGENCY}\b.*|kalimantan(?:\s+selatan)?|kal\W?sel|balangan(?:\W+\d{{5}})?|\d{{5}}|indonesia|kota\s+\w+",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:jl|jln|jalan|gg|gang|rt|rw|no|nomor|blok|komp|komplek|kompleks|perum|perumahan|dekat|depan|belakang|samping"
    r"|sebelah|seberang|dusun|dsn|lorong|km|asrama|mess)\b|\d",
    re.IGNORECASE,
)
# What begins with these belongs to the house again, also behind a village.
_HOUSE = re.compile(
    r"[\s,.]*\b(?:(?:rt|rw|no)\b\W*(?:rw\b\W*)?\d|(?:jl|jln|jalan|gg|gang|komp|komplek|kompleks|perum|perumahan|blok|samping"
    r"|depan|belakang|dekat|sebelah|seberang)\b).*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What an address says: address without village and district, each empty where it is not said."""

    address: str = ""
    village: str = ""
    district: str = ""


def read(text: str) -> Parts:
    """Take an address apart: by desa, kec. and the like, or by the names themselves at its end."""
    parts = [part.strip(" .-").lstrip(" .=+@-'\"") for part in _PARTING.split(_parted(text))]
    district = _marked(parts, _OF_DISTRICT)
    village = _marked(parts, _OF_VILLAGE)
    parts = [part for part in parts if part and not _ELSEWHERE.fullmatch(part)]
    if not district and len(parts) > 1 and villages.is_district(parts[-1]):
        district = parts.pop()
    if not village:
        village = _unmarked(parts, district)
    if village and not district:
        district = _district(parts)
    found = Parts(", ".join(parts), village, district)
    return _without_district(_without_house(found if village else _of_tail(found)))


def of_village(text: str) -> Parts:
    """Take apart what stands where a village alone should stand."""
    if not _MORE.search(text):
        return Parts("", text, "")
    found = read(text)
    return found if found.village else _without_house(Parts("", found.address, found.district))


def is_of_street(text: str) -> bool:
    """Tell whether a text has what a street or a house is told by."""
    return _STREET.search(text) is not None


def _parted(text: str) -> str:
    """Return the text with a comma before each mark of a village, a district or what lies above."""
    text = _IN_BRACKETS.sub(r", \1,", text)
    return _UNPARTED.sub(lambda found: found[0] if _is_of_street(text, found) else ", ", text)


def _is_of_street(text: str, found: re.Match[str]) -> bool:
    """Tell whether a village's mark belongs to a street's name: Jl. Desa Lama."""
    before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + _NEAR]
    return _OF_VILLAGE.match(after) is not None and _AFTER_STREET.search(before) is not None


def _marked(parts: list[str], mark: re.Pattern[str]) -> str:
    """Take the first part with this mark out of the parts, and return it without the mark."""
    for place, part in enumerate(parts):
        if mark.search(part):
            return mark.sub("", parts.pop(place)).strip()
    return ""


def _unmarked(parts: list[str], district: str) -> str:
    """Take the part that is a village's name out of the parts, or the one that must be where a district follows it."""
    for place, part in list(enumerate(parts))[: -_MOST - 1 : -1]:
        if villages.is_village(_HOUSE.sub("", part)):
            return parts.pop(place)
    is_named = len(parts) > 1 and not _STREET.search(parts[-1])
    return parts.pop() if is_named and (district or villages.find(parts[-1], "").village) else ""


def _district(parts: list[str]) -> str:
    """Take the part that is a district's name out of the parts."""
    place = next((place for place, part in enumerate(parts[:_MOST]) if villages.is_district(part)), None)
    return "" if place is None else parts.pop(place)


def _of_tail(found: Parts) -> Parts:
    """Find names without marks or commas behind the last number: Jl. A. Yani RT 2 Lajar Lampihong."""
    words = found.address.split()
    start = max((place + 1 for place, word in enumerate(words) if any(map(str.isdigit, word))), default=0)
    if len(words) - start > _MOST or (start == 0 and _STREET.search(found.address)):
        return found
    for village in range(len(words), start, -1):
        name, rest = " ".join(words[start:village]), " ".join(words[village:])
        if villages.is_village(name) and (not rest or villages.is_district(rest)):
            return Parts(" ".join(words[:start]).strip(" ,"), name, found.district or rest)
    return found


def _without_house(found: Parts) -> Parts:
    """Put what belongs to the house back: Desa Lajar RT 03."""
    house = _HOUSE.search(found.village)
    if not house or house.start() == 0:
        return found
    address = ", ".join(filter(None, (found.address, house[0].strip(" ,."))))
    return Parts(address, found.village[: house.start()], found.district)


def _without_district(found: Parts) -> Parts:
    """Tell a district that follows the village without a mark or a comma: Desa Lajar Lampihong."""
    words = found.village.split()
    if found.district or len(words) > _MOST or villages.is_village(found.village):
        return found
    for place in range(1, len(words)):
        name, rest = " ".join(words[:place]), " ".join(words[place:])
        if villages.is_village(name) and villages.is_district(rest):
            return Parts(found.address, name, rest)
    return found
