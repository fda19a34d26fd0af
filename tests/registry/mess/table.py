"""Rows of a sheet: which cells stand under which headings, and what else a clerk puts around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.registry.mess import headings, spelling
from tests.registry.mess.draft import Draft
from tests.registry.mess.training import Batch
from tests.registry.mess.truth import AS_OF

Columns = Sequence[tuple[str, str]]  # field or decoy, heading


@dataclass(kw_only=True)
class Row:
    """kind is line, or what else it is: title, header, total, signature, summary, help, comment, blank."""

    cells: list[Any]
    kind: str
    draft: Draft | None = None


@dataclass(kw_only=True)
class Sheet:
    """merges are (first row, first column, last row, last column), all from 1."""

    title: str | None
    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False

    def add(self, kind: str, *cells: Any) -> None:
        self.rows.append(Row(cells=list(cells), kind=kind))


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a file carries: its columns, and the lines by batch."""

    institution: str
    columns: Columns
    groups: list[tuple[Batch, list[Draft]]]
    random: Random

    @property
    def drafts(self) -> Iterable[Draft]:
        return (draft for _, drafts in self.groups for draft in drafts)


def header(columns: Columns) -> Row:
    return Row(cells=[heading for _, heading in columns], kind="header")


def line(random: Random, columns: Columns, draft: Draft, number: int) -> Row:
    cells: list[Any] = []
    for name, _ in columns:
        draft.written[name] = _cell(random, name, draft, number)
        cells.append(draft.written[name])
        if name == draft.extra_cell_after:
            cells.append("RT 05")
    return Row(cells=cells, kind="line", draft=draft)


def add_lines(sheet: Sheet, content: Content, columns: Columns | None = None) -> None:
    for number, draft in enumerate(content.drafts, 1):
        sheet.rows.append(line(content.random, columns or content.columns, draft, number))


def add_total(sheet: Sheet, count: int) -> None:
    sheet.add("blank")
    sheet.add("total", None, f"JUMLAH PESERTA : {count} ORANG")


def add_signature(sheet: Sheet, institution: str) -> None:
    gap = [None] * 4
    for left, right in (("Mengetahui,", "Paringin, 3 November 2026"),
    ("Kepala Bidang Pelatihan", f"Pimpinan {institution}"),
                        ("", ""), ("Drs. H. Contoh Nama, M.AP", "Hj. Contoh Pimpinan, S.Pd"),
                        ("NIP. 19700101 199003 1 000", "")):  # fmt: skip
        sheet.add("signature", None, left or None, *gap, right or None)


def batch_heading(random: Random, batch: Batch) -> list[str]:
    """Return the lines above a table that tell what its columns do not."""
    roman, _, year = batch.name.removeprefix("Angkatan ").partition("/")
    period = spelling.period(random, batch.start, batch.end, "long")
    return [
        random.choice(
            (
                f"Jenis Pelatihan : {batch.programme}",
                f"PELATIHAN {batch.programme.upper()}",
                f"Program: {batch.programme}",
            )
        ),
        random.choice((f"Angkatan : {roman} Tahun {year}", f"ANGKATAN {roman}/{year}", f"Angkatan {roman} - {year}")),
        random.choice((f"Tanggal Pelaksanaan : {period}", f"Waktu: {period}", f"Periode {period}")),
    ]


def _cell(random: Random, name: str, draft: Draft, number: int) -> Any:
    if name in headings.DECOYS:
        return _decoy(random, name, draft)
    if name == "no":
        return number
    if name == "note":
        return random.choice((None, None, None, "alumni", "bekerja di toko", "pindahan", "susulan"))
    joined = {"ttl": _born, "full_address": _whole_address, "validity": _validity}.get(name)
    return joined(random, draft) if joined else draft.cells[name]


def _born(random: Random, draft: Draft) -> str:
    joiner = random.choice((", ", ", ", " / ", ",", " "))
    return f"{draft.cells['birthplace']}{joiner}{draft.cells['birth'] or '-'}"


def _validity(random: Random, draft: Draft) -> str | None:
    issued, expires = draft.cells["issued"], draft.cells["expires"]
    return f"{issued} s/d {expires}" if draft.first("issued") and draft.first("expires") else None


def _whole_address(random: Random, draft: Draft) -> str:
    if {"unsafe", "long_text"} & set(draft.dirt):
        return f"{draft.cells['address']}, {draft.cells['village']}"
    return spelling.full_address(random, draft.person, str(draft.cells["village"]))


def _decoy(random: Random, name: str, draft: Draft) -> Any:
    person = draft.person
    return {
        "family_card": f"{person.nik[:6]}{random.randint(1, 28):02}{random.randint(1, 12):02}159{person.id[2:]}",
        "mother": random.choice(("Hj. Rusminah", "Salamah", "Nurjannah (Alm)", "Sariyah")),
        "registered": spelling.DATES["slash"](draft.enrolment.batch.start),
        "emergency": f"08130000{random.randint(1000, 9999)}",
        "age": AS_OF.year - person.birth.year,
        "religion": random.choice(("Islam", "Islam", "Kristen", "Hindu")),
        "status": random.choice(("Kawin", "Belum Kawin", "Cerai Mati")),
        "size": random.choice(("S", "M", "L", "XL")),
        "trainer": random.choice(("Mahfuzi, S.T.", "Sdr. Riduansyah")),
        "postcode": "71611",
        "hamlet": random.choice(("03/01", "RT 5", "002/000")),
        "regency": random.choice(("Balangan", "Kab. Balangan")),
    }[name]
