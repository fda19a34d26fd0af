"""Matches as JSON, in the language of whoever asks."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from babel.dates import format_date
from marshmallow import Schema, fields, validate

from services.common.web.lists import Cursor, PageQuery
from services.common.web.words import language, say
from services.matching.demand.model import Demand
from services.matching.engine.parties import Person, SkillNeed
from services.matching.engine.score import SkillPart
from services.matching.match import model
from services.matching.match.model import Match, Place, Ranking, Reason
from services.matching.skill.model import Skill
from services.reference import regions


class PlaceCursor(Cursor):
    """Where a page of a ranking ended: a score and an id."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Place:
        score, id_ = super()._deserialize(value, attr, data, **kwargs)
        return score, id_

    def is_key(self, key: Any) -> bool:
        match key:
            case [float() | int(), str()]:
                return True
        return False


class MatchQuery(PageQuery):
    limit = fields.Integer(load_default=20, validate=validate.Range(min=1, max=200))
    cursor = PlaceCursor(load_default=None, metadata={"type": "string", "description": "from the Link"})


class SkillPartView(Schema):
    skill = fields.String()
    label = fields.String()
    weight = fields.Float(metadata={"description": "its share of all weights"})
    level = fields.Integer()
    min_level = fields.Integer()
    credit = fields.Float(metadata={"description": "min(1, level / min_level)"})
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


class MatchView(Schema):
    score = fields.Float(metadata={"description": "0 to 1; the contributions of its parts add up to it"})
    parts = fields.Nested(PartsView)
    matched = fields.List(fields.Nested(MatchedView))
    missing = fields.List(fields.Nested(MissingView))
    certificates = fields.List(
        fields.Nested(ProvenView), metadata={"description": "of what is asked for, valid when the work starts"}
    )
    reasons = fields.List(fields.String(), metadata={"description": "two to four sentences"})


class CandidateCard(Schema):
    rank = fields.Integer()
    person = fields.String(metadata={"description": "the worker's id; for an employer a pseudonym of its own"})
    district = fields.String()
    district_name = fields.String()
    education = fields.String()
    availability = fields.String()
    available_from = fields.Date(allow_none=True)


class CandidateView(MatchView, CandidateCard):
    """A candidate, and why."""


class VacancyCard(Schema):
    id = fields.String()
    title = fields.String()
    employer_name = fields.String()
    district = fields.String(attribute="requirement.district")
    starts_on = fields.Date(attribute="requirement.starts_on")
    status = fields.String()


class OpenVacancyCard(VacancyCard):
    district_name = fields.Function(
        lambda demand: regions.district(demand.requirement.district).name, metadata={"type": "string"}
    )
    kind = fields.String()
    positions = fields.Integer()
    closes_on = fields.Date()


class OpeningCard(Schema):
    rank = fields.Integer()
    vacancy = fields.Nested(OpenVacancyCard)


class OpeningView(MatchView, OpeningCard):
    """A vacancy that is open to a person, and why."""


class RankingView(Schema):
    engine = fields.String(metadata={"description": "the version of the score"})
    total = fields.Integer(metadata={"description": "how many meet every hard condition"})


class CandidatesView(RankingView):
    vacancy = fields.Nested(VacancyCard)
    items = fields.List(fields.Nested(CandidateView))


class OpeningsView(RankingView):
    worker = fields.String()
    items = fields.List(fields.Nested(OpeningView))


def candidates(demand: Demand, ranking: Ranking, skills: Mapping[str, Skill]) -> dict[str, Any]:
    """Return the candidates of a vacancy as a CandidatesView has them."""
    items = [{"rank": rank} | _card(match.person) | _match(match, skills) for rank, match in _ranked(ranking)]
    return {"vacancy": demand, "engine": model.ENGINE, "total": ranking.total, "items": items}


def openings(worker_id: str, ranking: Ranking, skills: Mapping[str, Skill]) -> dict[str, Any]:
    """Return the vacancies that are open to a person as an OpeningsView has them."""
    items = [{"rank": rank, "vacancy": match.demand} | _match(match, skills) for rank, match in _ranked(ranking)]
    return {"worker": worker_id, "engine": model.ENGINE, "total": ranking.total, "items": items}


def _ranked(ranking: Ranking) -> Iterator[tuple[int, Match]]:
    return enumerate(ranking.matches, ranking.ahead + 1)


def _card(person: Person) -> dict[str, Any]:
    return {
        "person": person.id,
        "district": person.district,
        "district_name": regions.district(person.district).name,
        "education": person.education,
        "availability": person.availability,
        "available_from": person.available_from,
    }


def _match(match: Match, skills: Mapping[str, Skill]) -> dict[str, Any]:
    parts = [_part(part, need, skills) for part, need in match.needs]
    near = match.fit.parts.nearness
    return {
        "score": match.fit.score,
        "parts": {"skills": parts, "nearness": asdict(near) | {"km": round(near.km, 1)}},
        "matched": [part for part in parts if not part["lacking"]],
        "missing": [part for part in parts if part["lacking"]],
        "certificates": [_named(proof.skill, skills) | {"valid_until": proof.valid_until} for proof in match.proofs],
        "reasons": [_sentence(reason, skills) for reason in model.reasons(match)],
    }


def _part(part: SkillPart, need: SkillNeed, skills: Mapping[str, Skill]) -> dict[str, Any]:
    rounded = {name: round(getattr(part, name), 6) for name in ("weight", "credit", "contribution")}
    lacking = max(0, part.min_level - part.level)
    return asdict(part) | rounded | _named(part.skill, skills) | {"must": need.must, "lacking": lacking}


def _named(skill: str, skills: Mapping[str, Skill]) -> dict[str, str]:
    return {"skill": skill, "label": skills[skill].label(language())}


def _sentence(reason: Reason, skills: Mapping[str, Skill]) -> str:
    filled = dict(reason.places)
    if "skill" in filled:
        filled["skill"] = skills[filled["skill"]].label(language())
    if "until" in filled:
        filled["until"] = format_date(filled["until"], "d MMMM y", locale=language())
    return say(reason.sentence).format(**filled)
