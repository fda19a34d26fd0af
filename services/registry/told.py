"""What the registry tells of its roots: composed from the slices, at the moment of telling."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from services import events
from services.common.mongo import Row, Tx
from services.common.relay import Telling, Told
from services.registry.batch import store as batches
from services.registry.batch.model import Batch
from services.registry.certificate import store as certificates
from services.registry.enrolment import store as enrolments
from services.registry.enrolment.model import Course
from services.registry.institution import store as institutions
from services.registry.institution.model import Institution
from services.registry.programme import store as programmes
from services.registry.programme.model import Programme
from services.registry.skill import store as skills
from services.registry.worker import store as workers

UNKNOWN_EDUCATION = "none"  # nothing is proven then, which is what the others ask


def skill(tx: Tx, ids: list[str]) -> list[Row]:
    return [asdict(found) for found in skills.of_ids(tx, ids)]


def worker(tx: Tx, ids: list[str]) -> list[Row]:
    """Compose how workers stand: what they say they can, what they were trained in, what is certified."""
    held, trainings = certificates.of_workers(tx, ids), enrolments.courses_of(tx, ids)
    taught = programmes.of_ids(tx, {each.programme_id for several in trainings.values() for each in several})
    return [
        row
        | {
            "education": row["education"] or UNKNOWN_EDUCATION,
            "skills": [*row["skills"], *_trained(trainings.get(row["id"], ()), taught)],
            "certificates": [each for each in held.get(row["id"], ()) if each.proves],
        }
        for row in workers.standing(tx, ids)
    ]


def programme(tx: Tx, ids: list[str]) -> list[Row]:
    return [asdict(found) | {"programme_name": found.name} for found in programmes.of_ids(tx, ids).values()]


def batch(tx: Tx, ids: list[str]) -> list[Row]:
    found = batches.of_ids(tx, ids).values()
    givers = institutions.of_ids(tx, {each.institution_id for each in found})
    taken = enrolments.count(tx, [each.id for each in found if each.capacity is not None])
    return [_batch(each, givers[each.institution_id], taken[each.id]) for each in found]


def _batch(found: Batch, giver: Institution, taken: int) -> Row:
    own = {name: getattr(found, name) for name in ("id", "version", "programme_id", "starts_on", "ends_on")}
    left = found.left(taken)
    places = {"open": left != 0, "places_left": left}
    return own | places | {"institution_name": giver.name, "district": giver.district}


def _trained(trainings: Iterable[Course], taught: Mapping[str, Programme]) -> list[Row]:
    """Return the skills of the trainings that were completed, each at the highest level."""
    levels: dict[str, int] = {}
    for training in trainings:
        programme = taught.get(training.programme_id)
        if training.state == "completed" and programme is not None:
            levels |= {each.skill: max(each.level, levels.get(each.skill, 0)) for each in programme.skills}
    return [{"skill": skill_id, "level": level, "kind": "trained"} for skill_id, level in levels.items()]


TELLING: Telling = {
    events.Skill: Told("skills", skill),
    events.Worker: Told("workers", worker),
    events.Programme: Told("programmes", programme),
    events.Batch: Told("batches", batch),
}
