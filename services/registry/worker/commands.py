"""What can be done with workers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from services import events
from services.common import outbox
from services.common.mongo import Tx
from services.common.work import Chunk, Job
from services.registry.skill import store as skills
from services.registry.worker import model, store
from services.registry.worker.model import NIK_UNPROVEN, Consent, HeldSkill, NikTaken, Wishes, Worker

SETTLED_AT_ONCE = 100


def register(tx: Tx, /, *, id: str, today: date, now: datetime, is_itself: bool = False, **said: Any) -> Worker:
    """Register a worker, and let the other services know. Nothing is written before all is found right.

    :param is_itself: the worker asks: the NIK stays unproven, and nobody tells them that it is taken.
    :param said: the fields of a worker, `skills` as mappings of skill and level.
    :raises NikTaken: a worker with this NIK is registered.
    :raises VillageUnknown, SkillsUnknown: with suggestions.
    """
    said |= {"id": id, "version": 1, "unread": (), "created_at": now}
    worker = _worker(tx, said, today, is_unproven=is_itself, tells_taken=not is_itself)
    store.insert(tx, worker)
    outbox.changed(tx, events.Worker, {worker.id: 1})
    return worker


def register_itself(tx: Tx, /, *, today: date, guardian_consents: bool, **said: Any) -> Worker:
    """Register somebody who does it alone. Whether their NIK is somebody's already, only an officer learns.

    :param guardian_consents: a parent or guardian consented.
    :raises TooYoung: under 15, nobody may.
    :raises GuardianMissing: under 18, one is needed who consents.
    :raises VillageUnknown, SkillsUnknown: with suggestions.
    """
    model.check_age(said["birth_date"], today, guardian_consents=guardian_consents)
    return register(tx, today=today, is_itself=True, **said)


def change(
    tx: Tx, /, *, worker_id: str, expected: int | None, today: date, is_itself: bool = False, **said: Any
) -> Worker:
    """Change some fields of a worker. A NIK that an officer says is proven, whoever said it before.

    :param expected: the version that whoever asks has seen.
    :param is_itself: it is the worker who asks.
    :raises WorkerUnknown: there is no such worker.
    :raises Outdated: it stands at another version.
    :raises NikTaken: another worker stands under the NIK; to the worker itself, that is not told.
    """
    version = store.claim(tx, worker_id, expected=expected)
    before = store.get(tx, worker_id)
    whole = {name: getattr(before, name) for name in Worker.__dataclass_fields__}
    whole |= said | {"version": version}
    is_confirmed = "nik" in said and not is_itself
    is_unproven = not is_confirmed and (NIK_UNPROVEN in before.doubts or whole["nik"] != before.nik)
    return _keep(tx, _worker(tx, whole, today, is_unproven=is_unproven, tells_taken=is_confirmed))


def wish(
    tx: Tx,
    /,
    *,
    worker_id: str,
    expected: int | None,
    kinds: Iterable[str],
    min_wage_idr: int | None,
    districts: Sequence[str],
) -> Worker:
    """Keep what work a worker wishes for, in the place of what they wished before.

    :param expected: the version that whoever asks has seen.
    :raises WorkerUnknown: there is no such worker.
    :raises Outdated: it stands at another version.
    :raises DistrictsUnknown: with suggestions.
    """
    version = store.claim(tx, worker_id, expected=expected)
    model.check_districts(districts)
    wishes = Wishes(kinds=_once(kinds), min_wage_idr=min_wage_idr, districts=_once(districts))
    return _keep(tx, replace(store.get(tx, worker_id), version=version, wishes=wishes))


def show(
    tx: Tx,
    /,
    *,
    worker_id: str,
    expected: int | None,
    visibility: str,
    hidden_from: Iterable[str],
    by: str,
    role: str,
    now: datetime,
) -> Worker:
    """Keep how visible a worker is to employers, and from which they are hidden: they consent to it.

    :param by: the account that says so, of the worker or of an officer to whom they said it.
    :raises WorkerUnknown: there is no such worker.
    :raises Outdated: it stands at another version.
    """
    version = store.claim(tx, worker_id, expected=expected)
    consent = Consent(visibility=visibility, by=by, role=role, at=now)
    worker = replace(store.get(tx, worker_id), version=version)
    return _keep(tx, model.consented(worker, consent, _once(hidden_from)))


def confirmed(tx: Tx, worker: Worker, *, nik: str | None) -> Worker:
    """Return the worker, not written yet, as they stand once an officer found a NIK to be theirs.

    :param nik: one that is not what the worker says proves nothing.
    """
    if nik is None or nik != worker.nik:
        return worker
    return model.confirmed(worker, is_taken=store.with_nik(tx, nik) not in {None, worker.id})


def settle_chunk(tx: Tx, job: Job) -> Chunk:
    """Let the next of those who said a text have the skill that it means, now that somebody has decided it."""
    decided = skills.review(tx, job.subject)
    ids = store.waiting(tx, decided.key, SETTLED_AT_ONCE)
    versions = store.claim_many(tx, ids)
    people = store.of_ids(tx, ids).values()
    store.replace_many(tx, [model.told(worker, decided.key, decided.skill) for worker in people])
    outbox.changed(tx, events.Worker, versions)
    return Chunk(done=len(ids), end=len(ids) < SETTLED_AT_ONCE)


def _keep(tx: Tx, worker: Worker) -> Worker:
    """Write a worker who was claimed, and let the other services know."""
    store.replace(tx, worker)
    outbox.changed(tx, events.Worker, {worker.id: worker.version})
    return worker


def _once(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said))


def _worker(tx: Tx, said: dict[str, Any], today: date, *, is_unproven: bool, tells_taken: bool) -> Worker:
    """Return the worker that was described, once all of it is found right.

    :param is_unproven: nobody but the worker says that the NIK is theirs.
    :param tells_taken: a NIK under which somebody else stands is refused; otherwise it is a doubt.
    """
    model.check_village(said["village"])
    held = tuple(skill if isinstance(skill, HeldSkill) else HeldSkill(**skill) for skill in said["skills"])
    skills.check(tx, {f"/skills/{n}/skill": each.skill for n, each in enumerate(held)})
    other = store.with_nik(tx, said["nik"]) if said["nik"] is not None else None
    is_taken = other not in {None, said["id"]}
    if is_taken and tells_taken:
        raise NikTaken(other)
    worker = Worker(**said | {"skills": held, "doubts": ()})
    return model.doubted(worker, today, is_unproven=is_unproven, is_taken=is_taken)
