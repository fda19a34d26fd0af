"""A line as it is understood alone: its values, its skills, its codes, and what others may share with it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from services.reference.naming import Index, Reading
from services.registry.reading import codes
from services.registry.reading.duplicates import Course, Trace
from services.registry.reading.line import Context, Values, read_line
from services.registry.reading.sheets import RawLine

SAID = tuple(name for name in Values.__dataclass_fields__ if name != "reference")  # what makes two lines the same
UNKNOWN = "skill_unknown"
Fingerprint = Callable[[str, str], str]  # of a purpose and a value


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a line says. skills: each text of a skill, and what it was read as."""

    raw: RawLine
    values: Values
    codes: tuple[str, ...]
    skills: tuple[Reading, ...]

    @property
    def unsure(self) -> list[str]:
        """The texts of skills that nobody knows the meaning of."""
        return [each.text for each in self.skills if each.concept is None]

    def without(self, is_none: Callable[[str], bool]) -> "Read":
        """Return it without the texts that are known to be no skill."""
        if not self.unsure:
            return self
        skills = tuple(each for each in self.skills if each.concept or not is_none(each.text))
        left = replace(self, skills=skills)
        return left if left.unsure else replace(left, codes=tuple(code for code in self.codes if code != UNKNOWN))

    @property
    def batch_name(self) -> str:
        """The name of its batch; where it has none, its days, so that two are not mixed."""
        days = [day.isoformat() for day in (self.values.start, self.values.end) if day]
        return self.values.batch or "/".join(days) or "-"


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """What it takes to understand the lines of one file."""

    today: date
    month_first: bool
    programme: Callable[[str], str | None]
    skills: Index

    def read(self, raw: RawLine) -> Read:
        context = Context(today=self.today, month_first=self.month_first, programme=self.programme)
        line = read_line(raw.fields, context)
        said = tuple(self.skills.read_list(line.values.skills)) if line.values.skills else ()
        found = [*line.codes]
        found += [UNKNOWN] if any(each.concept is None for each in said) else []
        found += ["row_unreadable"] if raw.moved else []
        return Read(raw=raw, values=line.values, codes=codes.in_order(found), skills=said)


def trace(read: Read, *, institution: str, course: str | None, fingerprint: Fingerprint) -> Trace:
    """Return what is kept of a line to compare others with.

    :param institution: the id of who sent it.
    :param course: the key of its batch, if it names a training.
    """
    values = read.values
    # Capitals and spaces make no other line.
    said = {name: "".join(str(each).casefold().split()) for name in SAID if (each := getattr(values, name)) is not None}
    courses = (Course(key=course, starts=values.start, ends=values.end),) if course else ()
    return Trace(
        name=values.name or "",
        birth=values.birth,
        nik=fingerprint("nik", values.nik) if values.nik else None,
        phone=fingerprint("phone", values.phone) if values.phone else None,
        certificate=fingerprint("certificate", values.cert_no) if values.cert_no else None,
        whole=fingerprint("line", json.dumps([institution, said], sort_keys=True)),
        courses=courses,
        same_file=True,
    )
