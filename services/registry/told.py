"""What the registry tells of its roots: composed from the slices, at the moment of telling."""

from dataclasses import asdict

from services import events
from services.common.mongo import Row, Tx
from services.common.relay import Telling, Told
from services.registry.certificate import store as certificates
from services.registry.skill import store as skills
from services.registry.worker import store as workers


def skill(tx: Tx, ids: list[str]) -> list[Row]:
    return [asdict(found) for found in skills.of_ids(tx, ids)]


def worker(tx: Tx, ids: list[str]) -> list[Row]:
    held = certificates.of_workers(tx, ids)
    return [
        row | {"certificates": [each for each in held.get(row["id"], ()) if each.revoked_on is None]}
        for row in workers.standing(tx, ids)
    ]


TELLING: Telling = {events.Skill: Told("skills", skill), events.Worker: Told("workers", worker)}
