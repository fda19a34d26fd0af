"""Why somebody fits, and what would lift them: English sentences with {places}, the same for whoever reads them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.matching.engine import score
from services.matching.engine.parties import Held, Person, Proof, SkillNeed
from services.matching.engine.score import Fit, Part, Scale
from services.reference.evidence import Grade

STRENGTHS = 2  # reasons of a kind that are told
REASONS = 4
POINTS = 100  # a whole score, as people are told of it
HAS = {
    Grade.CLAIMED: "Has {skill} at level {level}, asked is {min_level}.",
    Grade.TRAINED: "Was trained in {skill} up to level {level}, asked is {min_level}.",
    Grade.CERTIFIED: "Is certified in {skill} at level {level}, asked is {min_level}.",
}
LOW = "Has {skill} only at level {level}, asked is {min_level}."
INSTEAD = "Has {by} at level {level}, which counts for {skill} in part."
ABSENT = "Has no {skill} yet, asked is level {min_level}."
HOLDS = "Holds the certificate for {skill} that is asked for, valid until {until}."
HOLDS_FOREVER = "Holds the certificate for {skill} that is asked for."
RENEW = "{points} points more if the certificate for {skill} is renewed."
CERTIFY = "{points} points more with a certificate for {skill}."
LEARN = "{points} points more with a training in {skill} up to level {min_level}."


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, and what stands in its places: `skill` and `by` are ids, `until` is a date."""

    sentence: str
    places: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """The one thing that would lift somebody most: which skill, to which level, and how many units it gives."""

    skill: str
    level: int
    units: int
    is_training: bool
    reason: Reason


def reasons(scale: Scale, person: Person, fit: Fit) -> list[Reason]:
    """Say why in two to four sentences: what counts most first, how near last."""
    parts = sorted(fit.parts, key=lambda part: -part.most)
    strong = [part for part in parts if is_matched(part)][:STRENGTHS]
    weak = [part for part in parts if not is_matched(part)][:1]
    said = [*map(_strength, strong), *map(_weakness, weak), *_of_proof(scale, person)]
    return [
        *(said or [Reason("No particular skill is asked for.", {})])[: REASONS - 1],
        _of_nearness(scale, person, fit),
    ]


def is_matched(part: Part) -> bool:
    """Tell whether somebody has what is asked for, itself or a kind of it, at the level."""
    return part.by is not None and score.meets(part.need, part.link, part.level)


def proofs(scale: Scale, person: Person) -> list[Proof]:
    """Return the certificates that hold when the work starts, of whatever is asked for."""
    requirement = scale.requirement
    asked = {need.skill for need in requirement.skills} | {*requirement.certificates}
    return [proof for proof in person.certificates if proof.skill in asked and proof.holds(requirement.starts_on)]


def lift(scale: Scale, person: Person, fit: Fit) -> Lift | None:
    """Return what would lift somebody most: a certificate renewed or won, or a training; None: nothing would."""
    best: Lift | None = None
    for part in sorted(fit.parts, key=lambda part: -_room(scale, fit, part)):
        if best and best.units >= _room(scale, fit, part):
            break  # nothing that is left can give more
        for found in _lifts(scale, person, fit, part):
            if found.units > (best.units if best else 0):
                best = found
    return best


def _room(scale: Scale, fit: Fit, part: Part) -> int:
    """Return the units that the skill of a part can still give, for itself and for others that it counts for."""
    return sum(fit.parts[term.need].most - fit.parts[term.need].units for term in scale.terms[part.need.skill])


def _lifts(scale: Scale, person: Person, fit: Fit, part: Part) -> Sequence[Lift]:
    need, day = part.need, scale.requirement.starts_on
    held = person.held_on(need.skill, day)
    if held is None or held[0] < need.min_level:
        taught = _with(person, need.skill, Held(level=need.min_level, unproven=need.min_level, is_trained=True))
        return [_lift(scale, fit, taught, need, LEARN)]
    if held[1] == Grade.CERTIFIED:
        return []
    ran_out = any(proof.skill == need.skill and proof.valid_from <= day for proof in person.certificates)
    proof = Proof(skill=need.skill, valid_from=day, valid_until=None)
    certified = replace(person, certificates=(*person.certificates, proof))
    return [_lift(scale, fit, certified, need, RENEW if ran_out else CERTIFY)]


def _with(person: Person, skill: str, held: Held) -> Person:
    return replace(person, skills={**person.skills, skill: held})


def _lift(scale: Scale, fit: Fit, lifted: Person, need: SkillNeed, sentence: str) -> Lift:
    """Return what it gives to become the lifted person: counted by the formula, as all scores."""
    units = scale.fit(lifted).units - fit.units
    level = max(need.min_level, lifted.skills[need.skill].level)
    reason = Reason(sentence, {"skill": need.skill, "min_level": level, "points": points(units)})
    return Lift(skill=need.skill, level=level, units=units, is_training=sentence == LEARN, reason=reason)


def points(units: int) -> int:
    """Return units as the points that people are told of: a hundred are the whole, and something is never nothing."""
    return max(1, (2 * POINTS * units + score.WHOLE) // (2 * score.WHOLE))


def _strength(part: Part) -> Reason:
    if part.by != part.need.skill:
        return _of_skill("Has {by} at level {level}, which is a kind of {skill}.", part)
    return _of_skill(HAS[part.grade or Grade.CLAIMED], part)


def _weakness(part: Part) -> Reason:
    if part.by is None:
        return _of_skill(ABSENT, part)
    return _of_skill(LOW if part.by == part.need.skill else INSTEAD, part)


def _of_skill(sentence: str, part: Part) -> Reason:
    need = part.need
    return Reason(sentence, {"skill": need.skill, "by": part.by, "level": part.level, "min_level": need.min_level})


def _of_proof(scale: Scale, person: Person) -> list[Reason]:
    required = [proof for proof in proofs(scale, person) if proof.skill in scale.requirement.certificates]
    for proof in required[:1]:
        if proof.valid_until is None:
            return [Reason(HOLDS_FOREVER, {"skill": proof.skill})]
        return [Reason(HOLDS, {"skill": proof.skill, "until": proof.valid_until})]
    return []


def _of_nearness(scale: Scale, person: Person, fit: Fit) -> Reason:
    if person.district == scale.requirement.district:
        return Reason("Lives in the district of the workplace.", {})
    return Reason("Lives {km} km from the workplace district.", {"km": round(fit.km)})
