"""What can be done with admissions: many at once, and back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import reduce

from services import events
from services.common import outbox
from services.common.mongo import Tx
from services.common.seal import fingerprint
from services.registry.admission import model
from services.registry.admission.model import Change, Effect, Entry, Root
from services.registry.batch import commands as places
from services.registry.certificate import store as certificates
from services.registry.certificate.model import Certificate
from services.registry.enrolment import model as training
from services.registry.enrolment import store as enrolments
from services.registry.enrolment.model import Enrolment
from services.registry.worker import commands as people
from services.registry.worker import model as person
from services.registry.worker import store as workers
from services.registry.worker.model import Worker

# By which something is the same: not by its version, which only counts, nor by a moment, which is kept less exactly.
CONTENT = {
    kind: [field.name for field in fields(kind) if field.name not in {"version", "created_at"}]
    for kind in (Enrolment, Certificate)
}


class _Standing:
    """How people stand while entries come in, one on the other; and what was there before."""

    def __init__(self, tx: Tx, ids: Iterable[str]) -> None:
        asked = list(ids)
        self.people_before = workers.of_ids(tx, asked)
        self.trainings_before = _by_id(enrolments.of_workers(tx, asked))
        self.proofs_before = _by_id(certificates.of_workers(tx, asked))
        self.people: dict[str, Worker] = dict(self.people_before)
        self.trainings: dict[str, Enrolment] = dict(self.trainings_before)
        self.proofs: dict[str, Certificate] = dict(self.proofs_before)

    def trainings_of(self, worker_id: str) -> list[Enrolment]:
        return [each for each in self.trainings.values() if each.worker_id == worker_id]

    def proofs_of(self, worker_id: str) -> list[Certificate]:
        return [each for each in self.proofs.values() if each.worker_id == worker_id]


def admit(tx: Tx, entries: Sequence[Entry], *, today: date, confirms_nik: bool = False) -> list[Effect]:
    """Admit people, and let the other services know; return what that changed, entry by entry.

    Nobody is told that they now hold a certificate: what comes this way was issued long ago.

    :param confirms_nik: an officer says whom the entries join, and so whose their NIKs are.
    """
    standing = _Standing(tx, {entry.worker.id for entry in entries if entry.joins})
    effects = [_admit(standing, entry) for entry in entries]
    for entry in entries if confirms_nik else ():
        standing.people[entry.worker.id] = people.confirmed(tx, standing.people[entry.worker.id], nik=entry.worker.nik)
    touched = {effect.worker_id for effect in effects if effect.kind != "unchanged" or confirms_nik}
    _write(tx, standing, touched, today)
    return effects


def take_back(
    tx: Tx, effects: Sequence[Effect], others: Mapping[str, Effect], *, since: str, today: date
) -> tuple[Counter[str], dict[str, Effect]]:
    """Undo admissions, the last one first; return how many people were removed, restored and kept.

    What somebody else changed since stays as it is, and so does whoever has more than came with these. What another
    admission tells of too stays as long as that one stands: it takes over what these did.

    :param others: effects of other admissions of the same people, in their order; those after `since` came later.
    :return: also those of the others that took something over.
    """
    done = [effect for effect in effects if effect.kind != "unchanged"]
    standing, heirs = _Standing(tx, {effect.worker_id for effect in done}), dict(others)
    counts = Counter(_take_back(standing, effect, heirs, since) for effect in reversed(done))
    _write(tx, standing, set(standing.people_before), today)
    return counts, {name: heir for name, heir in heirs.items() if heir != others[name]}


def _admit(standing: _Standing, entry: Entry) -> Effect:
    worker_id = entry.worker.id
    before = standing.people.get(worker_id)
    after = model.merged(before, entry.worker, corrects=entry.corrects) if before else entry.worker
    standing.people[worker_id] = after
    certificate = _certify(standing, entry)
    enrolment = _enrol(standing, entry, certificate)
    training = _same_training(standing, entry)
    return Effect(
        worker_id=worker_id,
        created=before is None,
        left=None if before else _digest(after, model.PERSON),
        person=model.difference(before, after) if before else {},
        skills=model.added(before, after),
        unread=tuple(text for text in after.unread if before is None or text not in before.unread),
        training=training.id if training else None,
        enrolment=enrolment,
        certificate=certificate,
    )


def _enrol(standing: _Standing, entry: Entry, certificate: Change[Certificate] | None) -> Change[Enrolment] | None:
    said, before = entry.enrolment, _same_training(standing, entry)
    if said is None:
        return None
    said = replace(said, certificate_id=certificate.id if certificate else None)
    after = model.updated(before, said, corrects=entry.corrects) if before else said
    standing.trainings[after.id] = after
    return _change(before, after)


def _certify(standing: _Standing, entry: Entry) -> Change[Certificate] | None:
    """Keep a certificate; one that is there does not come twice, and may be corrected by who sent it."""
    said, training_there = entry.certificate, _same_training(standing, entry)
    if said is None:
        return None
    held = standing.proofs_of(entry.worker.id)
    before = next((each for each in held if (each.issuer, each.number) == (said.issuer, said.number)), None)
    if before is None and entry.corrects and training_there:
        before = standing.proofs.get(training_there.certificate_id or "")
    if before is not None and not entry.corrects:
        return None
    after = model.proven(before, said) if before else said
    standing.proofs[after.id] = after
    return _change(before, after)


def _change(before: Root | None, after: Root) -> Change[Root] | None:
    if before is None:
        return Change(id=after.id, left=_digest(after, CONTENT[type(after)]))
    return None if after == before else Change(id=after.id, before=before, after=after)


def _same_training(standing: _Standing, entry: Entry) -> Enrolment | None:
    batch = entry.enrolment.batch_id if entry.enrolment else None
    return next((each for each in standing.trainings_of(entry.worker.id) if each.batch_id == batch), None)


def _write(tx: Tx, standing: _Standing, touched: set[str], today: date) -> None:
    """Write what is not as it was before; and let the other services know how those who were touched stand."""
    before, now = standing.people_before, standing.people
    versions = workers.claim_many(tx, touched & set(before))
    workers.remove_many(tx, {id_: version for id_, version in versions.items() if id_ not in now})
    left = [_ready(standing, id_, version, today) for id_, version in versions.items() if id_ in now]
    workers.replace_many(tx, left)
    new = [_ready(standing, id_, 1, today) for id_ in now if id_ not in before]
    workers.insert_many(tx, new)
    _write_trainings(tx, standing)
    _write_proofs(tx, standing)
    outbox.changed(tx, events.Worker, versions | {worker.id: 1 for worker in new})


def _write_trainings(tx: Tx, standing: _Standing) -> None:
    before, now = standing.trainings_before, standing.trainings
    enrolments.remove_many(tx, before.keys() - now.keys())
    enrolments.insert_many(tx, [each for id_, each in now.items() if id_ not in before])
    enrolments.replace_many(tx, [each for id_, each in now.items() if before.get(id_, each) != each])
    places.retell(tx, {batch_id for _, batch_id in model.places(before) ^ model.places(now)})


def _write_proofs(tx: Tx, standing: _Standing) -> None:
    before, now = standing.proofs_before, standing.proofs
    certificates.remove_many(tx, before.keys() - now.keys())
    certificates.insert_many(tx, [each for id_, each in now.items() if id_ not in before])
    certificates.replace_many(tx, [each for id_, each in now.items() if before.get(id_, each) != each])


def _ready(standing: _Standing, worker_id: str, version: int, today: date) -> Worker:
    """Return a worker as they are to be written: what follows from the rest is worked out anew."""
    worker = standing.people[worker_id]
    present = (worker.availability, worker.available_from)
    availability, free_from = training.following(standing.trainings_of(worker_id), today, present)
    worker = replace(worker, version=version, availability=availability, available_from=free_from)
    is_unproven, is_taken = (doubt in worker.doubts for doubt in (person.NIK_UNPROVEN, person.NIK_TAKEN))
    return person.doubted(worker, today, is_unproven=is_unproven, is_taken=is_taken)


def _take_back(standing: _Standing, effect: Effect, others: dict[str, Effect], since: str) -> str:
    worker = standing.people.get(effect.worker_id)
    if worker is None:
        return "kept"  # somebody removed them meanwhile
    about = [name for name, other in others.items() if other.worker_id == worker.id]
    heir = _heir(effect, {name: others[name] for name in about}, since)
    if heir is not None:
        others[heir] = model.inherited(others[heir], effect)
    else:
        _put_back(standing.trainings, effect.enrolment)
    if heir is None or not model.is_same(effect.certificate, others[heir].certificate):
        _put_back(standing.proofs, effect.certificate)
    if not effect.created:
        standing.people[worker.id] = worker if heir else model.restored(worker, effect)
        return "kept" if heir else "restored"
    if about:
        _hand_over(worker, effect, others, about, heir or about[0])
        return "kept"
    has_more = standing.trainings_of(worker.id) or standing.proofs_of(worker.id) or worker.said_own_will
    if has_more or _digest(worker, model.PERSON) != effect.left:
        return "kept"
    del standing.people[worker.id]
    return "removed"


def _heir(effect: Effect, about: Mapping[str, Effect], since: str) -> str | None:
    """Return which of the others tells of the same training and so takes over what was done: whichever does, if the
    training came with this; else one that came later.
    """
    came = effect.enrolment is not None and effect.enrolment.before is None
    tells = (name for name, other in about.items() if other.training and other.training == effect.training)
    return next((name for name in tells if came or name > since), None)


def _hand_over(worker: Worker, effect: Effect, others: dict[str, Effect], about: Sequence[str], heir: str) -> None:
    """Let a person have come with another admission, as they would be by that one alone."""

    def without(names: Iterable[str]) -> str:
        return _digest(reduce(model.restored, [others[name] for name in names], worker), model.PERSON)

    is_theirs = without(reversed(about)) == effect.left
    left = without(name for name in reversed(about) if name != heir) if is_theirs else ""  # nobody is like that
    others[heir] = replace(others[heir], created=True, left=left, person={})


def _put_back(kind: dict[str, Root], change: Change[Root] | None) -> None:
    """Let what came go again, and what changed stand as before, unless somebody changed it since."""
    there = kind.get(change.id) if change else None
    if change is None or there is None:
        return
    names = CONTENT[type(there)]
    if _digest(there, names) != (_digest(change.after, names) if change.after else change.left):
        return
    if change.before is None:
        del kind[change.id]
    else:
        kind[change.id] = replace(change.before, version=there.version + 1)


def _digest(root: object, names: Iterable[str]) -> str:
    """Return what tells whether something is still as it was, and not what it is."""
    return fingerprint("content", "\0".join(str(getattr(root, name)) for name in names))


def _by_id(found: dict[str, list[Root]]) -> dict[str, Root]:
    return {each.id: each for several in found.values() for each in several}
