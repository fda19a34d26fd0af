"""What stands above a table, between its rows or on the tab of its sheet: institution, programme, batch, period."""

import re
from collections.abc import Iterable, Iterator, Mapping

from services.registry.reading.sheets import contents, headings
from services.registry.reading.sheets.row import Row
from services.registry.reading.sheets.words import one_of

GROUP_FIELDS = ("institution", "programme", "batch", "period", "start", "end")
_MOST_CELLS = 6  # of a row that is a title
_ANY_CASE = re.IGNORECASE
_LABELLED = re.compile(r"\s*([^:=]{2,45}?)\s*[:=]\s*(\S.*)", re.DOTALL)
_JOINED = re.compile(r"\s*\|\s*(?=[:=])|(?<=[:=])\s*\|\s*")
_PARTED = re.compile(r" \| |[,;]\s+(?=[^\W\d][\w .]{2,30}\s*:)")
_DASH = r"\-\u2013\u2014"
_MONTH = r"(?:[a-z]{3,9}|[ivx]{1,4})\.?"
_DAY = rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}\s*[-/. ]\s*(?:\d{{1,2}}|{_MONTH})\s*[-/. ,]\s*\d{{2,4}})"
_TILL = rf"(?:s\s*[./]?\s*d\b\.?|sampai(?: dengan)?|hingga|[{_DASH}~])"
_PERIOD = re.compile(rf"(?:{_DAY}|\d{{1,2}}(?:\s+{_MONTH})?)\s*{_TILL}\s*(?:tgl\.?\s*|tanggal\s*)?{_DAY}", _ANY_CASE)
# Periode Maret - April 2025: no days, but a year.
_MONTHS = re.compile(
    rf"\W*{one_of('periode bulan jadwal pelaksanaan waktu_pelaksanaan tanggal_pelaksanaan tgl[.]?_pelaksanaan')}\b"
    r"(?: pelatihan| pelaksanaan| bulan)?\W*((?=\D*\d).*20\d\d.*)",
    _ANY_CASE,
)
_ORDINAL = r"(?:[ivx]{1,5}|\d{1,2}|satu|dua|tiga|empat|lima)\b"
_YEAR = r"20\d\d(?!\d|[-/])"
_BATCH = re.compile(
    rf"\b{one_of('angkatan angkt angk agkt akt gelombang gel batch')}\b[\s.:]*(?:ke)?[\s.\-]*{_ORDINAL}"
    rf"(?:\s*[/{_DASH}]\s*(?:20)?\d\d(?!\d|[-/])|[\s,({_DASH}]*(?:tahun|thn|th|ta)?\.?\s*(?:anggaran\s*)?{_YEAR})?",
    _ANY_CASE,
)
_BARE_BATCH = re.compile(rf"(?:ke\W*)?{_ORDINAL}", _ANY_CASE)
_INSTITUTIONS = one_of(
    """lpks? lkp blkk? blklk uptd? pkbm bpvp ppkd balai_latihan balai_pelatihan pusat_pelatihan
    lembaga_pelatihan(?:_kerja)? lembaga_kursus yayasan sanggar"""
)
_MORE = rf"\s[{_DASH}]\s|\b(?:pelatihan|diklat|program|kejuruan)\b"  # what follows the name of an institution
_INSTITUTION = re.compile(rf"\b{_INSTITUTIONS}\b(?!\s*[:=])\s+(?:(?!{_MORE})[^,;|\n]){{2,60}}", _ANY_CASE)
_TRAININGS = one_of("pelatihan diklat kursus kejuruan program kelas training")
_TRAINING = re.compile(rf"\b{_TRAININGS}\b[\s:{_DASH}]*", _ANY_CASE)
_NOISE = one_of(
    """daftar rekapitulasi rekap data nama hadir absensi biodata calon peserta jenis kerja berbasis_kompetensi pbk
    program pelatihan diklat kursus kelas"""
)
_MORE_NOISE = one_of(
    r"""20\d\d sheet\d* tahun thn ta anggaran apbd apbn kabupaten kab balangan provinsi kalimantan_selatan dan di
    dinas_tenaga_kerja lamp(?:iran)? cetak gabungan formulir form lulusan laporan kegiatan final revisi pelaksanaan
    periode tanggal tgl waktu"""
)
# What is left of a title without these names something.
_NOTHING = re.compile(rf"\b(?:{_NOISE}|{_MORE_NOISE})\b|[()\[\]:|_*.,/{_DASH}]+|\d+", _ANY_CASE)
_BEFORE = re.compile(rf"^(?:\W|\b{_NOISE}\b)+", _ANY_CASE)
_AFTER = re.compile(
    r"\b(?:tahun|thn|ta)\.?\s*(?:anggaran\s*)?20\d\d.*$|\bkab(?:upaten)?\b.*$|\bdi\s.*$|\s*\(\d+\)?$", _ANY_CASE
)
_OTHERS = one_of("jl jalan telp hp e-?mail nip mengetahui pimpinan kepala ketua direktur sebagai_berikut surat")
_NO_TITLE = re.compile(rf"\b{_OTHERS}\b|@|^\W*(?:jumlah|total|sub\W*(?:total|jumlah))\b", _ANY_CASE)
_SHORTEST = 3  # letters of a training's name


def read(rows: Iterable[Row]) -> dict[str, str]:
    """Return what the rows above or between people tell of all who follow; a later row outdoes an earlier one."""
    found: dict[str, str] = {}
    for row in rows:
        if len(row.filled()) <= _MOST_CELLS:
            for piece in _pieces(row):
                found |= _of_piece(piece)
    return found


def of_name(name: str) -> dict[str, str]:
    """Return what the name of a sheet tells: a batch, and the training that is named beside it."""
    return {field: text for field, text in _unlabelled(name.replace("_", " ")).items() if field != "institution"}


def renewed(known: Mapping[str, str], news: Mapping[str, str]) -> dict[str, str]:
    """Return what holds after news: another training has another batch, another batch another period."""
    kept = dict(known)
    if "programme" in news and news["programme"] != known.get("programme"):
        kept = {field: text for field, text in kept.items() if field == "institution"}
    if "batch" in news and news["batch"] != known.get("batch"):
        kept = {field: text for field, text in kept.items() if field not in {"period", "start", "end"}}
    return kept | dict(news)


def _pieces(row: Row) -> Iterator[str]:
    """Yield the texts of a row; a label and its value in neighbouring cells are one."""
    texts = [part for cell in row.cells if cell is not None for part in str(cell).split("\n") if part.strip()]
    pieces = [piece.strip() for piece in _PARTED.split(_JOINED.sub(" ", " | ".join(texts)))]
    while pieces:
        piece = pieces.pop(0)
        is_label = ":" not in piece and _field_of(piece) is not None
        if is_label and pieces and ":" not in pieces[0] and not _field_of(pieces[0]):
            piece = f"{piece}: {pieces.pop(0)}"
        yield piece


def _field_of(label: str) -> str | None:
    """Return the field that a label names: Jenis Pelatihan, Angkatan, Waktu."""
    meaning = headings.read(label.strip(" .-*"))
    if not meaning or not meaning.is_plain:
        return None
    return next((field for field in meaning.fields if field in GROUP_FIELDS), None)


def _of_piece(piece: str) -> dict[str, str]:
    if _NO_TITLE.search(piece.partition(":")[0]):
        return {}
    labelled = _LABELLED.fullmatch(piece)
    return _labelled(labelled[1], labelled[2].strip()) if labelled else _unlabelled(piece)


def _labelled(label: str, value: str) -> dict[str, str]:
    field = _field_of(label)
    if field == "batch" and not _BATCH.search(value) and not _BARE_BATCH.match(value):
        return _unlabelled(f"kelas {value}")
    if field == "programme" and (_BATCH.search(value) or _PERIOD.search(value)):
        return _unlabelled(f"pelatihan {value}")
    if field:
        return {field: value}
    period = _PERIOD.search(value)
    return {"period": period[0]} if period and re.search(r"\b(?:tgl|tanggal|hari)\b", label, _ANY_CASE) else {}


def _unlabelled(piece: str) -> dict[str, str]:
    """Return what a title tells: DAFTAR PESERTA PELATIHAN LAS ANGKATAN II, 12 Maret s/d 4 April 2025."""
    found, rest = {}, piece
    if said := _MONTHS.fullmatch(piece):
        return {"period": said[1].strip(" .:-")}
    for field, pattern in (("period", _PERIOD), ("batch", _BATCH), ("institution", _INSTITUTION)):
        if said := pattern.search(rest):
            found[field] = said[0].strip(" -,.(")
            rest = f"{rest[: said.start()]} | {rest[said.end() :]}"
    programme = _programme(rest, has_batch="batch" in found)
    return found | ({"programme": programme} if programme else {})


def _programme(text: str, *, has_batch: bool) -> str | None:
    """Return what a training is called, where a title names one: after PELATIHAN, beside a batch, or by its trade."""
    said = _TRAINING.search(text)
    after = text[said.end() :].split("|") if said else []
    for part in (*after, *text.split("|")):
        plain = " ".join(_NOTHING.sub(" ", part).split())
        is_named = part in after or (has_batch and not said and len(plain) > _SHORTEST)
        if len(plain) >= _SHORTEST and (is_named or contents.is_training(plain)):
            return _AFTER.sub("", _BEFORE.sub("", part)).strip(" -\u2013\u2014,.:;()[]/|")
    return None
