"""Whom somebody may be taken for; and effects of admissions as MongoDB keeps them, days as text that says so."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from services.common.mongo import Row, Tx
from services.registry.admission.model import Change, Effect
from services.registry.batch import store as batches
from services.registry.certificate.model import Certificate
from services.registry.enrolment import store as enrolments
from services.registry.enrolment.model import Enrolment, Policy
from services.registry.reading.duplicates import Course, Crowd, Trace, is_near
from services.registry.worker import store as workers


def acquainted(tx: Tx, traces: Sequence[Trace]) -> list[Trace]:
    """Return the workers whom lines may name, or may be taken for, with their trainings."""
    known = workers.alike(
        tx,
        niks={trace.nik for trace in traces if trace.nik},
        phones={trace.phone for trace in traces if trace.phone},
        births={trace.birth for trace in traces if trace.birth},
    )
    people = [
        Trace(name=each.name, birth=each.birth, nik=each.nik_mark, phone=each.phone_mark, worker_id=each.worker_id)
        for each in known
    ]
    lines = Crowd(traces)
    near = [each for each in people if any(is_near(each, line) for line in lines.near(each))]
    courses = _courses(tx, [each.worker_id for each in near if each.worker_id])
    return [replace(each, courses=courses.get(each.worker_id or "", ())) for each in near]


def _courses(tx: Tx, worker_ids: Collection[str]) -> dict[str, tuple[Course, ...]]:
    found = enrolments.courses_of(tx, worker_ids)
    made = batches.of_ids(tx, {each.batch_id for several in found.values() for each in several})
    return {
        worker_id: tuple(
            Course(key=made[each.batch_id].key, starts=each.starts_on, ends=each.ends_on) for each in several
        )
        for worker_id, several in found.items()
    }


def row(effect: Effect) -> Row:
    """Return an effect as a document; it holds personal data unless the person came with it, and is to be sealed."""
    packed: Row = _packed(asdict(effect))
    return packed


def effect(kept: Mapping[str, Any]) -> Effect:
    """Return the effect that `row` packed."""
    said = _unpacked(kept)
    return Effect(
        **said
        | {
            "person": {name: tuple(pair) for name, pair in said["person"].items()},
            "skills": tuple(said["skills"]),
            "unread": tuple(said["unread"]),
            "enrolment": _change(said["enrolment"], _enrolment),
            "certificate": _change(said["certificate"], lambda kept: Certificate(**kept)),
        }
    )


def _change(said: Row | None, make: Any) -> Any:
    if said is None:
        return None
    changed = {name: said[name] and make(said[name]) for name in ("before", "after")}
    return Change(id=said["id"], left=said["left"], **changed)


def _enrolment(said: Row) -> Enrolment:
    return Enrolment(**said | {"policy": Policy(**said["policy"]) if said["policy"] else None})


def _packed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _packed(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_packed(each) for each in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"day": value.isoformat()}
    return value


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"day"}:
            return date.fromisoformat(value["day"])
        return {name: _unpacked(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_unpacked(each) for each in value]
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value  # all moments are UTC
