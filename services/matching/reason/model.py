"""Which trainings are named to somebody whom they would lift."""

from collections.abc import Iterable

from services.matching.engine.reasons import Lift
from services.matching.training.model import Training

NAMED = 3


def trainings(lift: Lift, known: Iterable[Training], district: str) -> list[Training]:
    """Return those that teach what would lift somebody, the nearest to their district first."""
    teaching = (each for each in known if lift.is_training and each.teaches(lift.skill, lift.level))
    return sorted(teaching, key=lambda each: each.order(district))[:NAMED]
