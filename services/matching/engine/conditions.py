"""The hard conditions: whoever misses one is not ranked.

The core looks at them in a person's flags, wishes and proofs (packing.py, asking.py); here they are looked at one by
one, of one person, with their names.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from services.matching.engine import score
from services.matching.engine.parties import FREE, FREE_LATER, Person, Requirement
from services.matching.engine.score import Scale
from services.reference import education


class Condition(NamedTuple):
    """A hard condition by its name; `skill` says which, where there are several of it."""

    name: str
    skill: str | None = None


MUST_HAVE, CERTIFICATE = "must_have_skill", "certificate"
KIND, EDUCATION, AVAILABILITY, WAGE, DISTRICT = "kind", "education", "availability", "wage", "district"
VISIBILITY = "visibility"  # of people to employers: the one that nobody else can relax


def of(requirement: Requirement) -> tuple[Condition, ...]:
    """Return the conditions that a requirement has, in the order in which the core counts them."""
    musts = [Condition(MUST_HAVE, need.skill) for need in requirement.skills if need.must]
    certificates = [Condition(CERTIFICATE, skill) for skill in requirement.certificates]
    others = [Condition(name) for name in (KIND, EDUCATION, AVAILABILITY, WAGE, DISTRICT)]
    return (*musts, *certificates, *others)


def one_by_one(requirement: Requirement) -> Iterator[tuple[Condition, Requirement]]:
    """Yield what is asked with one condition after the other, from being free alone up to all of them."""
    skills = tuple(replace(need, must=False) for need in requirement.skills)
    asked = replace(requirement, skills=skills, certificates=(), education=None, kind=None, wage_idr=None)
    yield Condition(AVAILABILITY), asked
    for name, field in ((EDUCATION, "education"), (KIND, "kind"), (WAGE, "wage_idr")):
        asked = replace(asked, **{field: getattr(requirement, field)})
        yield Condition(name), asked
    for at, need in enumerate(requirement.skills):
        if need.must:
            asked = replace(asked, skills=(*asked.skills[:at], need, *asked.skills[at + 1 :]))
            yield Condition(MUST_HAVE, need.skill), asked
    for at, skill in enumerate(requirement.certificates, 1):
        asked = replace(asked, certificates=requirement.certificates[:at])
        yield Condition(CERTIFICATE, skill), asked


def unmet(scale: Scale, person: Person, *, is_asking: bool = False) -> tuple[Condition, ...]:
    """Return the conditions that the person misses, in a fixed order; none where they meet all.

    :param is_asking: the person looks for work, and need not be visible to see it.
    """
    requirement = scale.requirement
    missed = [
        condition
        for condition in of(requirement)
        if not (_BY_SKILL if condition.skill else _PLAIN)[condition.name](scale, person, condition.skill or "")
    ]
    is_seen = (person.is_visible or is_asking) and requirement.employer not in person.hidden_from
    return (*missed, *(() if is_seen else (Condition(VISIBILITY),)))


def is_free(person: Person, day: date) -> bool:
    if person.availability in FREE_LATER:
        return person.available_from is not None and person.available_from <= day
    return person.availability == FREE


def _has(scale: Scale, person: Person, skill: str) -> bool:
    day = scale.requirement.starts_on
    at, need = next((at, need) for at, need in enumerate(scale.requirement.skills) if need.skill == skill)
    for other in scale.terms.keys() & person.skills.keys():
        held = person.held_on(other, day)
        terms = [term for term in scale.terms[other] if term.need == at]
        if held and any(score.meets(need, term.link, held[0]) for term in terms):
            return True
    return False


def _is_certified(scale: Scale, person: Person, skill: str) -> bool:
    day = scale.requirement.starts_on
    return any(proof.skill == skill and proof.holds(day) for proof in person.certificates)


def _is_learned(scale: Scale, person: Person, _: str) -> bool:
    least = scale.requirement.education
    return least is None or education.meets(person.education, least)


def _is_of_kind(scale: Scale, person: Person, _: str) -> bool:
    kind = scale.requirement.kind
    return kind is None or not person.wishes.kinds or kind in person.wishes.kinds


def _is_free(scale: Scale, person: Person, _: str) -> bool:
    return is_free(person, scale.requirement.starts_on)


def _is_paid(scale: Scale, person: Person, _: str) -> bool:
    paid = scale.requirement.wage_idr
    return paid is None or (person.wishes.min_wage_idr or 0) <= paid


def _is_wished_there(scale: Scale, person: Person, _: str) -> bool:
    return not person.wishes.districts or scale.requirement.district in person.wishes.districts


_Test = Callable[[Scale, Person, str], bool]
_BY_SKILL: Mapping[str, _Test] = {MUST_HAVE: _has, CERTIFICATE: _is_certified}
_PLAIN: Mapping[str, _Test] = {
    KIND: _is_of_kind,
    EDUCATION: _is_learned,
    AVAILABILITY: _is_free,
    WAGE: _is_paid,
    DISTRICT: _is_wished_there,
}
