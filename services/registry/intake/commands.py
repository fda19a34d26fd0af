"""What can be done with intakes."""

from datetime import date, datetime
from typing import Any

from services.common import mongo, work
from services.common.errors import Refused
from services.common.mongo import Tx
from services.common.work import Chunk, Job
from services.reference import clock
from services.registry.certificate import commands as certificates
from services.registry.institution import store as institutions
from services.registry.intake import store
from services.registry.intake.model import CHUNK, Intake, LineError
from services.registry.worker import commands as workers

JOB = "intake.taken"


def take(
    tx: Tx,
    *,
    id: str,
    institution_id: str,
    owner: str,
    now: datetime,
    lines: list[dict[str, Any]],
    errors: list[LineError],
) -> Intake:
    """Accept an intake; its lines are taken by a job, chunk by chunk.

    :param lines: what can be read, each with its number as `line`, dates in ISO form.
    :param errors: why the others cannot.
    :raises InstitutionUnknown: there is no such institution.
    """
    institutions.get(tx, institution_id)
    total = len(lines) + len(errors)
    job = work.start(tx, "registry", JOB, id=mongo.new_id(), subject=id, owner=owner, total=len(lines))
    intake = Intake(
        id=id,
        version=1,
        institution_id=institution_id,
        job=job.id,
        total=total,
        errors=tuple(errors),
        created_at=now,
    )
    store.insert(tx, intake, [lines[start : start + CHUNK] for start in range(0, len(lines), CHUNK)])
    return intake


def take_chunk(tx: Tx, job: Job) -> Chunk:
    """Take the next lines of the job's intake; a person or a certificate that is refused is noted with its reason."""
    lines = store.take_chunk(tx, job.subject)
    outcomes = [_take_line(tx, line, job) for line in lines]
    errors = [error for refusals in outcomes for error in refusals]
    if errors:
        store.add_errors(tx, job.subject, errors)
    done = sum(not refusals for refusals in outcomes)
    return Chunk(done=done, failed=len(lines) - done, end=not lines)


def _take_line(tx: Tx, line: dict[str, Any], job: Job) -> list[LineError]:
    number, held = line.pop("line"), line.pop("certificates")
    try:
        today, now = job.created_at.astimezone(clock.WITA).date(), job.created_at
        worker = workers.register(tx, id=mongo.new_id(), today=today, now=now, **_dates(line))
    except Refused as refusal:
        return [_error(number, refusal)]
    errors = []
    for position, certificate in enumerate(held):
        try:
            certificates.issue(tx, id=mongo.new_id(), worker_id=worker.id, **_dates(certificate))
        except Refused as refusal:
            errors.append(_error(number, refusal, f"/certificates/{position}"))
    return errors


def _error(line: int, refusal: Refused, within: str = "") -> LineError:
    fields = tuple(within + pointer for pointer in refusal.fields) or ((within,) if within else ())
    return LineError(line=line, code=type(refusal).__name__, fields=fields)


def _dates(said: dict[str, Any]) -> dict[str, Any]:
    """Read the dates back that JSON keeps as text."""
    names = ("birth_date", "available_from", "issued_on", "valid_until")
    return said | {name: date.fromisoformat(said[name]) for name in names if said.get(name)}
