"""What can be done with institutions."""

from typing import Any

from services.common.mongo import Tx
from services.registry.institution import store
from services.registry.institution.model import Institution, InstitutionTaken
from services.registry.worker.model import check_village


def register(tx: Tx, *, id: str, **said: Any) -> Institution:
    """Register an institution.

    :raises InstitutionTaken: one of this name is there.
    :raises VillageUnknown: with suggestions.
    """
    check_village(said["village"])
    other = store.with_name(tx, said["name"])
    if other is not None:
        raise InstitutionTaken(other)
    institution = Institution(id=id, version=1, **said)
    store.insert(tx, institution)
    return institution
