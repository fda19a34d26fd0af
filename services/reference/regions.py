"""Districts (kecamatan) and villages (desa, kelurahan) with their Kemendagri codes and places."""

import csv
import difflib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import TypeVar

HOME = "63.11"  # Balangan
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
SUGGESTIONS = 5
LIKENESS = 0.7  # of 1, as difflib counts it; below, a suggestion is no help
LONGEST = 64  # characters looked at: likeness costs the square of them

_DISTRICT_PARTS = 3  # 63.11.06; a village has four


class RegionUnknown(LookupError):
    """There is no such district or village."""


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan; regency is the code of its kabupaten, lat and lon its centroid in degrees."""

    code: str
    name: str
    regency: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Village:
    """A desa or kelurahan; district is a code, lat and lon its centroid or else its district's."""

    code: str
    name: str
    district: str
    lat: float
    lon: float


Place = TypeVar("Place", District, Village)


def district(code: str) -> District:
    """Return the district with this code; raise RegionUnknown where there is none."""
    return _known(_districts(), code)


def village(code: str) -> Village:
    """Return the village with this code; raise RegionUnknown where there is none."""
    return _known(_villages(), code)


def all_districts() -> list[str]:
    """Return the codes of all districts."""
    return sorted(_districts())


def districts_of(regency: str = HOME) -> list[District]:
    """Return the districts of a regency by code; raise RegionUnknown where it has none here."""
    found = [place for place in _districts().values() if place.regency == regency]
    if not found:
        raise RegionUnknown(regency)
    return found


def villages_of(district_code: str) -> list[Village]:
    """Return the villages of a district by code: none outside South Kalimantan; raise RegionUnknown for no district."""
    place = district(district_code)
    return [found for found in _villages().values() if found.district == place.code]


def suggest(code_or_name: str) -> list[Village]:
    """Return up to 5 villages whose code or name is most like what was written, the likest first.

    Capitals, spaces and punctuation do not count. Of villages with one name, Balangan's come first.
    """
    by_key = _by_plain_key()
    near = difflib.get_close_matches(_plain(code_or_name[:LONGEST]), by_key, n=SUGGESTIONS, cutoff=LIKENESS)
    return [found for key in near for found in by_key[key]][:SUGGESTIONS]


@cache
def distance_km(district_a: str, district_b: str) -> float:
    """Return the great-circle distance between two districts' centroids; raise RegionUnknown where one is none."""
    a, b = district(district_a), district(district_b)
    half_lat, half_lon = radians(b.lat - a.lat) / 2, radians(b.lon - a.lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def _known(places: Mapping[str, Place], code: str) -> Place:
    try:
        return places[code]
    except KeyError:
        raise RegionUnknown(code) from None


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _rows() -> list[dict[str, str]]:
    with Path(__file__).with_name("data").joinpath("regions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _districts() -> dict[str, District]:
    return {
        row["code"]: District(row["code"], row["name"], _parent(row["code"]), float(row["lat"]), float(row["lon"]))
        for row in _rows()
        if row["code"].count(".") + 1 == _DISTRICT_PARTS
    }


@cache
def _villages() -> dict[str, Village]:
    return {row["code"]: _village(row) for row in _rows() if row["code"].count(".") + 1 > _DISTRICT_PARTS}


def _village(row: dict[str, str]) -> Village:
    home = district(_parent(row["code"]))
    lat, lon = (float(row["lat"]), float(row["lon"])) if row["lat"] else (home.lat, home.lon)
    return Village(row["code"], row["name"], home.code, lat, lon)


def _parent(code: str) -> str:
    return code.rpartition(".")[0]


@cache
def _by_plain_key() -> dict[str, list[Village]]:
    """Return the villages by code and by name, both plain; no code is a name."""
    found: defaultdict[str, list[Village]] = defaultdict(list)
    for place in sorted(_villages().values(), key=lambda place: (not place.code.startswith(HOME), place.code)):
        found[_plain(place.code)].append(place)
        found[_plain(place.name)].append(place)
    return dict(found)
