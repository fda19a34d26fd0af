"""The cells of a line that waits: which are wrong, what may be said instead, and what an officer put right."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gateway.portal import asking, wording
from gateway.portal.terms import FIELDS
from gateway.upstream import Declined
from services.reference import regions

NIK, BORN, HOME = ("nik",), ("birth",), ("village", "district")
# What is looked at first, by what is wrong with a line.
FIELDS_OF = {
    "missing_required": ("name",),
    "nik_missing": NIK,
    "nik_bad_length": NIK,
    "nik_digits_lost": NIK,
    "nik_bad_chars": NIK,
    "nik_bad_date": NIK,
    "nik_conflict": NIK,
    "nik_date_mismatch": (*NIK, *BORN),
    "nik_sex_mismatch": (*NIK, "sex"),
    "date_bad": (*BORN, "issued", "expires"),
    "age_out_of_range": BORN,
    "village_missing": HOME,
    "unknown_village": HOME,
    "ambiguous_village": HOME,
    "village_district_mismatch": HOME,
    "programme_missing": ("programme",),
    "programme_unknown": ("programme",),
    "result_unknown": ("result",),
    "result_certificate_conflict": ("result", "cert_no"),
    "certificate_conflict": ("cert_no",),
    "certificate_dates": ("issued", "expires"),
    "enrolment_overlap": ("start", "end"),
    "duplicate_possible": (*NIK, *BORN),
    "row_unreadable": ("name", *NIK, *BORN, "sex", *HOME, "programme"),
}
NEVER = {"no", "note", "reference", "institution"}
# One cell that holds what two do elsewhere: where a line has it, it is what counts.
WHOLE = {"period": {"start", "end"}, "validity": {"issued", "expires"}}
MIXED = {*WHOLE, "ttl", "full_address"}
POINTER = "/corrections/"
SEXES, RESULTS = ("L", "P"), ("Lulus", "Tidak Lulus", "Mengundurkan Diri", "Masih Pelatihan")


def wrong(line: Mapping[str, Any], refused: Declined | None) -> list[str]:
    """Return the fields to put right: those that the line's codes are about, and those that a refusal names."""
    named = {field for code in line["codes"] for field in FIELDS_OF.get(code, ())}
    if refused is not None:
        named |= {pointer.removeprefix(POINTER) for pointer in refused.fields}
    for whole, parts in WHOLE.items():
        if named & parts and line["fields"].get(whole):
            named = (named - parts) | {whole}
    return [field for field in FIELDS if field in named]


def other(line: Mapping[str, Any], shown: Iterable[str]) -> list[str]:
    """Return the fields that can be put right besides."""
    cells = line["fields"]
    left_out = {*shown, *NEVER, *(field for field in MIXED if not cells.get(field))}
    left_out |= {part for whole, parts in WHOLE.items() if cells.get(whole) for part in parts}
    return [field for field in FIELDS if field not in left_out]


def corrections(cells: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, str | None]:
    """Return what a form says otherwise than the cells do; None: nothing."""
    said = {field: " ".join(form[field].split()) for field in FIELDS if field in form}
    return {field: value or None for field, value in said.items() if value != wording.cell(cells.get(field))}


def offered(shown: Iterable[str]) -> dict[str, Sequence[str]]:
    """Return what may be said in some of the fields, to choose from."""
    asked: dict[str, Sequence[str]] = {"sex": SEXES, "result": RESULTS}
    if "village" in shown:
        districts = regions.districts_of()
        asked["district"] = [each.name for each in districts]
        asked["village"] = sorted({each.name for of in districts for each in regions.villages_of(of.code)})
    if "programme" in shown:
        asked["programme"] = [each["name"] for each in asking.each("/v1/programmes")]
    return asked
