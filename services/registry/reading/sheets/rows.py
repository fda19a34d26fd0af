"""Which rows of a table are participants, and what else a clerk puts between and below them."""

import re
from collections.abc import Iterable, Mapping

from services.registry.reading.cells import Cell
from services.registry.reading.sheets import contents, heads
from services.registry.reading.sheets.row import Row
from services.registry.reading.sheets.words import one_of

_TOTALS = one_of(
    "grand_total sub_-?_total sub_jumlah total jumlah jml rata_-?_rata rekap(?:itulasi)? pindahan dipindahkan"
)
_TOTAL = re.compile(rf"\W*{_TOTALS}\b", re.IGNORECASE)
_SIGNERS = one_of(
    """mengetahui menyetujui disetujui disahkan diketahui pimpinan kepala ketua direktur penanggung_jawab hormat_kami
    dibuat_oleh yang_membuat pengelola sekretaris bendahara panitia penyelenggara koordinator nip ttd tanda_tangan camat
    bupati plt"""
)
_SIGNATURE = re.compile(rf"\W*{_SIGNERS}\b|\W*a\.?n\.|\W*\(?\s*(?:\.{{4,}}|_{{4,}}|\u2026+)", re.IGNORECASE)
_REMARKS = one_of(
    """catatan keterangan ket note nb halaman hal lanjutan bersambung sumber petunjuk cara_pengisian dicetak print"""
)
_REMARK = re.compile(rf"\W*{_REMARKS}\b\W*[:.\d]|\*\)|\*+\s", re.IGNORECASE)
_EXAMPLE = re.compile(r"\W*(?:nama\s+)?(?:contoh|cth|misal(?:nya)?|example)\b", re.IGNORECASE)
# Fields whose cells prove that a row is somebody's, by what they then look like.
_PROOFS = {
    "nik": ("nik",),
    "birth": ("date",),
    "ttl": ("born", "date"),
    "phone": ("phone", "nik"),
    "email": ("email",),
}
_STRONG = frozenset(("nik", "birth", "ttl"))
_PERSONAL = {*"name birthplace sex address full_address village education cert_no policy_no skills".split(), *_PROOFS}  # noqa: SIM905
_SEEN = ("born", "phone", "email", "sex", "education", "name", "address", "date")
_NAME = re.compile(r"[^\W\d_]{2,}[^\d:=;|]*")
_FEW, _SOME = 4, 3  # cells


class Rows:
    """Tells the participants among the rows of one table, from top to bottom."""

    def __init__(self, columns: Mapping[int, str]) -> None:
        self._columns = columns
        self._has_number = "no" in columns.values()
        self._is_below_signature = False

    def is_person(self, row: Row) -> bool:
        """Tell whether a row is a participant's; one that is nearly empty or below a signature has to prove it."""
        if heads.is_numbering(row) or is_example(row):
            return False
        said = {field: row.cells[at] for at, field in self._columns.items() if row.at(at) is not None}
        if is_total(row) and not _proves(said, _STRONG):
            return False
        if len(row.filled()) <= _FEW and (_has(row, _SIGNATURE) or _has(row, _REMARK)):
            self._is_below_signature = self._is_below_signature or _has(row, _SIGNATURE)
            return False
        is_someone = self._is_someone(said)
        self._is_below_signature = self._is_below_signature and not is_someone
        return is_someone

    def _is_someone(self, said: Mapping[str, Cell]) -> bool:
        personal = len(_PERSONAL & said.keys())
        if self._is_below_signature and personal < _FEW and not _proves(said, ("nik",)):
            return False
        name = said.get("name")
        if not isinstance(name, str) or not _NAME.match(name.strip(" '\"*.-")):
            return personal >= _FEW or (personal > 1 and _proves(said))
        is_numbered = str(said.get("no", "")).strip(" .)").isdecimal()
        is_alone = not self._has_number and len(said) == 1 and " " in name
        return is_numbered or is_alone or personal >= _SOME or (personal > 1 and _proves(said))


def _proves(said: Mapping[str, Cell], fields: Iterable[str] = tuple(_PROOFS)) -> bool:
    """Tell whether any of these fields is said, and looks like what only a person has."""
    return any(field in said and contents.looks_like(said[field], _PROOFS[field]) for field in fields)


def is_total(row: Row) -> bool:
    first = next((cell for cell in row.cells if isinstance(cell, str)), "")
    return _TOTAL.match(first) is not None


def is_example(row: Row) -> bool:
    """Tell whether a row only shows how to fill in the table: its number or its name says so."""
    return any(isinstance(row.cells[at], str) and _EXAMPLE.match(str(row.cells[at])) for at in row.filled()[:2])


def seems_person(row: Row) -> bool:
    """Tell whether a row looks like a participant's where it is not known yet what the columns hold."""
    if is_example(row):
        return False
    shapes = {shape for cell in row.cells for shape in contents.of(cell)}
    filled = len(row.filled())
    return filled >= _SOME if "nik" in shapes else filled >= _FEW and sum(shape in shapes for shape in _SEEN) >= _FEW


def _has(row: Row, pattern: re.Pattern[str]) -> bool:
    return any(isinstance(cell, str) and pattern.match(cell) for cell in row.cells)
