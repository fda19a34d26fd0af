"""Matches as JSON, in the language of whoever asks."""

from typing import Any

from marshmallow import Schema, fields, validate

from services.common.web.lists import Cursor, PageQuery
from services.matching.demand.model import Demand
from services.matching.engine import conditions, score
from services.matching.engine.conditions import Condition
from services.matching.engine.reasons import Reason
from services.matching.match import model
from services.matching.match.model import Match, Place, Ranking
from services.matching.reason import schemas as reason
from services.matching.reason.schemas import Words
from services.reference import regions

CONDITIONS = {
    conditions.MUST_HAVE: "The skill {skill} at the level that is asked for.",
    conditions.CERTIFICATE: "A certificate for {skill} that holds when the work starts.",
    conditions.KIND: "Takes work of this kind.",
    conditions.EDUCATION: "Enough education.",
    conditions.AVAILABILITY: "Free when the work starts.",
    conditions.WAGE: "Content with the wage.",
    conditions.DISTRICT: "Wishes to work in this district.",
}


class PlaceCursor(Cursor):
    """Where a page of a ranking ended."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Place:
        return Place(*super()._deserialize(value, attr, data, **kwargs))

    def is_key(self, key: Any) -> bool:
        match key:
            case [int(units), str(), int(rank)]:
                return 0 <= units <= score.WHOLE and 0 < rank <= model.DEEPEST
        return False


class MatchQuery(PageQuery):
    limit = fields.Integer(load_default=20, validate=validate.Range(min=1, max=200))
    cursor = PlaceCursor(load_default=None, metadata={"type": "string", "description": "from the Link"})


class CandidateCard(Schema):
    rank = fields.Integer()
    person = fields.String(metadata={"description": "the worker's id; for an employer a pseudonym of its own"})
    district = fields.String()
    district_name = fields.String()
    education = fields.String()
    availability = fields.String()
    available_from = fields.Date(allow_none=True)


class CandidateView(reason.MatchView, CandidateCard):
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


class OpeningView(reason.MatchView, OpeningCard):
    """A vacancy that is open to a person, and why."""


class RankingView(Schema):
    engine = fields.String(metadata={"description": "the version of the score"})
    total = fields.Integer(metadata={"description": "how many meet every hard condition"})


class ConditionView(Schema):
    """A hard condition: `must_have_skill` and `certificate` say of which skill."""

    condition = fields.String()
    skill = fields.String(allow_none=True)
    label = fields.String(allow_none=True)
    sentence = fields.String()


class RelaxationView(ConditionView):
    total = fields.Integer(metadata={"description": "how many there were without this condition"})


class EmptyView(Schema):
    """Why nobody was found."""

    emptied_by = fields.Nested(ConditionView, metadata={"description": "the first condition that left nobody"})
    relaxations = fields.List(
        fields.Nested(RelaxationView), metadata={"description": "which condition alone keeps how many out"}
    )


class PeopleView(RankingView):
    """People who meet every hard condition, and how many there are of them."""

    districts = fields.Dict(fields.String(), fields.Integer(), metadata={"description": "how many, by code"})
    education = fields.Dict(
        fields.String(),
        fields.Integer(),
        metadata={"description": "how many, by level; equal ones, as SMA and SMK, count together"},
    )
    list = fields.String(allow_none=True, metadata={"description": "under which it is kept as it was shown"})
    empty = fields.Nested(EmptyView, allow_none=True)
    items = fields.List(fields.Nested(CandidateView))


class CandidatesView(PeopleView):
    vacancy = fields.Nested(VacancyCard)


class OpeningsView(RankingView):
    worker = fields.String()
    items = fields.List(fields.Nested(OpeningView))


def candidates(demand: Demand, ranking: Ranking, told: Words) -> dict[str, Any]:
    """Return the candidates of a vacancy as a CandidatesView has them."""
    return {"vacancy": demand} | people(ranking, told)


def people(ranking: Ranking, told: Words) -> dict[str, Any]:
    """Return ranked people as a PeopleView has them."""
    items = [
        {"rank": match.rank} | _card(match) | reason.of(match.scale, match.person, match.fit, told)
        for match in ranking.matches
    ]
    counts = {"districts": ranking.districts, "education": ranking.education, "list": ranking.list_id}
    return _ranking(ranking) | counts | {"empty": _empty(ranking, told), "items": items}


def openings(worker_id: str, ranking: Ranking, told: Words) -> dict[str, Any]:
    """Return the vacancies that are open to a person as an OpeningsView has them."""
    items = [
        {"rank": match.rank, "vacancy": match.demand} | reason.of(match.scale, match.person, match.fit, told)
        for match in ranking.matches
    ]
    return {"worker": worker_id} | _ranking(ranking) | {"items": items}


def _ranking(ranking: Ranking) -> dict[str, Any]:
    return {"engine": score.VERSION, "total": ranking.total}


def _card(match: Match) -> dict[str, Any]:
    person = match.person
    return {
        "person": match.id,
        "district": person.district,
        "district_name": regions.district(person.district).name,
        "education": person.education,
        "availability": person.availability,
        "available_from": person.available_from,
    }


def _empty(ranking: Ranking, told: Words) -> dict[str, Any] | None:
    if ranking.emptied_by is None:
        return None
    kept_out = sorted(ranking.without.items(), key=lambda item: -item[1])
    relaxations = [_condition(condition, told) | {"total": total} for condition, total in kept_out if total]
    return {"emptied_by": _condition(ranking.emptied_by, told), "relaxations": relaxations}


def _condition(condition: Condition, told: Words) -> dict[str, Any]:
    label = told.label(condition.skill) if condition.skill else None
    sentence = told.say(Reason(CONDITIONS[condition.name], {"skill": condition.skill} if condition.skill else {}))
    return {"condition": condition.name, "skill": condition.skill, "label": label, "sentence": sentence}
