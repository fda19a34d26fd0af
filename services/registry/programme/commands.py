"""What can be done with programmes."""

from collections.abc import Sequence
from typing import Any

from services import events
from services.common import outbox
from services.common.mongo import Tx
from services.registry.programme import store
from services.registry.programme.model import Programme, ProgrammeTaken, TaughtSkill
from services.registry.skill import store as skills


def create(
    tx: Tx,
    *,
    id: str,
    name: str,
    hours: int,
    skills_taught: list[dict[str, Any]],
    aliases: Sequence[str],
    schemes: Sequence[str],
) -> Programme:
    """Create a programme, and let the other services know.

    :raises ProgrammeTaken: one of this name is there.
    :raises SkillsUnknown: with suggestions.
    """
    taught = tuple(TaughtSkill(**skill) for skill in skills_taught)
    skills.check(tx, {f"/skills/{n}/skill": each.skill for n, each in enumerate(taught)})
    other = store.with_name(tx, name)
    if other is not None:
        raise ProgrammeTaken(other)
    programme = Programme(
        id=id, version=1, name=name, hours=hours, skills=taught, aliases=tuple(aliases), schemes=tuple(schemes)
    )
    store.insert(tx, programme)
    outbox.changed(tx, events.Programme, {id: 1})
    return programme
