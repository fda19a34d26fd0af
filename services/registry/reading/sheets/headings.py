"""What a heading says that its column holds."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from services.registry.reading.sheets import words

# Words that say nothing without the group above them.
_GENERIC = frozenset(
    """nomor tanggal mulai dari sampai akhir selesai awal nama jenis tempat status berlaku masa lembaga penerbit jurusan
    tahun bulan hari l p k bk urut terbit dan kota data waktu periode sertifikat kode lokasi hasil keterangan""".split()  # noqa: SIM905
)
_NEUTRAL = re.compile(r"\b(?:data|pribadi|identitas|diri|biodata|umum|peserta|lain|kontak)\b")
_MARKS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "sex": {"L": ("l", "laki", "laki laki", "pria"), "P": ("p", "perempuan", "wanita")},
    "result": {"K": ("k", "kompeten", "lulus"), "BK": ("bk", "belum kompeten", "tidak lulus")},
}
_MARKED = {word: (field, says) for field, of in _MARKS.items() for says, all_of in of.items() for word in all_of}
_PARTS = {"hari": 0, "tanggal": 0, "bulan": 1, "tahun": 2}
_LONGEST = 90  # characters of a heading


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading may mean.

    fields: the likeliest first; none where the column is known and not kept.
    says: what a mark in the column says: a tick under P. part: the place of the column among those of one field.
    is_plain: it is made of words of headings alone.
    """

    fields: tuple[str, ...]
    says: str | None = None
    part: int = 0
    is_plain: bool = True


def normalise(heading: str) -> str:
    """Return what two spellings of one heading have in common: letters and digits in small, single spaces."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text).split())


@lru_cache(maxsize=8192)
def read(heading: str, group: str = "") -> Meaning | None:
    """Return what a heading means, or None where it is not understood.

    :param group: what stands above it and over its neighbours.
    """
    if len(heading) > _LONGEST:
        return None
    said, is_plain = words.plain(heading)
    above = _above(group) if heading.startswith("(") or not set(said.split()) - _GENERIC else ""
    return _marked(said) or (above and _named(f"{said} {above}", is_plain=is_plain)) or _named(said, is_plain=is_plain)


def _above(group: str) -> str:
    """Return what a group adds to the headings below it."""
    said = _NEUTRAL.sub("", words.plain(group)[0]).strip()
    return "lahir" if "lahir" in said.split() or said == "ttl" else said


def _marked(said: str) -> Meaning | None:
    if said not in _MARKED:
        return None
    field, says = _MARKED[said]
    return Meaning((field,), says=says)


def _named(said: str, *, is_plain: bool) -> Meaning | None:
    for fields, rule in _rules():
        if rule.search(said):
            return Meaning(fields, part=_part(fields, said), is_plain=is_plain)
    return None


def _part(fields: tuple[str, ...], said: str) -> int:
    """Return 0 for the first part of a field that stands in several columns, 1 for the second, 2 for the third."""
    first, *others = said.split()
    if fields[:1] == ("birth",):
        return _PARTS.get(first, 0)
    return int("belakang" in others)


@cache
def _rules() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    """Return the rules of headings.csv: the first whose pattern is found in the plain words counts.

    Of several fields the cells of the column decide; where there is none, nothing of the column is kept.
    """
    with Path(__file__).with_name("headings.csv").open(encoding="utf-8", newline="") as file:
        return tuple((tuple(rule["fields"].split()), re.compile(rule["pattern"])) for rule in csv.DictReader(file))
