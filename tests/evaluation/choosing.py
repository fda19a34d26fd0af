"""Would other constants rank better: each is changed alone, in the worlds kept for choosing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from multiprocessing import get_context
from os import cpu_count
from statistics import mean
from typing import Any, Final, NamedTuple
from unittest.mock import patch

from services.matching.engine import links, score
from services.matching.engine.weights import Rarity
from services.reference.evidence import Grade
from tests.evaluation import rankers
from tests.evaluation.judging import FOR_CHOOSING, SEEDS_FOR_CHOOSING, Setting, halves, rated, settings
from tests.evaluation.metrics import Quality
from tests.evaluation.rankers import SCORE
from tests.evaluation.worlds import World

RARITY = "power of rarity"
NOW: Final[dict[str, Any]] = {
    "KEPT": links.KEPT,
    "SIBLING": links.SIBLING,
    "BROADER": links.BROADER,
    "NEAR": links.NEAR,
    "GRADES": tuple(score.GRADES.values()),
    RARITY: 2,
}
OTHERS: Final[dict[str, tuple[Any, ...]]] = {
    "KEPT": (0, 4, 6, 400),
    "SIBLING": (20, 40, 50, 60, 70),
    "BROADER": (20, 40, 50, 60, 80),
    "NEAR": (20, 30, 40, 50),
    "GRADES": ((50, 75, 100), (70, 85, 100), (80, 90, 100), (90, 95, 100), (98, 99, 100)),
    RARITY: (0, 1, 3),
}


class Trial(NamedTuple):
    """A constant, and what it is tried as."""

    name: str
    value: Any


def choose() -> None:
    """Print for each constant how well the score ranks with it as it is, and with others in its place.

    Each trial has a process of its own, since the engine keeps what it made of its constants.
    """
    _worlds()
    with get_context("fork").Pool(cpu_count(), maxtasksperchild=1) as pool:
        print(f"{'':<34}{'ours, plain':>16}{'swapped':>16}{'ESCO, plain':>16}{'swapped':>16}{'mean':>16}")
        for trial, found in pool.imap(_tried, _trials(), chunksize=1):
            print(f"{trial.name:>18} = {trial.value!s:<13}" + "".join(f"{n:>10.4f}{m:>6.3f}" for n, m in found))


def _trials() -> Iterator[Trial]:
    yield Trial("all", "as they are")
    for name, values in OTHERS.items():
        yield from (Trial(name, value) for value in values if value != NOW[name])


def _tried(trial: Trial) -> tuple[Trial, list[Quality]]:
    _patched(trial)
    found: dict[tuple[object, str], list[Quality]] = {}
    for setting, half, world in _worlds():
        # A taxonomy of its own: the one that was forked may have kept links already.
        taxonomy = replace(setting.taxonomy().taxonomy)
        asked = [vacancy.requirement for vacancy in world.vacancies]
        ranker = rankers.rankers(world.people(), asked, taxonomy)[SCORE]
        found.setdefault((setting.taxonomy, half), []).append(rated(ranker, world))
    means = [_mean(each) for each in found.values()]
    return trial, [*means, _mean(means)]


def _patched(trial: Trial) -> None:
    """Set the constant for the rest of this process."""
    name, value = trial
    if name == "GRADES":
        patch.object(score, name, dict(zip(Grade, value, strict=True))).start()
    elif name == RARITY:
        patch.object(Rarity, "of", _to_the(value / NOW[RARITY])).start()
    elif name in NOW:
        patch.object(links, name, value).start()


def _to_the(power: float) -> Callable[[Rarity, str], Fraction]:
    now = Rarity.of
    return lambda rarity, skill: Fraction(max(1, round(1000 * float(now(rarity, skill)) ** power)), 1000)


@cache
def _worlds() -> list[tuple[Setting, str, World]]:
    found = settings(FOR_CHOOSING, SEEDS_FOR_CHOOSING)
    return [(setting, half, world) for setting in found for half, world in halves(setting)]


def _mean(found: list[Quality]) -> Quality:
    return Quality(*(mean(each) for each in zip(*found, strict=True)))
