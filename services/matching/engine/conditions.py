"""The hard conditions: whoever misses one is not ranked."""

from services.matching.engine.parties import Person, Requirement
from services.reference import education, evidence

FREE = "available"
FREE_LATER = frozenset({"in_training", "interning"})


def unmet(requirement: Requirement, person: Person) -> tuple[str, ...]:
    """Return the names of the hard conditions that the person misses, in a fixed order; none where they meet all."""
    met = {
        "must_have_skills": _has_the_must_haves(requirement, person),
        "certificates": _is_certified(requirement, person),
        "education": requirement.education is None or education.meets(person.education, requirement.education),
        "availability": _is_free(requirement, person),
    }
    return tuple(name for name, is_met in met.items() if not is_met)


def _has_the_must_haves(requirement: Requirement, person: Person) -> bool:
    return all(person.skills.get(need.skill, 0) >= need.min_level for need in requirement.skills if need.must)


def _is_certified(requirement: Requirement, person: Person) -> bool:
    if not requirement.certificates:
        return True
    day = requirement.starts_on
    proven = {proof.skill for proof in person.certificates if evidence.holds(proof.valid_from, proof.valid_until, day)}
    return proven.issuperset(requirement.certificates)


def _is_free(requirement: Requirement, person: Person) -> bool:
    if person.availability in FREE_LATER:
        return person.available_from is not None and person.available_from <= requirement.starts_on
    return person.availability == FREE
