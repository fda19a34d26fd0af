"""An admission: somebody comes in with a training and what proves it, or what is known of them grows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from services.registry.certificate.model import Certificate
from services.registry.enrolment.model import OPEN, Enrolment
from services.registry.worker.model import HeldSkill, Worker

# What a person is; that which is learnt and proven has its own places.
PERSON = (
    "name", "nik", "birth_date", "birthplace", "sex", "village", "address", "phone", "email", "education", "major",
)  # fmt: skip
Root = TypeVar("Root", Enrolment, Certificate)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Somebody as a line tells of them.

    worker: with a new id, or that of whom it joins.
    corrects: it comes again from who said it before, so what it says replaces what is there; otherwise it fills gaps.
    """

    worker: Worker
    joins: bool
    corrects: bool
    enrolment: Enrolment | None
    certificate: Certificate | None


@dataclass(frozen=True, kw_only=True)
class Change(Generic[Root]):
    """What came, by its id; or what changed, as it was before and is now.

    left: a digest of what came, to tell whether somebody changed it since.
    """

    id: str
    left: str | None = None
    before: Root | None = None
    after: Root | None = None


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What an admission changed, so that it can be taken back.

    created: the person came with it; left: a digest of the person then, to tell whether somebody changed it since.
    person: of somebody who was there, before and after by field.
    training: the id of the enrolment that it tells of, changed or not.
    """

    worker_id: str
    created: bool = False
    left: str | None = None
    person: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    skills: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    training: str | None = None
    enrolment: Change[Enrolment] | None = None
    certificate: Change[Certificate] | None = None

    @property
    def is_personal(self) -> bool:
        """Whether it holds what somebody was, and is to be sealed."""
        return bool(self.person) or any(each and each.after for each in (self.enrolment, self.certificate))

    @property
    def kind(self) -> str:
        """What it was for the person: `new`, `joined` (a training more), `corrected` or `unchanged`."""
        if self.created:
            return "new"
        if self.enrolment and self.enrolment.before is None:
            return "joined"
        changed = self.person or self.skills or self.unread or self.certificate or self.enrolment
        return "corrected" if changed else "unchanged"


def merged(before: Worker, said: Worker, *, corrects: bool) -> Worker:
    """Return the worker with what was said of them."""
    there = {name: getattr(before, name) for name in PERSON}
    new = {name: value for name in PERSON if (value := getattr(said, name)) is not None}
    person = new if corrects else new | {name: value for name, value in there.items() if value is not None}
    # What one NIK said of its holder must not be said of another: a NIK is added, and never exchanged.
    person["nik"] = before.nik or said.nik
    held = {skill.skill for skill in before.skills}
    more = tuple(skill for skill in said.skills if skill.skill not in held)
    unread = tuple(dict.fromkeys((*before.unread, *said.unread)))
    return replace(before, **there | person, skills=before.skills + more, unread=unread)


def updated(before: Enrolment, said: Enrolment, *, corrects: bool) -> Enrolment:
    """Return the enrolment with what was said of it; only who said it before may change more than its gaps.

    What has ended does not begin again: the office may have ended it after the file was written.
    """
    first, second = (said, before) if corrects else (before, said)
    has_ended = before.state not in OPEN
    after = replace(
        before,
        state=before.state if not corrects or (has_ended and said.state in OPEN) else said.state,
        starts_on=first.starts_on or second.starts_on,
        ends_on=first.ends_on or second.ends_on,
        policy=first.policy or second.policy,
        certificate_id=before.certificate_id or said.certificate_id,
    )
    return after if after == before else replace(after, version=before.version + 1)


def proven(before: Certificate, said: Certificate) -> Certificate:
    """Return a certificate as it was corrected."""
    after = replace(said, id=before.id, version=before.version, revoked_on=before.revoked_on)
    return after if after == before else replace(after, version=before.version + 1)


def added(before: Worker | None, after: Worker) -> tuple[str, ...]:
    """Return the skills that came."""
    held = {skill.skill for skill in before.skills} if before else set()
    return tuple(skill.skill for skill in after.skills if skill.skill not in held)


def difference(before: Worker, after: Worker) -> dict[str, tuple[Any, Any]]:
    """Return what changed in the person, before and after by field."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in PERSON)
    return {name: (was, now) for name, was, now in pairs if was != now}


def restored(worker: Worker, effect: Effect) -> Worker:
    """Return the worker without what an admission changed, as far as nobody changed it since."""
    person = {name: was for name, (was, now) in effect.person.items() if getattr(worker, name) == now}
    unread = tuple(text for text in worker.unread if text not in effect.unread)
    return replace(worker, **person, skills=_without(worker.skills, effect.skills), unread=unread)


def inherited(heir: Effect, undone: Effect) -> Effect:
    """Return the effect of whoever tells of the same training once the other is undone: it did then what both did."""
    both = {**undone.person} | {name: (undone.person.get(name, pair)[0], pair[1]) for name, pair in heir.person.items()}
    return replace(
        heir,
        person={name: (was, now) for name, (was, now) in both.items() if was != now},
        skills=(*undone.skills, *heir.skills),
        unread=(*undone.unread, *heir.unread),
        enrolment=_one_change(undone.enrolment, heir.enrolment),
        certificate=_one_change(undone.certificate, heir.certificate),
    )


def is_same(one: Change[Root] | None, other: Change[Root] | None) -> bool:
    """Tell whether two changes are of the same thing."""
    return one is not None and other is not None and one.id == other.id


def places(trainings: Mapping[str, Enrolment]) -> set[tuple[str, str]]:
    """Return which enrolments take a place, each with its batch."""
    return {(id_, each.batch_id) for id_, each in trainings.items() if each.has_place}


def _one_change(first: Change[Root] | None, second: Change[Root] | None) -> Change[Root] | None:
    if first is None or second is None:
        return second or first
    return replace(second, before=first.before) if is_same(first, second) else second


def _without(skills: Iterable[HeldSkill], ids: Iterable[str]) -> tuple[HeldSkill, ...]:
    gone = set(ids)
    return tuple(skill for skill in skills if skill.skill not in gone)
