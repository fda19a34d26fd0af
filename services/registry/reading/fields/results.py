"""How a training ended for somebody, or that it still runs."""

import re
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA

COMPLETED, FAILED, WITHDRAWN, ATTENDING = "completed", "failed", "withdrawn", "attending"

_NAMES = {
    COMPLETED: """
        k; kompeten; lulus; l; lls; kmp; komp; competent; passed; pass; selesai; tamat; lulus uji; lulus uji
        kompetensi; lulus ujian; lulus pelatihan; lulus bersertifikat; lulus kompeten; kompeten lulus; k kompeten;
        kompeten k; lulus k; k lulus; dinyatakan lulus; dinyatakan kompeten; sudah lulus; sudah kompeten; telah
        lulus; telah selesai; sudah selesai; selesai pelatihan; alumni; berhasil; memenuhi; tuntas; sangat kompeten;
        lulus memuaskan; lulus dengan pujian; lulus sangat baik; lulus baik; graduated; completed; finished;
        graduate; complete; lulusan; lolos; peserta lulus; rekomendasi kompeten; direkomendasikan kompeten
    """,
    FAILED: """
        bk; b k; belum kompeten; bk belum kompeten; belum kompeten bk; tidak kompeten; tk; t k; tidak lulus; tl; t
        l; tdk lls; gagal; tidak; belum lulus; tidak lolos; tidak memenuhi; fail; failed; not competent; not yet
        competent; nyc; nc; tidak berhasil; belum berhasil; gagal uji; tidak lulus uji; belum memenuhi; tidak
        tuntas; belum tuntas; kurang kompeten; tidak lulus ujian; remidi tidak lulus; tidak direkomendasikan
    """,
    WITHDRAWN: """
        md; m d; mengundurkan diri; mundur; undur diri; mengundurkan; pengunduran diri; keluar; do; d o; drop out;
        dropout; dropped out; berhenti; gugur; batal; resign; tidak melanjutkan; tidak selesai; berhenti di tengah
        jalan; putus; cabut; withdrawn; withdrew; quit; tidak sampai selesai; mengundurkan diri md; keluar do;
        mundur md; tidak menyelesaikan; batal ikut; tidak jadi ikut; tidak lanjut
    """,
    ATTENDING: """
        masih pelatihan; proses; aktif; sedang berjalan; berjalan; sedang; pelatihan; sedang pelatihan; masih
        mengikuti; mengikuti; mengikuti pelatihan; sedang mengikuti; sedang mengikuti pelatihan; ongoing; on going;
        dalam pelatihan; peserta aktif; belum selesai; belum ujian; belum uji; belum uji kompetensi; belum ukom;
        menunggu uji; menunggu ujian; menunggu hasil; menunggu uji kompetensi; belum; dalam proses; masih proses;
        berlangsung; sedang berlangsung; masih berlangsung; proses pelatihan; proses uji; sedang proses; masih
        berjalan; masih aktif; peserta; active; attending; in
        progress; in training; masih; masih belajar; belajar; pelatihan berjalan; masih dalam pelatihan; belum
        dinilai; belum ada hasil; hasil belum keluar; masih ikut; masih ikut pelatihan; running
    """,
}
_RESULTS = {" ".join(name.split()): result for result, names in _NAMES.items() for name in names.split(";")}
_SHORTENED = """
    tdk:tidak tak:tidak gak:tidak tdak:tidak blm:belum blum:belum belom:belum sdg:sedang dgn:dengan dlm:dalam msh:masih
    mengundurkn:mengundurkan krn:karena krna:karena sdh:sudah plth:pelatihan
"""
_SHORT_FORMS = dict(pair.split(":") for pair in _SHORTENED.split())
_BECAUSE = frozenset(("karena", "alasan", "sebab", "dengan", "pada", "sejak", "tanggal", "tgl", "nilai", "hari"))
_REMARK = re.compile(r"\([^)]*\)?")  # Mundur (sakit)
_LONGEST = 80  # characters that are looked at
_LONG = 5  # letters from which on one may be wrong


def settle(
    said: str, *, has_column: bool, certified: bool, end: date | None, today: date
) -> tuple[str | None, str | None]:
    """Return the result, or that it cannot be read.

    An empty cell means that the training still runs. Where a file has no such column, a certificate tells of a pass.

    :param said: what the cell says, tidy.
    """
    if any(map(str.isalnum, said)) or "?" in said:
        found = read(said)
        return found, None if found else "result_unknown"
    if not has_column and certified:
        return COMPLETED, None
    runs = end >= today if end else not has_column
    return (ATTENDING, None) if runs else (None, "result_unknown")


@lru_cache(maxsize=4096)
def read(text: str) -> str | None:
    """Return completed, failed, withdrawn or attending, or None where none of them is said."""
    text = text[:_LONGEST]
    words = [_SHORT_FORMS.get(word, word) for word in _words(text)]
    for part in (words, words[: _reason(words)], _words(_REMARK.sub(" ", text))):
        if found := _named(" ".join(part)):
            return found
    return _agreed(text)


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalpha() else " " for sign in text.casefold()).split()


def _reason(words: list[str]) -> int:
    """Return where a reason begins: mundur karena bekerja."""
    return next((place for place, word in enumerate(words) if word in _BECAUSE), len(words))


def _named(name: str) -> str | None:
    if name in _RESULTS or len(name) < _LONG:
        return _RESULTS.get(name)
    near = {
        result
        for known, result in _RESULTS.items()
        if len(known) >= _LONG and OSA.distance(name, known, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


def _agreed(text: str) -> str | None:
    """Return what all parts of a text say alike: Kompeten / Lulus, but not K/BK."""
    parts = [
        part
        for part in "".join(sign if sign.isalnum() or sign == " " else "/" for sign in text.casefold()).split("/")
        if part.strip()
    ]
    found = (
        {_named(" ".join(_SHORT_FORMS.get(word, word) for word in _words(part))) for part in parts}
        if len(parts) > 1
        else set()
    )
    return found.pop() if len(found) == 1 else None
