"""What can be done with releases: each is carried out, and undone, by a job."""

from collections.abc import Sequence
from datetime import date, datetime

from services.common import mongo, work
from services.common.mongo import Tx
from services.common.work import Chunk, Job
from services.reference import clock
from services.registry.batch import store as batches
from services.registry.batch.model import BatchUnknown
from services.registry.enrolment import commands as enrolling
from services.registry.enrolment import store as enrolments
from services.registry.release import model, store
from services.registry.release.model import (
    AT_ONCE,
    Release,
    ReleaseEmpty,
    ReleaseStillRuns,
    ReleaseTooLarge,
    ReleaseUndone,
)

JOB = "release.carried"
UNDO_JOB = "release.undone"
ENDED = {"done", "failed"}


def release(
    tx: Tx, *, id: str, enrolment_ids: Sequence[str], batch_ids: Sequence[str], to: str, owner: str, now: datetime
) -> Release:
    """Ask for enrolments to be moved on, those that are named and all of the batches that have not ended.

    :param owner: the account that asks.
    :raises BatchUnknown: there is no such batch.
    :raises ReleaseEmpty: there is nothing to move.
    :raises ReleaseTooLarge: these are more than AT_ONCE.
    """
    asked = list(dict.fromkeys((*enrolment_ids, *_of_batches(tx, batch_ids))))
    if not asked:
        raise ReleaseEmpty
    if len(asked) > AT_ONCE:
        raise ReleaseTooLarge
    job = work.start(tx, "registry", JOB, id=mongo.new_id(), subject=id, owner=owner, total=len(asked))
    made = Release(
        id=id,
        version=1,
        to=to,
        job=job.id,
        undo_job=None,
        total=len(asked),
        moved=0,
        refused=0,
        undone=0,
        kept=0,
        left=(),
        created_at=now,
    )
    store.insert(tx, made, asked)
    return made


def undo(tx: Tx, *, release_id: str, owner: str) -> Release:
    """Ask for what a release moved to be put back.

    :param owner: the account that asks.
    :raises ReleaseUnknown: there is no such release.
    :raises ReleaseStillRuns: it is not yet carried out.
    :raises ReleaseUndone: that was asked for before.
    """
    found = store.claim(tx, release_id)
    if found.undo_job is not None:
        raise ReleaseUndone(found.undo_job)
    if work.get(tx, found.job).state not in ENDED:
        raise ReleaseStillRuns(found.job)
    job = work.start(tx, "registry", UNDO_JOB, id=mongo.new_id(), subject=release_id, owner=owner, total=found.moved)
    store.undo(tx, release_id, job.id)
    return store.get(tx, release_id)


def carry_chunk(tx: Tx, job: Job) -> Chunk:
    """Move the next part of the job's release; what cannot be moved is noted with its reason.

    A release that is undone carries nothing further out.
    """
    found = store.claim(tx, job.subject)
    part = store.next_part(tx, found.id, "waiting")
    if part is None or found.undo_job is not None:
        return Chunk(done=0, end=True)
    there = enrolments.of_ids(tx, part.enrolments)
    moved, left = model.sort(part, there, found.to)
    enrolling.move_many(tx, moved, today=_day(job))
    store.carried(tx, found.id, part, {each.id: there[each.id].state for each in moved}, left)
    return Chunk(done=len(moved), failed=len(left), end=False)


def undo_chunk(tx: Tx, job: Job) -> Chunk:
    """Put the next part of the job's release back; what is not as the release left it is noted."""
    found = store.claim(tx, job.subject)
    part = store.next_part(tx, found.id, "carried")
    if part is None:
        return Chunk(done=0, end=True)
    back, left = model.sort_back(part, enrolments.of_ids(tx, part.before), found.to)
    enrolling.move_many(tx, back, today=_day(job))
    store.undone(tx, found.id, part, len(back), left)
    return Chunk(done=len(back), failed=len(left), end=False)


def _of_batches(tx: Tx, batch_ids: Sequence[str]) -> list[str]:
    there = batches.of_ids(tx, batch_ids)
    missing = next((id_ for id_ in batch_ids if id_ not in there), None)
    if missing is not None:
        raise BatchUnknown(missing)
    return enrolments.open_in(tx, batch_ids, at_most=AT_ONCE + 1)


def _day(job: Job) -> date:
    """Return the office's day on which the job was asked for."""
    return job.created_at.astimezone(clock.WITA).date()
