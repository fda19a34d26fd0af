"""What the cells of a column look like, whatever stands above them."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from services.registry.reading.cells import Cell
from services.registry.reading.fields import villages
from services.registry.reading.sheets.words import one_of

_SERIALS = range(7_000, 80_000)
_LONG_NUMBER = 10**13
_TRADES = one_of(
    r"""las weld\w* smaw gtaw gmaw ac refriger\w* mekanik operator op forklift excavator alat_berat desain grafis
    komputer office excel jahit menjahit busana boga masak cookery barista kue roti bakery listrik instalasi
    kayu mebel tukang bata plester k3 safety keselamatan pemasaran digital marketing penjualan eceran online
    batubara tambang crusher surve[iy] pemetaan juru_ukur motor sepeda mobil hotel front resepsionis
    receptionist servis service photoshop corel driver mengemudi kopi gambar bordir pola hidrolik hydraulic
    freon rias kecantikan salon pangkas sablon perawat\w* caregiver bahasa_inggris english teknisi sewing"""
)
_TRAINING = re.compile(rf"\b{_TRADES}\b")
_LISTED = re.compile(r"[,;/\n]|\bdan\b")
_NAME = re.compile(
    r"(?:(?:h|hj|drs|dra|ir|m|muh|moh|abd|st|siti)\.?\s)?[^\W\d_]{2,}(?:[ .'\u2019`\-]+[^\W\d_]+){0,5}\.?"
    r"(?:,?\s*(?:[as]\.?\w{1,4}\.?)+)?"
)
_PLACES = frozenset(
    """paringin banjarmasin banjarbaru martapura amuntai barabai kandangan rantau tanjung marabahan pelaihari
    kotabaru balikpapan samarinda palangkaraya surabaya malang blitar banyuwangi jakarta bandung semarang
    yogyakarta solo kediri jember batulicin balangan tabalong tapin sampit makassar medan bogor batumandi
    kintap buntok tamiang pontianak madiun tuban lamongan sragen kebumen cilacap""".split()  # noqa: SIM905
)
NOTHING = frozenset(
    ("-", "--", "---", "belum ada", "tidak ada", "menyusul", "n/a", "?", "0", "x", "kosong", "nihil", ".")
)
_LONGEST = 200  # characters that are looked at
_NUMBER, _STEPS = 5, 0.6  # digits of a running number, and how many of them follow the one before


def _read() -> dict[str, re.Pattern[str]]:
    """Return the patterns of shapes.csv: of fields, and of what looks alike and is kept out of them."""
    with Path(__file__).with_name("shapes.csv").open(encoding="utf-8", newline="") as file:
        return {row["shape"]: re.compile(row["pattern"]) for row in csv.DictReader(file)}


_PATTERNS = _read()


def looks_like(cell: Cell, looks: Sequence[str]) -> bool:
    """Tell whether a cell could be one of these; quicker than `of` where it is."""
    if isinstance(cell, str):
        plain = _plain(cell)
        if any(look in _PATTERNS and _PATTERNS[look].fullmatch(plain) for look in looks):
            return True
    return not of(cell).isdisjoint(looks)


def _plain(text: str) -> str:
    return " ".join(text.replace("\u200b", "").casefold().split())[:_LONGEST]


@lru_cache(maxsize=8192)
def shapes(text: str) -> frozenset[str]:
    """Return all that a text could be: fields, and what no field keeps."""
    plain = _plain(text)
    found = {shape for shape, pattern in _PATTERNS.items() if pattern.fullmatch(plain)}
    if not any(map(str.isdigit, plain)):
        found |= _of_words(plain)
    if _TRAINING.search(plain):
        found |= {"skills", "programme"} if _LISTED.search(plain) else {"programme", "scheme", "skills"}
    return frozenset(found)


def of(cell: Cell) -> frozenset[str]:
    """Return all that a cell could be; nothing where it is blank or says that there is nothing."""
    if isinstance(cell, str):
        return frozenset() if cell.strip().casefold() in NOTHING else shapes(cell.strip())
    if isinstance(cell, date):
        return frozenset(("date",))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return frozenset(_of_number(cell))
    return frozenset()


def _of_number(number: float) -> set[str]:
    if number >= _LONG_NUMBER:
        return {"nik"}
    found = {"date"} if number in _SERIALS else set()
    return found | shapes(str(int(number))) - {"date"} if number == int(number) else found


def _of_words(plain: str) -> set[str]:
    found = {"name"} if _NAME.fullmatch(plain) else set()
    bare = plain.removeprefix("kota ").removeprefix("kab. ")
    if villages.is_village(plain):
        found.add("village")
    if villages.is_district(plain):
        found |= {"district", "birthplace"}
    return found | {"birthplace"} if bare.replace(" ", "") in _PLACES else found


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of one column show. filled: how many of the rows have one; counts: how many could be what."""

    rows: int
    filled: int
    distinct: int
    counts: Counter[str]
    ascending: bool

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> "Column":
        said = [cell for cell in cells if cell is not None and str(cell).strip().casefold() not in NOTHING]
        counts = Counter(shape for cell in said for shape in of(cell))
        digits = [text for cell in said if (text := str(cell).strip(" .")).isdecimal() and len(text) <= _NUMBER]
        steps = sum(int(after) - int(before) == 1 for before, after in pairwise(digits))
        is_counting = len(digits) > 1 and steps >= _STEPS * (len(said) - 1)
        return cls(len(cells), len(said), len({str(cell).casefold() for cell in said}), counts, is_counting)

    def share(self, shape: str) -> float:
        """Return how many of the cells that say something could be this, 0 to 1."""
        return self.counts[shape] / self.filled if self.filled else 0.0

    @property
    def variety(self) -> float:
        return self.distinct / self.filled if self.filled else 0.0


def is_training(text: str) -> bool:
    """Tell whether a text has a word of a trade that is trained."""
    return _TRAINING.search(text.casefold()) is not None
