"""What can be done with workers."""

from datetime import date, datetime
from typing import Any

from services import events
from services.common import outbox
from services.common.mongo import Tx
from services.common.work import Chunk, Job
from services.registry.skill import store as skills
from services.registry.worker import model, store
from services.registry.worker.model import HeldSkill, NikTaken, Worker

SETTLED_AT_ONCE = 100


def register(tx: Tx, /, *, id: str, today: date, now: datetime, **said: Any) -> Worker:
    """Register a worker, and let the other services know. Nothing is written before all is found right.

    :param said: the fields of a worker, `skills` as mappings of skill and level.
    :raises NikTaken: a worker with this NIK is registered.
    :raises VillageUnknown, SkillsUnknown: with suggestions.
    """
    worker = _worker(tx, said | {"id": id, "version": 1, "unread": (), "created_at": now}, today)
    store.insert(tx, worker)
    outbox.changed(tx, events.Worker, {worker.id: 1})
    return worker


def change(tx: Tx, /, *, worker_id: str, expected: int | None, today: date, **said: Any) -> Worker:
    """Change some fields of a worker.

    :param expected: the version that whoever asks has seen.
    :raises WorkerUnknown: there is no such worker.
    :raises Outdated: it stands at another version.
    """
    version = store.claim(tx, worker_id, expected=expected)
    before = store.get(tx, worker_id)
    whole = {name: getattr(before, name) for name in Worker.__dataclass_fields__}
    worker = _worker(tx, whole | said | {"version": version}, today)
    store.replace(tx, worker)
    outbox.changed(tx, events.Worker, {worker_id: version})
    return worker


def settle_chunk(tx: Tx, job: Job) -> Chunk:
    """Let the next of those who said a text have the skill that it means, now that somebody has decided it."""
    decided = skills.review(tx, job.subject)
    ids = store.waiting(tx, decided.key, SETTLED_AT_ONCE)
    versions = store.claim_many(tx, ids)
    people = store.of_ids(tx, ids).values()
    store.replace_many(tx, [model.told(worker, decided.key, decided.skill) for worker in people])
    outbox.changed(tx, events.Worker, versions)
    return Chunk(done=len(ids), end=len(ids) < SETTLED_AT_ONCE)


def _worker(tx: Tx, said: dict[str, Any], today: date) -> Worker:
    """Return the worker that was described, once all of it is found right."""
    model.check_village(said["village"])
    held = tuple(skill if isinstance(skill, HeldSkill) else HeldSkill(**skill) for skill in said["skills"])
    skills.check(tx, {f"/skills/{n}/skill": each.skill for n, each in enumerate(held)})
    if said["nik"] is not None:
        other = store.with_nik(tx, said["nik"])
        if other not in {None, said["id"]}:
            raise NikTaken(other)
    doubts = model.doubts(said["nik"], birth_date=said["birth_date"], sex=said["sex"], today=today)
    return Worker(**said | {"skills": held, "doubts": doubts})
