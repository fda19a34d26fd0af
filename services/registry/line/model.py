"""A line of an intake: somebody in a spreadsheet, who is taken, put before an officer, or given back with reasons."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from services.common.errors import Conflict, Missing, Refused
from services.reference.naming import Reading
from services.registry.admission.model import Effect
from services.registry.batch.model import Batch, Wanted
from services.registry.certificate.model import Certificate
from services.registry.enrolment.model import Enrolment, Policy
from services.registry.programme.model import Programme
from services.registry.reading import codes
from services.registry.reading.cells import Cell
from services.registry.reading.duplicates import Candidate, Verdict
from services.registry.reading.fields import personal
from services.registry.reading.line import Values
from services.registry.reading.reads import Read
from services.registry.reading.sheets import RawLine
from services.registry.skill.model import masked
from services.registry.worker.model import CLAIMED_LEVEL, HeldSkill, Worker

# What a line's outcome makes of it; the others come later: an officer's decision, a newer form of it, an undone intake.
STATES = {"accept": "taken", "warn": "taken", "review": "open", "reject": "returned"}
LATER = ("decided", "dismissed", "replaced", "undone")
SETTLED = ("decided", "dismissed")  # by an officer
ACTS = ("accept", "join", "dismiss")
LONGEST_INTEGER = 2**63


class LineUnknown(Missing):
    """This intake has no such line, or it is settled and forgotten."""


class LineSettled(Conflict):
    """This line waits for no decision any more."""


class LineIncomplete(Refused):
    """Something that a person needs is missing from the line: say it in `corrections`."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """The spreadsheet that lines come from; as_of is the day of which it tells."""

    intake_id: str
    institution_id: str
    as_of: date
    month_first: bool
    now: datetime


@dataclass(frozen=True, kw_only=True)
class IntakeLine:
    id: str
    intake: str
    institution_id: str
    number: int  # from 1, over all sheets
    sheet: str | None
    row: int  # as a spreadsheet program counts; in CSV the record
    first_line: int | None  # of a CSV file
    outcome: str  # accept | warn | review | reject
    codes: tuple[str, ...]
    state: str  # one of STATES or LATER
    worker_id: str | None = None
    candidates: tuple[Candidate, ...] = ()
    replaced_by: str | None = None
    skills: tuple[tuple[str, str | None], ...] = ()  # each text, and the skill that it was taken for
    cells: tuple[Any, ...] = ()  # as the file has them; only of lines that are not taken
    fields: Mapping[str, Any] = field(default_factory=dict)  # cell by field, likewise
    effect: Effect | None = None  # what its admission changed

    def corrected(self, corrections: Mapping[str, Any]) -> RawLine:
        """Return the line as the file should have had it.

        :param corrections: cell by field.
        """
        found = {**self.fields, **corrections}
        return RawLine(self.sheet, self.row, self.first_line, cells=self.cells, fields=found, moved=False)

    def settled_like(self, before: "IntakeLine") -> "IntakeLine":
        """Return the line as an officer settled one that said the same: it tells of the same person, anew."""
        effect = before.effect and Effect(worker_id=before.effect.worker_id, training=before.effect.training)
        return replace(self, state=before.state, worker_id=before.worker_id, cells=(), fields={}, effect=effect)


def id_of(intake_id: str, number: int | str) -> str:
    return f"{intake_id}-{number:0>7}"


def line(source: Source, number: int, read: Read, verdict: Verdict, *, new_id: str) -> IntakeLine:
    """Return a line with what is to become of it.

    :param new_id: of whom it brings, if that is somebody new.
    """
    found = verdict.codes if verdict.is_repeated else codes.in_order((*read.codes, *verdict.codes))
    outcome = codes.outcome(found)
    is_taken = STATES[outcome] == "taken"
    raw = read.raw
    return IntakeLine(
        id=id_of(source.intake_id, number),
        intake=source.intake_id,
        institution_id=source.institution_id,
        number=number,
        sheet=raw.sheet and personal.without(raw.sheet),
        row=raw.row,
        first_line=raw.first_line,
        outcome=outcome,
        codes=found,
        state=STATES[outcome],
        worker_id=(verdict.worker_id or new_id) if is_taken else None,
        candidates=verdict.candidates,
        skills=tuple((masked(each.text), each.concept) for each in read.skills),
        cells=() if is_taken else tuple(storable(cell) for cell in raw.cells),
        fields={} if is_taken else {name: storable(cell) for name, cell in raw.fields.items()},
    )


def counted(lines: Iterable[IntakeLine]) -> Counter[str]:
    """Return how many lines had which outcome and code, did what to people, and were settled before; by dotted name."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts[f"outcomes.{line.outcome}"] += 1
        counts.update(f"codes.{code}" for code in line.codes)
        counts.update([f"people.{line.effect.kind}"] if line.effect else [])
        counts.update([f"decisions.{line.state}"] if line.state in SETTLED else [])
    return counts


def check(values: Values) -> None:
    """:raises LineIncomplete: something is missing without which nobody can be taken, or contradicts itself."""
    needed = {"name": values.name, "birth": values.birth, "sex": values.sex, "village": values.village}
    needed |= {"programme": values.programme}
    wrong = {f"/corrections/{name}": "This is needed." for name, value in needed.items() if value is None}
    if values.issued and values.expires and values.expires < values.issued:
        wrong["/corrections/expires"] = "A certificate's last day cannot be before the day of its issue."
    if wrong:
        raise LineIncomplete(fields=wrong)


def storable(cell: Cell) -> str | int | float | bool | None:
    """Return a cell as a database can keep it; days and times as ISO text, and a number too long for it as text."""
    if cell is None or isinstance(cell, str | bool | float) or (isinstance(cell, int) and abs(cell) < LONGEST_INTEGER):
        return cell
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def worker(read: Read, worker_id: str, unread: Iterable[str], now: datetime) -> Worker:
    """Return the worker that a line tells of, of whom nothing is missing.

    :param unread: keys of the texts of skills that nobody knows the meaning of.
    """
    values = read.values
    return Worker(
        id=worker_id,
        version=1,
        name=values.name or "",
        nik=values.nik,
        doubts=(),
        birth_date=values.birth or date.min,
        birthplace=values.birthplace,
        sex=values.sex or "",
        village=values.village or "",
        address=values.address,
        phone=values.phone,
        email=values.email,
        education=values.education,
        major=values.major,
        availability="available",
        available_from=None,
        skills=held(read.skills),
        unread=tuple(dict.fromkeys(unread)),
        created_at=now,
    )


def held(said: Iterable[Reading]) -> tuple[HeldSkill, ...]:
    """Return the skills that are certain, each at the highest level that was said."""
    levels: dict[str, int] = {}
    for each in said:
        if each.concept is not None:
            levels[each.concept] = max(each.level or CLAIMED_LEVEL, levels.get(each.concept, 0))
    return tuple(HeldSkill(skill=skill, level=level) for skill, level in levels.items())


def wanted_batch(read: Read, institution_id: str, programme_id: str) -> Wanted:
    values = read.values
    return Wanted(
        institution_id=institution_id,
        programme_id=programme_id,
        name=read.batch_name,
        starts_on=values.start,
        ends_on=values.end,
    )


def enrolment(read: Read, batch: Batch, source: Source, *, id: str, worker_id: str) -> Enrolment:
    """Return the enrolment that a line tells of."""
    values = read.values
    return Enrolment(
        id=id,
        version=1,
        worker_id=worker_id,
        batch_id=batch.id,
        institution_id=batch.institution_id,
        programme_id=batch.programme_id,
        state=values.result or "attending",
        starts_on=values.start or batch.starts_on,
        ends_on=values.end or batch.ends_on,
        policy=_policy(values),
        certificate_id=None,
        intake_id=source.intake_id,
        created_at=source.now,
    )


def certificate(read: Read, programme: Programme, *, id: str, worker_id: str) -> Certificate | None:
    """Return the certificate that a line tells of: it proves what its training is mainly about."""
    values = read.values
    if values.cert_no is None or not programme.skills:
        return None
    main = programme.skills[0]
    return Certificate(
        id=id,
        version=1,
        worker_id=worker_id,
        skill=main.skill,
        level=main.level,
        number=values.cert_no,
        scheme=values.scheme,
        issuer=values.issuer,
        issued_on=values.issued,
        valid_until=values.expires,
    )


def _policy(values: Values) -> Policy | None:
    said = (values.provider, values.policy_no, values.policy_from, values.policy_until)
    if not any(said[1:]):
        return None
    return Policy(provider=said[0], number=said[1], starts_on=said[2], ends_on=said[3])
