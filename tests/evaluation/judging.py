"""Worlds in which constants are chosen, others in which the choice is judged, and how well each ranker does there."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tests.evaluation import rankers, skills, worlds
from tests.evaluation.metrics import Quality, quality
from tests.evaluation.rankers import Ranker
from tests.evaluation.skills import Catalogue
from tests.evaluation.worlds import Recipe, Size, World

OURS: Callable[[], Catalogue] = skills.ours
ESCO: Callable[[], Catalogue] = skills.esco
SIZES = {
    OURS: Size(people=1_000, occupations=30, vacancies=40),
    ESCO: Size(people=2_500, occupations=300, vacancies=40),
}
PLAIN, SWAPPED = "plain", "60 % swapped"

FOR_CHOOSING = (
    Recipe(name="near each other", coherent=1.0),
    Recipe(name="half anywhere", coherent=0.5, boast=1.0),
    Recipe(name="anywhere", coherent=0.0),
    Recipe(name="tailored", coherent=0.5, tailored=0.4),
)
HELD_OUT = (
    Recipe(name="mostly near each other", coherent=0.8, boast=0.2),
    Recipe(name="mostly anywhere", coherent=0.3, boast=0.7),
    Recipe(name="hardly near each other", coherent=0.1),
    Recipe(name="mostly tailored", coherent=0.25, tailored=0.6),
)
SEEDS_FOR_CHOOSING, HELD_OUT_SEEDS = (1,), (11, 12, 13)


class Setting(NamedTuple):
    """One world to make: the taxonomy, the kind of world, the seed."""

    taxonomy: Callable[[], Catalogue]
    recipe: Recipe
    seed: int


class Result(NamedTuple):
    """How well a ranker did in a world; half: PLAIN or SWAPPED; used: the skills that somebody has or asks for."""

    taxonomy: str
    recipe: str
    seed: int
    half: str
    ranker: str
    quality: Quality
    used: frozenset[str]


def settings(recipes: Sequence[Recipe], seeds: Sequence[int]) -> list[Setting]:
    return [Setting(taxonomy, recipe, seed) for taxonomy in SIZES for recipe in recipes for seed in seeds]


def halves(setting: Setting, size: Size | None = None) -> Iterator[tuple[str, World]]:
    catalogue = setting.taxonomy()
    world = worlds.make(catalogue, setting.recipe, size or SIZES[setting.taxonomy], setting.seed)
    yield PLAIN, world
    yield SWAPPED, worlds.swapped(world, catalogue, setting.seed)


def judge(setting: Setting, size: Size | None = None) -> list[Result]:
    """Return how well each ranker does in both halves of a world."""
    catalogue = setting.taxonomy()
    found = []
    for half, world in halves(setting, size):
        people, asked = world.people(), [vacancy.requirement for vacancy in world.vacancies]
        used = frozenset(skill for person in people for skill in person.skills)
        used |= {need.skill for requirement in asked for need in requirement.skills}
        for name, ranker in rankers.rankers(people, asked, catalogue.taxonomy).items():
            told = catalogue.name, setting.recipe.name, setting.seed, half, name
            found.append(Result(*told, rated(ranker, world), used))
    return found


def rated(ranker: Ranker, world: World) -> Quality:
    return quality(
        ([vacancy.grades.get(id_, 0) for id_ in ranker(vacancy.requirement)], list(vacancy.grades.values()))
        for vacancy in world.vacancies
    )
