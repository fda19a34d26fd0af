"""What can be done with batches."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from services import events
from services.common import mongo, outbox
from services.common.mongo import Tx
from services.registry.batch import model, store
from services.registry.batch.model import Batch, BatchTaken, Wanted
from services.registry.institution import store as institutions
from services.registry.programme import store as programmes


def create(tx: Tx, *, id: str, institution_id: str, programme_id: str, **said: Any) -> Batch:
    """Create a batch, and let the other services know.

    :param said: name, starts_on, ends_on, capacity.
    :raises InstitutionUnknown, ProgrammeUnknown: there is no such one.
    :raises BatchTaken: the institution has one of this name in this programme.
    :raises BatchEndsBeforeItBegins: its days are the wrong way round.
    """
    institutions.get(tx, institution_id)
    programmes.get(tx, programme_id)
    batch = Batch(id=id, version=1, institution_id=institution_id, programme_id=programme_id, **said)
    model.check(batch)
    other = store.of_keys(tx, [batch.key]).get(batch.key)
    if other is not None:
        raise BatchTaken(other.id)
    store.insert_many(tx, [batch])
    outbox.changed(tx, events.Batch, {id: 1})
    return batch


def change(tx: Tx, /, *, batch_id: str, expected: int | None, **said: Any) -> Batch:
    """Change a batch's days or capacity, and let the other services know.

    Those who are enrolled keep the days of their own enrolment.

    :param expected: the version that whoever asks has seen.
    :raises BatchUnknown: there is no such batch.
    :raises Outdated: it stands at another version.
    :raises BatchEndsBeforeItBegins: its days would be the wrong way round.
    """
    version = store.claim(tx, batch_id, expected=expected)
    batch = replace(store.get(tx, batch_id), version=version, **said)
    model.check(batch)
    store.replace_many(tx, [batch])
    outbox.changed(tx, events.Batch, {batch_id: version})
    return batch


def ensure_many(tx: Tx, wanted: Sequence[Wanted]) -> list[Batch]:
    """Return the batch of each that is wanted, in their order; one that is not there is made.

    Days are filled in where none were known, by the first that says them; they are never changed, and left open
    where they would be the wrong way round. The other services hear of it. Institutions and programmes are taken to be
    there.
    """
    before = store.of_keys(tx, {each.key for each in wanted})
    now = dict(before)
    for each in wanted:
        now[each.key] = (now.get(each.key) or _new(each)).filled(each)
    changed = {key: replace(now[key], version=there.version + 1) for key, there in before.items() if now[key] != there}
    now |= changed
    store.replace_many(tx, changed.values())
    made = [batch for key, batch in now.items() if key not in before]
    store.insert_many(tx, made)
    outbox.changed(tx, events.Batch, {batch.id: batch.version for batch in (*changed.values(), *made)})
    return [now[each.key] for each in wanted]


def retell(tx: Tx, ids: Collection[str]) -> None:
    """Let the other services know of batches in which places were taken or left, as far as places are counted."""
    if ids:
        outbox.changed(tx, events.Batch, store.claim_counted(tx, ids))


def _new(wanted: Wanted) -> Batch:
    return Batch(
        id=mongo.new_id(),
        version=1,
        institution_id=wanted.institution_id,
        programme_id=wanted.programme_id,
        name=" ".join(wanted.name.split()),
        starts_on=None,
        ends_on=None,
        capacity=None,
    )
