"""Demands in MongoDB."""

from collections.abc import Iterator
from datetime import date

from pymongo import IndexModel

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.matching.demand.model import Demand, VacancyUnknown
from services.matching.engine.parties import Kind, Requirement, SkillNeed

INDEXES: Indexes = {"demands": [IndexModel([("status", 1), ("closes_on", 1)], name="open")]}
PLAIN = ("version", "employer_id", "employer_name", "title", "kind", "status", "positions")
REQUIRED = ("district", "education", "skills", "certificates", "wage_max_idr")


def keep(tx: Tx, vacancies: list[Row]) -> None:
    """Keep how the vacancies stand, unless something newer is known."""
    mongo.keep_newest(tx, "demands", [_row(vacancy) for vacancy in vacancies])


def get(tx: Tx, vacancy_id: str) -> Demand:
    """:raises VacancyUnknown: matching has not heard of the vacancy, or it is gone."""
    row = tx.db.demands.find_one({"_id": {"$eq": vacancy_id}, "gone": False}, session=tx.session)
    if row is None:
        raise VacancyUnknown(vacancy_id)
    return _demand(row)


def employer_of(tx: Tx, vacancy_id: str) -> str | None:
    """Return whose the vacancy is; None where there is no such vacancy."""
    row = tx.db.demands.find_one({"_id": {"$eq": vacancy_id}, "gone": False}, {"employer_id": 1}, session=tx.session)
    return row["employer_id"] if row else None


def version_of(tx: Tx, vacancy_id: str) -> int | None:
    """Return at which version a vacancy stands; None where there is no such vacancy."""
    row = tx.db.demands.find_one({"_id": {"$eq": vacancy_id}, "gone": False}, {"version": 1}, session=tx.session)
    return row["version"] if row else None


def open_on(tx: Tx, day: date) -> Iterator[Demand]:
    """Yield the published vacancies for which one may still apply on a day, in no order."""
    for row in tx.db.demands.find({"status": "published", "closes_on": {"$gte": day.isoformat()}}, session=tx.session):
        yield _demand(row)


def counts(tx: Tx) -> tuple[int, dict[str, int]]:
    """Return how many vacancies there are, also those that closed, and how many ask for each skill."""
    asked = tx.db.demands.aggregate(
        [{"$match": {"gone": False}}, {"$unwind": "$skills"}, {"$sortByCount": "$skills.skill"}], session=tx.session
    )
    return tx.db.demands.count_documents({"gone": False}, session=tx.session), {
        row["_id"]: row["count"] for row in asked
    }


def _row(vacancy: Row) -> Row:
    row: Row = {"_id": vacancy["id"], "version": vacancy["version"], "gone": vacancy["gone"]}
    if vacancy["gone"]:
        return row
    days = {name: vacancy[name].isoformat() for name in ("starts_on", "closes_on")}
    return row | {name: vacancy[name] for name in (*PLAIN, *REQUIRED)} | days


def _demand(row: Row) -> Demand:
    return Demand(
        id=row["_id"],
        **{name: row[name] for name in PLAIN},
        closes_on=date.fromisoformat(row["closes_on"]),
        requirement=Requirement(
            skills=tuple(SkillNeed(**need) for need in row["skills"]),
            certificates=tuple(row["certificates"]),
            education=row["education"],
            district=row["district"],
            starts_on=date.fromisoformat(row["starts_on"]),
            kind=Kind(row["kind"]),
            wage_idr=row.get("wage_max_idr"),
            employer=row["employer_id"],
            salt=row["_id"],
        ),
    )
