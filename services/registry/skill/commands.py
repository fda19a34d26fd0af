"""What can be done with the texts of skills of which nobody was sure."""

from datetime import datetime

from services.common import mongo, work
from services.common.mongo import Tx
from services.registry.skill import store
from services.registry.skill.model import Decision, Review

DECIDED = "skill.decided"  # the job that lets workers have what their texts mean; its subject is the review


def decide(tx: Tx, *, review_id: str, skill: str | None, by: str, now: datetime) -> Review:
    """Say which skill a text means: it is read so from now on, and a job lets those have it who said it before.

    Said again, the newest counts; what workers got meanwhile stays theirs.

    :param skill: None: the text means no skill, and is not asked again.
    :raises ReviewUnknown: nobody ever said it.
    :raises SkillsUnknown: there is no such skill, or it is retired; with suggestions.
    """
    if skill is not None:
        store.check(tx, {"/skill": skill}, also_retired=False)
    job = work.start(tx, "registry", DECIDED, id=mongo.new_id(), subject=review_id, owner=by, total=None)
    return store.decide(tx, review_id, Decision(skill=skill, by=by, at=now), job=job.id)
