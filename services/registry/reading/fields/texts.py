"""What a cell says as text: healed, tidy, and never anything that a program would run."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from services.registry.reading.cells import Cell
from services.registry.reading.fields import hostile
from services.registry.reading.fields.healing import heal

LONGEST = 1000  # characters of a cell that are kept

_SHORT = 40  # characters: nothing longer only says that there is nothing
_HEAD, _TAIL = 3000, 1000  # characters that are looked at where there are more
_WHOLE = 10**18  # numbers up to here are written with all their digits; whole ones above say nothing
# What people write where they have nothing to write.
_NOTHING = re.compile(
    r"""
    (?!\#\#)[\W_]* | x{1,4} | 0{1,4} | n[./]?a\.? | nan | null | none | nil | nihil | t/a | tba | blank | \(?kosong\)?
    | belum | blm
    | \#(?:n/a|ref!|value!|name\?|null!|num!|div/0!)
    | (?:tidak|tdk|tak|ga|gak|nggak|ngga|belum|blm|tanpa|tiada|no|not)
      (?:\s(?:ada|punya|memiliki|mempunyai|terbit|keluar|dibuat|buat|jadi|diisi|diketahui|terdaftar|rekam|perekaman
          |dicetak|bersertifikat|sertifikat|polis|asuransi|kpj|bpjs|nik|(?:e-?)?ktp|hp|telp|telepon|wa|e-?mail|nomor|no|data
          |available|yet))+
    | (?:akan\s)?(?:menyusul|nyusul) | gada | segera
    | (?:masih\s|dalam\s|dlm\s|sedang\s|sdg\s|di)?proses
      (?:\s(?:cetak|pembuatan|penerbitan|terbit|pengurusan|bnsp|lsp|perekaman))?
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Text(NamedTuple):
    """text: empty where nothing usable stands in the cell; unsafe, long: what its line has to be warned of."""

    text: str = ""
    unsafe: bool = False
    long: bool = False


NO_TEXT = Text()


def read(cell: Cell, *, signed: bool = False) -> Text:
    """Return what the cell says. A text keeps its lines, each tidy; it is not cut yet (see `line`).

    :param signed: a plus or minus at its start belongs to it, as to a phone number.
    """
    if not isinstance(cell, str):
        return Text(_written(cell))
    return _read_again(cell, signed) if len(cell) <= _SHORT else _read(cell, signed)


def _read(cell: str, signed: bool) -> Text:  # noqa: FBT001 (a cache counts positions)
    whole = hostile.unwrapped(heal(_clipped(cell.strip()))).strip()
    bare, unsafe = hostile.harmless(whole, signed=signed)
    return Text(tidy(bare), unsafe, len(whole) > LONGEST)


_read_again = lru_cache(maxsize=8192)(_read)  # in a file most cells stand many times


def tidy(text: str) -> str:
    """Return a text with single spaces, its lines kept where there are several."""
    if "\n" not in text:
        return " ".join(text.split())
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def line(text: str) -> str | None:
    """Return a text as one line, cut to what is kept; None where nothing was meant."""
    one = " ".join(text.split())[:LONGEST].strip(" ")
    return None if is_nothing(one) else one


def lines(text: str) -> str | None:
    """Return a text with its lines, cut to what is kept; None where nothing was meant."""
    return None if is_nothing(text) else text[:LONGEST].strip()


def is_nothing(text: str) -> bool:
    """Tell whether a text only says that there is nothing: -, tidak ada, belum punya, menyusul, N/A."""
    return not text or (len(text) <= _SHORT and _says_nothing(text))


@lru_cache(maxsize=8192)
def _says_nothing(text: str) -> bool:
    return _NOTHING.fullmatch(" ".join(text.split())) is not None


def _clipped(text: str) -> str:
    """Return the start and the end of a text that nobody can have meant: what is done with it has to end."""
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]} {text[-_TAIL:]}"


def _written(cell: Cell) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, int | float) and abs(cell) < _WHOLE:
        return str(int(cell) if cell == int(cell) else cell)
    if isinstance(cell, int):
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
