"""Why somebody fits, as JSON in the language of whoever asks: the same for worker, employer and officer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date
from marshmallow import Schema, fields

from services.common.web.words import language, say
from services.matching.engine import links, score
from services.matching.engine import reasons as why
from services.matching.engine.parties import Person
from services.matching.engine.reasons import Reason
from services.matching.engine.score import Fit, Part, Scale
from services.matching.reason import model
from services.matching.skill.model import Skill
from services.matching.training.model import Training

LABELLED = {"skill", "by"}


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is needed to tell of matches: skills by id, and the trainings that one may join, by what they teach."""

    skills: Mapping[str, Skill]
    trainings: Sequence[Training] = ()

    def label(self, skill: str) -> str:
        """Return what a skill is called; one of which matching has not heard goes by its id."""
        return self.skills[skill].label(language()) if skill in self.skills else skill

    def say(self, reason: Reason) -> str:
        """Return a reason's sentence with what stands in its places."""
        filled: dict[str, Any] = {
            name: self.label(value) if name in LABELLED and value else value for name, value in reason.places.items()
        }
        if "until" in filled:
            filled["until"] = format_date(filled["until"], "d MMMM y", locale=language())
        return say(reason.sentence).format(**filled)


class SkillPartView(Schema):
    skill = fields.String()
    label = fields.String()
    weight = fields.Float(metadata={"description": "its share of all weights"})
    level = fields.Integer()
    min_level = fields.Integer()
    evidence = fields.String(
        allow_none=True, metadata={"enum": ["claimed", "trained", "certified"], "description": "when the work starts"}
    )
    by = fields.String(allow_none=True, metadata={"description": "the skill that counts for it: itself, or another"})
    by_label = fields.String(allow_none=True)
    link = fields.Float(metadata={"description": "what that one counts for it: 1 for itself and for its kinds"})
    credit = fields.Float(metadata={"description": "link · min(1, level / min_level) · what the evidence is worth"})
    contribution = fields.Float(metadata={"description": "0.8 · weight · credit"})
    must = fields.Boolean()


class NearnessView(Schema):
    km = fields.Float(metadata={"description": "between the centroids of the two districts"})
    value = fields.Float(metadata={"description": "1, 0.7, 0.4 or 0.1: under 10, 25, 60 km, and beyond"})
    contribution = fields.Float(metadata={"description": "0.2 · value"})


class PartsView(Schema):
    skills = fields.List(fields.Nested(SkillPartView))
    nearness = fields.Nested(NearnessView)


class MatchedView(Schema):
    skill = fields.String()
    label = fields.String()
    level = fields.Integer()


class MissingView(MatchedView):
    min_level = fields.Integer()
    lacking = fields.Integer(metadata={"description": "levels"})


class ProvenView(Schema):
    skill = fields.String()
    label = fields.String()
    valid_until = fields.Date(allow_none=True)


class TrainingView(Schema):
    """A batch of a training that one may still join."""

    batch = fields.String()
    programme = fields.String()
    institution = fields.String()
    district = fields.String(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    places_left = fields.Integer(allow_none=True)


class LiftView(Schema):
    """What alone would lift somebody most."""

    skill = fields.String()
    label = fields.String()
    level = fields.Integer()
    gain = fields.Float(metadata={"description": "of the score"})
    sentence = fields.String()
    trainings = fields.List(fields.Nested(TrainingView), metadata={"description": "that teach it, the nearest first"})


class MatchView(Schema):
    score = fields.Float(metadata={"description": "0 to 1; the contributions of its parts add up to it"})
    parts = fields.Nested(PartsView)
    matched = fields.List(fields.Nested(MatchedView))
    missing = fields.List(fields.Nested(MissingView))
    certificates = fields.List(
        fields.Nested(ProvenView), metadata={"description": "of what is asked for, valid when the work starts"}
    )
    reasons = fields.List(fields.String(), metadata={"description": "two to four sentences"})
    lift = fields.Nested(LiftView, allow_none=True)


def of(scale: Scale, person: Person, fit: Fit, told: Words) -> dict[str, Any]:
    """Return a match as a MatchView has it."""
    parts = [_part(part, told) for part in fit.parts]
    near = {"km": round(fit.km, 1), "value": fit.nearness / score.NEARNESS, "contribution": fit.nearness / score.WHOLE}
    return {
        "score": fit.units / score.WHOLE,
        "parts": {"skills": parts, "nearness": near},
        "matched": [part for part in parts if part["is_matched"]],
        "missing": [part for part in parts if not part["is_matched"]],
        "certificates": [
            {"skill": proof.skill, "label": told.label(proof.skill), "valid_until": proof.valid_until}
            for proof in why.proofs(scale, person)
        ],
        "reasons": [told.say(reason) for reason in why.reasons(scale, person, fit)],
        "lift": _lift(scale, person, fit, told),
    }


def _part(part: Part, told: Words) -> dict[str, Any]:
    need = part.need
    own = part.level if part.by == need.skill or why.is_matched(part) else 0
    return {
        "skill": need.skill,
        "label": told.label(need.skill),
        "weight": part.most / score.SKILLS,
        "level": own,
        "min_level": need.min_level,
        "evidence": part.grade.name.lower() if part.grade else None,
        "by": part.by,
        "by_label": told.label(part.by) if part.by else None,
        "link": part.link / links.SAME,
        "credit": round(part.units / part.most, 6) if part.most else 0.0,
        "contribution": part.units / score.WHOLE,
        "must": need.must,
        "is_matched": why.is_matched(part),
        "lacking": max(0, need.min_level - own),
    }


def _lift(scale: Scale, person: Person, fit: Fit, told: Words) -> dict[str, Any] | None:
    found = why.lift(scale, person, fit)
    if found is None:
        return None
    said = {"skill": found.skill, "label": told.label(found.skill), "level": found.level}
    trainings = model.trainings(found, told.trainings, person.district)
    gain = found.units / score.WHOLE
    return said | {"gain": gain, "sentence": told.say(found.reason), "trainings": trainings}
