"""Occupations of Indonesia, as KBJI 2014 (Klasifikasi Baku Jabatan Indonesia, BPS and Kemnaker) codes them.

10 major groups of one digit, 43 of two, 130 of three, 446 of four, of which 431 equal ISCO-08, and 2,137 occupations
as 7212.01. The titles are theirs, in Indonesian, with single spaces; what people call some of them every day
("satpam", "barista") is ours, and is only searched.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from services.reference.naming import Index, Term

EDITION = "2014"


class OccupationUnknown(LookupError):
    """KBJI has no such code."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation, or a group of them; parent is the code of the group that it stands in, None for a major group."""

    code: str
    title: str
    parent: str | None


def occupation(code: str) -> Occupation:
    """Return the occupation or group with this code; raise OccupationUnknown where there is none."""
    try:
        return _occupations()[code]
    except KeyError:
        raise OccupationUnknown(code) from None


def parents(code: str) -> list[Occupation]:
    """Return the groups that an occupation stands in, the major one first; raise OccupationUnknown for no code."""
    parent = occupation(code).parent
    return [*parents(parent), occupation(parent)] if parent else []


def search(text: str, limit: int = 10) -> list[Occupation]:
    """Return the occupations and groups with such words, the best first; misspelt and unfinished ones count too."""
    return [occupation(hit.concept) for hit in _names().search(text, limit)]


@cache
def _occupations() -> dict[str, Occupation]:
    rows = _rows("kbji2014.csv")
    return {row["code"]: Occupation(row["code"], row["title"], _parent(row["code"])) for row in rows}


@cache
def _names() -> Index:
    titles = [Term(each.code, each.title) for each in _occupations().values()]
    everyday = [Term(row["code"], name) for row in _rows("kbji2014_everyday.csv") for name in row["names"].split(";")]
    return Index(titles + everyday)


def _rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name("data").joinpath(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parent(code: str) -> str | None:
    """Return the code of the group above: of 7212.01 it is 7212, then 721, 72, 7."""
    return code.partition(".")[0] if "." in code else code[:-1] or None
