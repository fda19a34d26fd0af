"""What can be done with enrolments: each changes how its worker stands."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from services import events
from services.common import outbox
from services.common.mongo import Tx
from services.registry.batch import commands as places
from services.registry.batch import store as batches
from services.registry.batch.model import Batch
from services.registry.enrolment import model, store
from services.registry.enrolment.model import (
    BatchFull,
    Enrolment,
    EnrolmentCannotMove,
    EnrolmentOverlaps,
    EnrolmentTaken,
    Policy,
)
from services.registry.worker import store as workers


def enrol(
    tx: Tx,
    *,
    id: str,
    worker_id: str,
    batch_id: str,
    state: str,
    starts_on: date | None,
    ends_on: date | None,
    policy: Mapping[str, Any] | None,
    now: datetime,
    today: date,
) -> Enrolment:
    """Enrol a worker in a batch, and let the other services know.

    :param starts_on, ends_on: None: as the batch.
    :raises WorkerUnknown, BatchUnknown: there is no such one.
    :raises EnrolmentTaken: the worker is in the batch already.
    :raises EnrolmentOverlaps: the worker is in another training on some of these days.
    :raises BatchFull: it has no place left.
    :raises EnrolmentEndsBeforeItBegins, PolicyEndsBeforeItBegins: its days are the wrong way round.
    """
    version = workers.claim(tx, worker_id)
    batch = batches.get(tx, batch_id)
    enrolment = Enrolment(
        id=id,
        version=1,
        worker_id=worker_id,
        batch_id=batch_id,
        institution_id=batch.institution_id,
        programme_id=batch.programme_id,
        state=state,
        starts_on=starts_on or batch.starts_on,
        ends_on=ends_on or batch.ends_on,
        policy=Policy(**policy) if policy else None,
        certificate_id=None,
        intake_id=None,
        created_at=now,
    )
    model.check(enrolment)
    _find_room(tx, enrolment, batch)
    store.insert_many(tx, [enrolment])
    settle(tx, {worker_id: version}, today=today)
    return enrolment


def move(tx: Tx, *, enrolment_id: str, state: str, today: date) -> Enrolment:
    """Move an enrolment on to a state, and let the other services know.

    :raises EnrolmentUnknown: there is no such enrolment.
    :raises EnrolmentCannotMove: that state cannot follow on the one it has.
    """
    before = store.get(tx, enrolment_id)
    if not before.may_become(state):
        raise EnrolmentCannotMove(enrolment_id)
    after = before.moved(state)
    move_many(tx, [after], today=today)
    outbox.tell(tx, events.EnrolmentMoved, enrolment_id=after.id, worker_id=after.worker_id, state=state)
    return after


def move_many(tx: Tx, moved: Sequence[Enrolment], *, today: date) -> None:
    """Keep enrolments of which the caller has seen to it that they may be in their new states."""
    versions = workers.claim_many(tx, {each.worker_id for each in moved})
    before = store.with_places(tx, [each.id for each in moved])
    store.move_many(tx, moved)
    settle(tx, versions, today=today)
    places.retell(tx, {each.batch_id for each in moved if each.has_place != (each.id in before)})


def settle(tx: Tx, versions: Mapping[str, int], *, today: date) -> None:
    """Let the availability of workers follow from their enrolments, and let the other services know how they stand.

    :param versions: of the workers, who were claimed.
    """
    trainings = store.courses_of(tx, versions.keys())
    wanted: dict[str, tuple[str, date | None]] = {}
    for row in workers.standing(tx, list(versions)):
        present = row["availability"], row["available_from"]
        found = model.following(trainings.get(row["id"], ()), today, present)
        wanted |= {row["id"]: found} if found != present else {}
    workers.set_availability(tx, wanted)
    outbox.changed(tx, events.Worker, versions)


def _find_room(tx: Tx, enrolment: Enrolment, batch: Batch) -> None:
    """Refuse an enrolment for which the worker has no time or the batch no place."""
    for other in store.of_workers(tx, [enrolment.worker_id]).get(enrolment.worker_id, ()):
        if other.batch_id == batch.id:
            raise EnrolmentTaken(other.id)
        if other.overlaps(enrolment):
            raise EnrolmentOverlaps(other.id)
    if batch.capacity is not None:
        places.retell(tx, [batch.id])  # which claims it, so that two do not take the last place at once
        if store.count(tx, [batch.id])[batch.id] >= batch.capacity:
            raise BatchFull(batch.id)
