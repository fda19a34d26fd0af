"""What can be done with employers."""

from dataclasses import replace
from datetime import date
from typing import Any

from services import events
from services.common import outbox, work
from services.common.mongo import Tx
from services.vacancies.employer import store
from services.vacancies.employer.model import (
    Employer,
    EmployerSuspended,
    EmployerVerified,
    VillageUnknown,
    village_faults,
)

RETELLING = "employer.retelling"  # the job that tells an employer's vacancies again


def register(tx: Tx, *, id: str, today: date, **said: Any) -> Employer:
    """Register an employer, for an officer to verify.

    :param said: the fields of an employer.
    :raises NibTaken: one with this NIB is registered.
    :raises VillageUnknown: with suggestions.
    """
    employer = Employer(id=id, version=1, status="pending", created_on=today, **said)
    _check(employer)
    store.insert(tx, employer)
    return employer


def change(tx: Tx, /, *, employer_id: str, expected: int | None, job_id: str, asker: str, **said: Any) -> Employer:
    """Change some fields of an employer; a new name is told with each of its vacancies, by a job.

    :param expected: the version that whoever asks has seen.
    :param asker: the account that asks, whose job it will be.
    :raises EmployerUnknown: there is no such employer.
    :raises Outdated: it stands at another version.
    :raises VillageUnknown: with suggestions.
    """
    before = _claimed(tx, employer_id, expected=expected)
    employer = replace(before, **said)
    _check(employer)
    store.replace(tx, employer)
    if employer.name != before.name:
        # Not here: it may have more vacancies than a transaction holds, and an employer does not know them.
        work.start(tx, "vacancies", RETELLING, id=job_id, subject=employer_id, owner=asker, total=None)
    return employer


def verify(tx: Tx, *, employer_id: str) -> Employer:
    """Let an employer publish vacancies, for the first time or again, and let the other services know.

    :raises EmployerUnknown: there is no such employer.
    :raises EmployerVerified: nothing is left to do.
    """
    before = _claimed(tx, employer_id)
    if before.status == "verified":
        raise EmployerVerified(employer_id)
    outbox.tell(tx, events.EmployerVerified, employer_id=employer_id)
    return _stand(tx, before, "verified")


def suspend(tx: Tx, *, employer_id: str) -> Employer:
    """Keep an employer from publishing vacancies, and let the other services know; those that are published stay.

    :raises EmployerUnknown: there is no such employer.
    :raises EmployerSuspended: nothing is left to do.
    """
    before = _claimed(tx, employer_id)
    if before.status == "suspended":
        raise EmployerSuspended(employer_id)
    outbox.tell(tx, events.EmployerSuspended, employer_id=employer_id)
    return _stand(tx, before, "suspended")


def _claimed(tx: Tx, employer_id: str, *, expected: int | None = None) -> Employer:
    store.claim(tx, employer_id, expected=expected)
    return store.get(tx, employer_id)


def _stand(tx: Tx, employer: Employer, status: str) -> Employer:
    employer = replace(employer, status=status)
    store.replace(tx, employer)
    return employer


def _check(employer: Employer) -> None:
    faults = village_faults(employer.village)
    if faults:
        raise VillageUnknown(fields=faults)
