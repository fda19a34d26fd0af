"""Vacancies in MongoDB; each is read together with its employer."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from pymongo import IndexModel

from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.vacancies.employer import store as employers
from services.vacancies.employer.model import Employer
from services.vacancies.vacancy.model import RequiredSkill, Vacancy, VacancyUnknown

DAYS = ("starts_on", "closes_on", "created_on", "published_on", "closed_on")
TOLD: Row = {"published_on": {"$ne": None}}  # as `Vacancy.is_told` has it
READ_APART = {"id", "employer", "skills", *DAYS}
INDEXES: Indexes = {
    "vacancies": [
        IndexModel([("employer_id", 1), ("_id", -1)], name="employer"),
        IndexModel([("status", 1), ("district", 1), ("_id", -1)], name="district"),
        IndexModel([("status", 1), ("_id", -1)], name="status"),
        IndexModel([("status", 1), ("closes_on", 1)], name="closing"),
    ]
}


def claim(tx: Tx, vacancy_id: str, *, expected: int | None = None) -> int:
    """Keep others from changing the vacancy until the end, and return the new version.

    :raises VacancyUnknown: there is no such vacancy.
    :raises Outdated: whoever asks expected another version.
    """
    version = mongo.claim(tx, "vacancies", vacancy_id, expected=expected)
    if version is None:
        raise VacancyUnknown(vacancy_id)
    return version


def insert(tx: Tx, vacancy: Vacancy) -> None:
    tx.db.vacancies.insert_one(_row(vacancy), session=tx.session)


def replace(tx: Tx, vacancy: Vacancy) -> None:
    tx.db.vacancies.replace_one({"_id": vacancy.id}, _row(vacancy), session=tx.session)


def get(tx: Tx, vacancy_id: str) -> Vacancy:
    """:raises VacancyUnknown: there is no such vacancy."""
    row = tx.db.vacancies.find_one({"_id": {"$eq": vacancy_id}}, session=tx.session)
    if row is None:
        raise VacancyUnknown(vacancy_id)
    return _vacancy(row, employers.get(tx, row["employer_id"]))


def employer_of(tx: Tx, vacancy_id: str) -> str | None:
    """Return the id of the employer whose vacancy it is, if there is one."""
    row = tx.db.vacancies.find_one({"_id": {"$eq": vacancy_id}}, {"employer_id": 1}, session=tx.session)
    return row["employer_id"] if row else None


def page(tx: Tx, *, after: str | None, limit: int, statuses: Iterable[str], **fields: str | None) -> list[Vacancy]:
    """Return vacancies in one of the statuses, the newest first.

    :param fields: what employer_id, district and kind must be; None: anything.
    """
    wanted: Row = {"status": {"$in": list(statuses)}}
    wanted |= {name: {"$eq": value} for name, value in fields.items() if value is not None}
    wanted |= {"_id": {"$lt": after}} if after else {}
    return _whole(tx, tx.db.vacancies.find(wanted, session=tx.session).sort("_id", -1).limit(limit))


def of_ids(tx: Tx, ids: list[str]) -> list[Vacancy]:
    return _whole(tx, tx.db.vacancies.find({"_id": {"$in": ids}}, session=tx.session))


def of_employer(tx: Tx, employer_id: str, *, skip: int, limit: int) -> list[Vacancy]:
    """Return an employer's vacancies, the oldest first: new ones come behind those that were skipped."""
    rows = tx.db.vacancies.find({"employer_id": {"$eq": employer_id}}, session=tx.session)
    return _whole(tx, rows.sort("_id").skip(skip).limit(limit))


def past(tx: Tx, *, today: date, limit: int) -> list[Vacancy]:
    """Return published vacancies whose last day to apply is before today."""
    wanted = {"status": "published", "closes_on": {"$lt": today.isoformat()}}
    return _whole(tx, tx.db.vacancies.find(wanted, session=tx.session).sort("closes_on").limit(limit))


def _whole(tx: Tx, rows: Iterable[Row]) -> list[Vacancy]:
    found = list(rows)
    by_id = employers.of_ids(tx, {row["employer_id"] for row in found})
    return [_vacancy(row, by_id[row["employer_id"]]) for row in found]


def _row(vacancy: Vacancy) -> Row:
    row = asdict(vacancy) | {"employer_id": vacancy.employer.id, "district": vacancy.district}
    row["_id"] = row.pop("id")
    del row["employer"]
    return row | {name: row[name].isoformat() for name in DAYS if row[name] is not None}


def _vacancy(row: Row, employer: Employer) -> Vacancy:
    days: dict[str, Any] = {name: date.fromisoformat(row[name]) if row[name] else None for name in DAYS}
    plain = {name: row[name] for name in Vacancy.__dataclass_fields__ if name not in READ_APART}
    skills = [RequiredSkill(**asked) for asked in row["skills"]]
    return Vacancy(id=row["_id"], employer=employer, skills=skills, **plain, **days)
