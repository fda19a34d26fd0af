"""Words of headings: how clerks shorten them, and one spelling for each."""

import csv
import re
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

_LONGEST = 200  # characters that are looked at
_LONG, _VERY_LONG = 5, 9  # letters from which on one may be wrong, and two
_TILL = re.compile(
    r"\bs\s*[./]?\s*d\b\.?|\bs\.d\.?|\bsd\b(?=\s*(?:tgl|tanggal|$))|(?<=[a-z.)])\s*[-\u2013]\s*(?=selesai|akhir|sampai)"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+|\d+|#")
# Initials and words that say one thing together.
_TOGETHER = tuple(
    (re.compile(rf"\b(?:{several})\b"), one)
    for several, one in (
        ("n i k", "nik"),
        ("t t l", "ttl"),
        ("l p|p l|j k|lk pr|lk p|laki laki perempuan|pria wanita", "lp"),
        ("jenis (?:kel|kelurahan|klm|kelmn)", "jenis kelamin"),
        ("k bk", "kbk"),
        ("e email", "email"),
        ("e ktp", "ktp"),
        ("whats app", "telepon"),
        ("n p w p", "npwp"),
        ("kode pos", "kodepos"),
        ("l s p", "lsp"),
    )
)


def one_of(patterns: str) -> str:
    """Return a pattern of any of several, which blanks part; an underscore stands for a space, or none."""
    return "(?:" + "|".join(each.replace("_", r"\s*") for each in patterns.split()) + ")"


def _read() -> dict[str, str]:
    """Return the words of words.csv by each of their spellings."""
    with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {spelling: row["word"] for row in rows for spelling in (row["word"], *row["spellings"].split())}


_KNOWN = _read()
_LONG_ONES = sorted(word for word in _KNOWN if len(word) >= _LONG)


@lru_cache(maxsize=8192)
def plain(heading: str) -> tuple[str, bool]:
    """Return a heading in plain words, and whether all of them are words of headings."""
    text = _TILL.sub(" sampai ", _HUMP.sub(" ", heading[:_LONGEST]).casefold())
    found = [word for written in _WORD.findall(text) for word in _spelt(written)]
    said = " ".join(word or "?" for word in found)
    for several, one in _TOGETHER:
        said = several.sub(one, said)
    return said, "?" not in said


def _spelt(written: str) -> list[str]:
    """Return the words that a written one stands for; an empty one where it is none of a heading."""
    if written in _KNOWN or written.isdigit():
        return [_KNOWN.get(written, written)]
    if written == "#":
        return ["nomor"]
    return _parted(written) or [_near(written)]


def _parted(written: str) -> list[str]:
    """Return the words that were written as one: tgllahir, jeniskelamin."""
    for cut in range(len(written) - 2, 1, -1):
        head, tail = written[:cut], written[cut:]
        if head in _KNOWN and tail in _KNOWN and len(written) > _LONG:
            return [_KNOWN[head], _KNOWN[tail]]
    for cut in range(len(written) - 4, 1, -1):
        if written[:cut] in _KNOWN and (rest := _parted(written[cut:])):
            return [_KNOWN[written[:cut]], *rest]
    return []


def _near(written: str) -> str:
    """Return the known word that a misspelt one must be: nothing where that is open."""
    most = 0 if len(written) < _LONG else 1 if len(written) < _VERY_LONG else 2
    near = [word for word in _LONG_ONES if abs(len(word) - len(written)) <= most and most]
    counted = sorted((OSA.distance(written, word, score_cutoff=most), word) for word in near)
    found = {_KNOWN[word] for wrong, word in counted if wrong == counted[0][0] and wrong <= most}
    return found.pop() if len(found) == 1 else ""
