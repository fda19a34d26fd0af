"""What a line of a messy file really says, in the terms of the sample's answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

AS_OF = date(2026, 11, 24)
OUTCOMES = ("accept", "warn", "review", "reject")

# code: the outcome that is expected, then the easiest and the hardest that count as right
_RANGES = {
    "missing_required": "reject reject reject",
    "duplicate_same_file": "reject reject reject",
    "nik_missing": "review review review",
    "nik_bad_length": "review review review",
    "nik_digits_lost": "review review reject",
    "nik_bad_chars": "review warn review",
    "nik_bad_date": "review review review",
    "nik_date_mismatch": "review review review",
    "nik_sex_mismatch": "review review review",
    "nik_conflict": "review review review",
    "date_bad": "review warn review",
    "age_out_of_range": "review review review",
    "village_missing": "review review review",
    "unknown_village": "review review review",
    "ambiguous_village": "review review review",
    "village_district_mismatch": "review review review",
    "result_unknown": "review review review",
    "result_certificate_conflict": "review review review",
    "certificate_conflict": "review review review",
    "certificate_dates": "review review review",
    "enrolment_overlap": "review warn review",
    "duplicate_possible": "review warn review",
    "row_unreadable": "review review reject",
    "duplicate_other_file": "warn warn review",
    "nik_region_unknown": "warn warn review",
    "nik_serial_zero": "warn warn review",
    "date_ambiguous": "warn accept review",
    "birth_from_nik": "warn accept review",
    "sex_from_nik": "warn accept warn",
    "village_fuzzy": "warn accept review",
    "phone_bad": "warn warn review",
    "phone_shared": "warn accept review",
    "email_bad": "warn warn review",
    "certificate_expired": "warn warn warn",
    "certificate_missing": "warn warn review",
    "policy_missing": "warn warn review",
    "policy_gap": "warn warn review",
    "skill_unknown": "warn accept warn",
    "unsafe_text": "warn accept review",
    "text_too_long": "warn accept review",
    # Not of the contract: what the platform says besides.
    "programme_unknown": "review warn review",
    "programme_missing": "review warn review",
}
CODES = {code: tuple(text.split()) for code, text in _RANGES.items()}
# What one line alone cannot show.
ACROSS_LINES = frozenset({
    "duplicate_same_file", "nik_conflict", "certificate_conflict", "enrolment_overlap", "duplicate_possible",
    "duplicate_other_file", "phone_shared", "skill_unknown",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Line:
    """One participant's line.

    `maybe` holds codes that may stand there or not; `values` holds per field every reading that counts as right (None:
    nothing was taken), only for fields that the file carries; a skill's label is None where it is for the review list;
    `cells` is what was written, for whoever looks for the reason of an error.
    """

    file: str
    sheet: str | None
    row: int
    first_line: int | None = None
    person: str
    outcome: str
    also_right: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    values: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    skills: tuple[tuple[str, str | None], ...] = ()
    dirt: tuple[str, ...] = ()
    cells: Mapping[str, Any] = field(default_factory=dict)

    def outcomes(self, ignoring: frozenset[str] = frozenset()) -> set[str]:
        """Return the outcomes that are right when these codes cannot be known."""
        if not ignoring & (self.codes | self.maybe):
            return {self.outcome, *self.also_right}
        expected, others = outcome_of(self.codes - ignoring, self.maybe - ignoring)
        # A blank phone may be worth a warning without a code: the sample says so of lines that it accepts.
        return {expected, *others} | ({"warn"} & set(self.also_right))


@dataclass(frozen=True, kw_only=True)
class MessyFile:
    """A file as an institution sent it; other_rows are (sheet, row, kind) of rows that are no participants."""

    name: str
    content: bytes
    institution: str
    traits: tuple[str, ...]
    lines: tuple[Line, ...]
    other_rows: tuple[tuple[str | None, int, str], ...] = ()


def outcome_of(codes: Iterable[str], maybe: Iterable[str] = ()) -> tuple[str, tuple[str, ...]]:
    """Return the hardest outcome of the codes, and the others that count as right."""
    ranks = [[OUTCOMES.index(part) for part in CODES[code]] for code in codes]
    perhaps = [OUTCOMES.index(CODES[code][2]) for code in maybe]
    expected = max((rank[0] for rank in ranks), default=0)
    easiest = max((rank[1] for rank in ranks), default=0)
    hardest = max([expected, *(rank[2] for rank in ranks), *perhaps])
    others = [OUTCOMES[rank] for rank in range(easiest, hardest + 1) if rank != expected]
    return OUTCOMES[expected], tuple(others)
