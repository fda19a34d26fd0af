"""What can be done with vacancies."""

from dataclasses import replace
from datetime import date
from typing import Any

from services import events
from services.common import outbox
from services.common.mongo import Tx
from services.common.work import Chunk, Job
from services.vacancies.employer import store as employers
from services.vacancies.employer.model import EmployerUnknown
from services.vacancies.skill import model as skill_model
from services.vacancies.skill import store as skills
from services.vacancies.vacancy import model, store
from services.vacancies.vacancy.model import (
    EmployerNotVerified,
    Vacancy,
    VacancyClosed,
    VacancyNotDraft,
    VacancyNotPublished,
    VacancyWrong,
)

CHUNK = 100
SUGGESTED_AT_MOST = 5  # unknown skills of a vacancy: each looks through all there are, 0.2 s with 3,000 of them


def draft(tx: Tx, *, id: str, employer_id: str, today: date, **said: Any) -> Vacancy:
    """Write a vacancy that nobody else hears of yet.

    :param said: the fields of a vacancy.
    :raises VacancyWrong: some field is wrong; unknown skills and villages with suggestions.
    """
    try:
        employer = employers.get(tx, employer_id)
    except EmployerUnknown as error:
        raise VacancyWrong(fields={"/employer_id": EmployerUnknown.sentence()}) from error
    vacancy = Vacancy(id=id, version=1, employer=employer, status="draft", created_on=today, **said)
    _check(tx, vacancy, today)
    store.insert(tx, vacancy)
    return vacancy


def change(tx: Tx, /, *, vacancy_id: str, expected: int | None, today: date, **said: Any) -> Vacancy:
    """Change some fields of a vacancy, and let the other services know if they know of it.

    :param expected: the version that whoever asks has seen.
    :raises VacancyUnknown: there is no such vacancy.
    :raises Outdated: it stands at another version.
    :raises VacancyClosed: it is closed.
    :raises VacancyWrong: it would be wrong as a whole.
    """
    before = _claimed(tx, vacancy_id, expected=expected)
    if before.status == "closed":
        raise VacancyClosed(vacancy_id)
    vacancy = replace(before, **said)
    _check(tx, vacancy, today)
    return _keep(tx, vacancy)


def publish(tx: Tx, *, vacancy_id: str, today: date) -> Vacancy:
    """Publish a draft, and let the other services know.

    :raises VacancyUnknown: there is no such vacancy.
    :raises VacancyNotDraft: it was published before.
    :raises EmployerNotVerified: its employer may not publish.
    :raises VacancyWrong: something that was right when it was written no longer is.
    """
    before = _claimed(tx, vacancy_id)
    if before.status != "draft":
        raise VacancyNotDraft(vacancy_id)
    # Without this, an employer that is suspended at the same moment would have published after all.
    employers.claim(tx, before.employer.id)
    if before.employer.status != "verified":
        raise EmployerNotVerified(before.employer.id)
    _check(tx, before, today)
    return _keep(tx, replace(before, status="published", published_on=today))


def close(tx: Tx, *, vacancy_id: str, today: date) -> Vacancy:
    """Close a published vacancy, and let the other services know.

    :raises VacancyUnknown: there is no such vacancy.
    :raises VacancyNotPublished: it is a draft, or closed.
    """
    before = _claimed(tx, vacancy_id)
    if before.status != "published":
        raise VacancyNotPublished(vacancy_id)
    return _keep(tx, replace(before, status="closed", closed_on=today))


def close_past(tx: Tx, *, today: date) -> int:
    """Close up to 100 vacancies whose last day to apply is before today, and return how many."""
    found = store.past(tx, today=today, limit=CHUNK)
    for vacancy in found:
        close(tx, vacancy_id=vacancy.id, today=today)
    return len(found)


def retell_chunk(tx: Tx, job: Job) -> Chunk:
    """Let the other services know again of the next of an employer's vacancies, the job's subject.

    Drafts only rise to a new version, since each view carries the employer's name.
    """
    found = store.of_employer(tx, job.subject, skip=job.position, limit=CHUNK)
    for vacancy in found:
        version = store.claim(tx, vacancy.id)
        if vacancy.is_told:
            outbox.changed(tx, events.Vacancy, {vacancy.id: version})
    return Chunk(done=len(found), end=len(found) < CHUNK)


def _claimed(tx: Tx, vacancy_id: str, *, expected: int | None = None) -> Vacancy:
    store.claim(tx, vacancy_id, expected=expected)
    return store.get(tx, vacancy_id)


def _keep(tx: Tx, vacancy: Vacancy) -> Vacancy:
    store.replace(tx, vacancy)
    if vacancy.is_told:
        outbox.changed(tx, events.Vacancy, {vacancy.id: vacancy.version})
    return vacancy


def _check(tx: Tx, vacancy: Vacancy, today: date) -> None:
    wrong = model.faults(vacancy, today=today) | _unknown_skills(tx, vacancy)
    if wrong:
        raise VacancyWrong(fields=wrong)


def _unknown_skills(tx: Tx, vacancy: Vacancy) -> dict[str, str]:
    named = model.named_skills(vacancy)
    known = skills.known(tx, named.values())
    unknown = list(dict.fromkeys(skill for skill in named.values() if skill not in known))
    near = {skill: skills.suggest(tx, skill) for skill in unknown[:SUGGESTED_AT_MOST]}
    return {pointer: skill_model.unknown(near.get(skill, [])) for pointer, skill in named.items() if skill in unknown}
