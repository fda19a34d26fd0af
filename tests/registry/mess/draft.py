"""A line in the making: what stands in its cells, and what may be read from them."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from tests.registry.mess import spelling, words
from tests.registry.mess.people import Person
from tests.registry.mess.training import PROGRAMMES, Enrolment
from tests.registry.mess.truth import AS_OF, CODES

NEVER = frozenset({"no", "note"})


@dataclass(frozen=True, kw_only=True)
class Habit:
    """How one file is written; kind is csv or xlsx."""

    kind: str
    fields: tuple[str, ...]
    dates: str
    capitals: bool = False
    programme: str = "column"  # or: heading, where it stands above the table


@dataclass(kw_only=True)
class Draft:
    """`written` are the cells as they stand in the file's columns, where two fields may be joined.

    `outcomes` overrules the codes' where one of several codes is right; `also` adds to them.
    """

    person: Person
    enrolment: Enrolment
    habit: Habit
    cells: dict[str, Any] = field(default_factory=dict)
    written: dict[str, Any] = field(default_factory=dict)
    values: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    skills: list[tuple[str, str | None]] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    maybe: set[str] = field(default_factory=set)
    dirt: list[str] = field(default_factory=list)
    outcomes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    extra_cell_after: str | None = None

    def first(self, name: str) -> str | None:
        return self.values.get(name, (None,))[0] or None

    def day(self, name: str) -> date | None:
        text = self.first(name)
        return date.fromisoformat(text) if text else None


def clean(random: Random, person: Person, enrolment: Enrolment, habit: Habit) -> Draft:
    """Return the line as it would be without dirt, in the file's spelling."""
    draft = Draft(person=person, enrolment=enrolment, habit=habit)
    _write_person(random, draft)
    _write_training(random, draft)
    _write_skills(random, draft)
    return draft


def _write_person(random: Random, draft: Draft) -> None:
    person, form = draft.person, draft.habit.dates
    joined = "ttl" in draft.habit.fields
    name = person.name.upper() if draft.habit.capitals else person.name
    draft.cells |= {
        "name": name, "nik": person.nik, "birthplace": person.birthplace, "sex": spelling.sex(random, person.sex),
        "birth": spelling.written_date(random, person.birth, form, joined=joined), "address": person.address,
        "village": spelling.village(random, person.village), "district": spelling.district(random, person.village),
        "phone": spelling.phone(random, person.phone), "email": person.email or None, "major": person.major or None,
        "education": spelling.education(random, person.education, person.major),
    }  # fmt: skip
    draft.values |= {
        "name": (person.name,), "nik": (person.nik,), "birthplace": (person.birthplace,), "sex": (person.sex,),
        "birth": (person.birth.isoformat(),), "address": (person.address,), "village": (person.village.code,),
        "phone": (person.phone,), "email": (person.email or None,), "education": (person.education,),
        "major": (person.major or None,),
    }  # fmt: skip


def _write_training(random: Random, draft: Draft) -> None:
    enrolment, batch, person, form = draft.enrolment, draft.enrolment.batch, draft.person, draft.habit.dates
    joined = "validity" in draft.habit.fields
    texts = {"cert_no": enrolment.cert_no, "scheme": enrolment.scheme, "issuer": enrolment.issuer,
             "provider": person.provider, "policy_no": person.policy_no}  # fmt: skip
    days = {name: getattr(enrolment, name) for name in ("issued", "expires", "policy_from", "policy_until")}
    draft.cells |= {
        "institution": batch.institution,
        "programme": random.choice((batch.programme, *PROGRAMMES[batch.programme][0])),
        "batch": spelling.batch(random, batch.name),
        "period": spelling.period(random, batch.start, batch.end, form),
        "start": spelling.written_date(random, batch.start, form),
        "end": spelling.written_date(random, batch.end, form),
        "result": random.choice(words.RESULTS[enrolment.result]),
    }
    draft.cells |= {name: text or None for name, text in texts.items()}
    draft.cells |= {name: spelling.written_date(random, day, form, joined=joined) for name, day in days.items()}
    draft.values |= {"programme": (batch.programme,), "batch": (batch.name,), "start": (batch.start.isoformat(),),
                     "end": (batch.end.isoformat(),), "result": (enrolment.result,)}  # fmt: skip
    draft.values |= {name: (text or None,) for name, text in texts.items()}
    draft.values |= {name: (day.isoformat() if day else None,) for name, day in days.items()}


def _write_skills(random: Random, draft: Draft) -> None:
    labels = [label for label in PROGRAMMES[draft.enrolment.batch.programme][2] if random.random() < 0.75]
    labels += random.sample(sorted(words.SKILLS), random.choice((0, 0, 0, 1, 2)))
    pairs: list[tuple[str, str | None]] = [
        (random.choice(words.SKILLS[label]), label) for label in dict.fromkeys(labels)
    ]
    if random.random() < 0.15:
        pairs.append((random.choice(words.NO_SKILLS), None))
    random.shuffle(pairs)
    if random.random() < 0.2:
        pairs = [(text.upper(), label) for text, label in pairs]
    draft.skills = pairs
    draft.cells["skills"] = spelling.skills(random, [text for text, _ in pairs]) or None


def settle(draft: Draft) -> None:
    """Add the codes that follow from what the line says."""
    codes, has = draft.codes, set(draft.habit.fields)
    result, number = draft.first("result"), draft.first("cert_no")
    issued, expires = draft.day("issued"), draft.day("expires")
    if result == "completed" and not number:
        codes.add("certificate_missing")
    if result in {"failed", "withdrawn"} and number:
        codes.add("result_certificate_conflict")
    if issued and expires and expires < issued:
        codes.add("certificate_dates")
    if expires and expires < AS_OF:
        codes.add("certificate_expired")
    if any(label is None for _, label in draft.skills) and "skills" in has:
        codes.add("skill_unknown")
    _settle_policy(draft, has)
    _settle_nik(draft)
    if "missing_required" in codes:
        draft.maybe |= set(CODES) - {"row_unreadable"} - codes


def _settle_policy(draft: Draft, has: set[str]) -> None:
    if "policy_no" not in has:
        draft.maybe |= {"policy_missing"}  # The file has no such column: whether that is worth a warning is open.
        return
    if not draft.first("policy_no"):
        draft.codes.add("policy_missing")
        return
    start, end = draft.day("start"), draft.day("end")
    begins, ends = draft.day("policy_from"), draft.day("policy_until")
    if "policy_until" in has and start and end and begins and ends and (begins > start or ends < end):
        draft.codes.add("policy_gap")


def _settle_nik(draft: Draft) -> None:
    nik, birth, sex = draft.first("nik"), draft.day("birth"), draft.first("sex")
    if not nik or "nik_bad_date" in draft.codes:
        return
    day = int(nik[6:8])
    if birth and (day % 40 if day > 40 else day, nik[8:12]) != (birth.day, f"{birth:%m%y}"):
        draft.codes.add("nik_date_mismatch")
    if sex and (day > 40) != (sex == "P"):
        draft.codes.add("nik_sex_mismatch")
