"""A village of the regency, and the district that tells two of one name apart."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from services.reference import regions
from services.reference.regions import District, Village

_MARK = re.compile(
    r"^\W*(?:(?:desa|ds|dusun|dsn|kelurahan|kel|kampung|kmp|kp)\b[\s.:/]*)+(?=\w)"
    r"|^(?:desa|kel|ds)(?-i:(?=[A-Z]))|^(?:desa|kelurahan)$",
    re.IGNORECASE,
)
_DISTRICT_MARK = re.compile(r"^\W*(?:kecamatan|kecamtan|kec|kc)\b[\s.:/]*(?=\w)|^kec(?-i:(?=[A-Z]))", re.IGNORECASE)
_CODE = re.compile(r"\D*63\W?11\W?(\d\d)\W?(\d{4})\D*")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Words of names as they are shortened, or written otherwise.
_SHORTENED = """
    benua:banua bnj:binjai brh:baruh bt:batu bwh:bawah dlm:dalam gn:gunung gng:gunung hlr:hilir hlu:hulu kn:kanan
    knn:kanan kr:kiri lph:lampihong lr:luar masjid:mesjid mr:muara mrg:murung pd:padang pdg:padang prg:paringin
    prgn:paringin sbr:sumber sei:sungai sel:selatan sgi:sungai simp:simpang slt:selatan smp:simpang sng:sungai
    sp:simpang spg:simpang sumb:sumber sungei:sungai tb:tebing tbg:tebing tl:teluk tlk:teluk tmr:timur tnh:tanah
    utr:utara
"""
_WORDS = dict(pair.split(":") for pair in _SHORTENED.split())
# Of one letter, or what could be the end of a name too: at its front alone.
_FIRST_WORDS = {"s": "sungai", "g": "gunung", "t": "teluk", "m": "muara", "l": "lok", "luk": "lok", "lo": "lok"}
_OTHER_REGENCIES = tuple(f"63.{number:02}" for number in (*range(1, 11), 71, 72))
_LIKE = 0.8  # of 1: the letters that are right where more than one is wrong
_SHORTEST, _LONGEST = 3, 40  # letters of a name, some wrong ones counted in


@dataclass(frozen=True, slots=True)
class Found:
    """A village, or why none is taken; code: a warning or what is wrong. district: the one that was given, if any."""

    village: Village | None
    code: str | None
    district: District | None = None


@lru_cache(maxsize=8192)
def find(written: str, district: str) -> Found:
    """Find the village that was written, in the district that was given where one was.

    :param written: the village's name or code, without what else an address holds.
    :param district: a district's name, or nothing.
    """
    given = find_district(district)
    key = _key(_MARK.sub("", written))
    if not key:
        return Found(None, "village_missing", given)
    if coded := _CODE.fullmatch(written):
        return _settled(_coded(f"{regions.HOME}.{coded[1]}.{coded[2]}"), given)
    same = _by_key().get(key)
    return _settled(same, given) if same else _nearest(key, given)


@lru_cache(maxsize=1024)
def find_district(written: str) -> District | None:
    """Return the district of the province that was written, Balangan's before others; None where it is none."""
    key = _key(_DISTRICT_MARK.sub("", written))
    if not key:
        return None
    same = _districts().get(key)
    near = [] if same else _near(key, _districts(home=True))
    return same or (_districts()[near[0]] if len(near) == 1 else None)


def district_of(village: Village) -> District:
    """Return the district that a village lies in."""
    return regions.district(village.district)


def is_village(written: str) -> bool:
    """Tell whether it is written as one of the regency's villages is."""
    return _key(_MARK.sub("", written)) in _by_key()


def is_district(written: str) -> bool:
    """Tell whether it is written as one of the regency's districts is."""
    return _key(_DISTRICT_MARK.sub("", written)) in _districts(home=True)


def _settled(same: tuple[Village, ...], given: District | None) -> Found:
    """Choose among villages of one name."""
    within = [village for village in same if given and village.district == given.code]
    if given and not within:
        return Found(None, "village_district_mismatch" if same else "unknown_village", given)
    fitting = within or same
    if len(fitting) == 1:
        return Found(fitting[0], None, given)
    return Found(None, "ambiguous_village" if fitting else "unknown_village", given)


def _nearest(key: str, given: District | None) -> Found:
    """Return the one village that is clearly nearest, if there is one."""
    names = {
        name: [found for found in all_of if not given or found.district == given.code]
        for name, all_of in _by_key().items()
    }
    near = {village.code: village for name in _near(key, filter(names.get, names)) for village in names[name]}
    if len(near) == 1:
        return Found(next(iter(near.values())), "village_fuzzy", given)
    several = len({village.name for village in near.values()}) == 1
    return Found(None, "ambiguous_village" if several else "unknown_village", given)


def _near(key: str, names: Iterable[str]) -> list[str]:
    """Return the names that are nearest and near enough: several where none of them leads.

    Of two that are equally near, the one with the right first letter leads: that one is seldom wrong.
    """
    if len(key) > _LONGEST:
        return []
    counted = sorted((OSA.distance(key, name), name[0] != key[0], name) for name in names)
    return [
        name
        for wrong, start, name in counted
        if (wrong, start) == counted[0][:2] and _is_near(wrong, max(len(key), len(name)))
    ]


def _is_near(wrong: int, letters: int) -> bool:
    return letters >= _SHORTEST if wrong <= 1 else 1 - wrong / letters >= _LIKE


def _key(name: str) -> str:
    """Return the letters of a name, shortened words written out; spaces, capitals and apostrophes do not count."""
    plain = _HUMP.sub(" ", name).casefold().replace("'", "")
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    if words and len(words) > 1:
        words[0] = _FIRST_WORDS.get(words[0], words[0])
    return "".join(_WORDS.get(word, word) for word in words)


def _coded(code: str) -> tuple[Village, ...]:
    try:
        return (regions.village(code),)
    except regions.RegionUnknown:
        return ()


@cache
def _by_key() -> dict[str, tuple[Village, ...]]:
    """Return the regency's villages by every spelling of their names that is right."""
    found: defaultdict[str, list[Village]] = defaultdict(list)
    for district in regions.districts_of():
        for village in regions.villages_of(district.code):
            for key in {_key(village.name), _key(village.name).replace("sungai", "sei", 1)}:
                found[key].append(village)
    return {key: tuple(villages) for key, villages in found.items()}


@cache
def _districts(*, home: bool = False) -> dict[str, District]:
    """Return the districts by their names, those of the regency alone or before the others of the province."""
    if home:
        return {_key(place.name): place for place in regions.districts_of()}
    others = [place for regency in _OTHER_REGENCIES for place in regions.districts_of(regency)]
    return {_key(place.name): place for place in others} | _districts(home=True)
