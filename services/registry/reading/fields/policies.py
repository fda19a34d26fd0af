"""An insurance policy, and whether it covers the training."""

import re
from datetime import date

from services.registry.reading.fields.terms import Term

BPJS = "BPJS Ketenagakerjaan"
_BPJS = re.compile(
    r"(?:bpjs|bp\s*jamsostek|jamsostek)(?:\W*(?:tk|ketenaga\s*kerjaan|naker|tenaga\s*kerja))?", re.IGNORECASE
)


def provider(text: str | None) -> str | None:
    """Return who insures; the public one by its full name, however it is shortened."""
    return BPJS if text and _BPJS.fullmatch(text.strip(" .")) else text


def doubts(term: Term, start: date | None, end: date | None, *, held: bool) -> tuple[str, ...]:
    """Return that there is no policy, or that it does not cover every day of the training, both ends counted."""
    if not held:
        return ("policy_missing",)
    late = term.start and start and term.start > start
    early = term.end and (last := end or start) and term.end < last
    return ("policy_gap",) if late or early or term.broken else ()
