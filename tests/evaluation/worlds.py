"""People, vacancies, and who is right for which, made by seed.

The truth is what people can really do, which nobody sees: what they list is a part of it, with levels that only a
certificate gives exactly, between skills that everybody lists. A person is graded by the share of the vacancy's own
skills that they really have at the level asked for; one level less is half of it. Beyond 60 km the grade is one less.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from services.matching.engine.parties import Held, Person, Proof, Requirement, SkillNeed
from services.reference import regions
from services.reference.evidence import Grade
from tests.evaluation.skills import Catalogue

STARTS_ON = date(2026, 12, 1)
NEAR = [place.code for place in regions.districts_of()]
DISTRICTS = [*NEAR, "63.71.01", "63.09.01"]
TOO_FAR_KM = 60
GRADES = ((0.8, 3), (0.6, 2), (0.35, 1))  # at least this share: this grade
LISTED_AT_MOST = 25
SWAPPED = 0.6


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What a world is like.

    coherent: the share of an occupation's skills that come from a few families; the others come from anywhere.
    tailored: the share of people who are made to fit one vacancy more or less, instead of having an occupation.
    boast: by how many levels a claim is higher than the truth, on average.
    """

    name: str
    coherent: float
    tailored: float = 0.0
    boast: float = 0.4


@dataclass(frozen=True, kw_only=True)
class Shown:
    level: int
    grade: Grade


@dataclass(frozen=True, kw_only=True)
class Soul:
    """A person with the truth about them."""

    id: str
    district: str
    able: Mapping[str, int]
    shown: Mapping[str, Shown]

    def person(self) -> Person:
        proven = {skill for skill, each in self.shown.items() if each.grade == Grade.CERTIFIED}
        return Person(
            id=self.id,
            district=self.district,
            education="SMA",
            availability="available",
            available_from=None,
            skills={
                skill: Held(
                    level=each.level,
                    unproven=0 if skill in proven else each.level,
                    is_trained=each.grade == Grade.TRAINED,
                )
                for skill, each in self.shown.items()
            },
            certificates=tuple(
                Proof(skill=skill, valid_from=STARTS_ON - timedelta(days=200), valid_until=None)
                for skill in sorted(proven)
            ),
        )


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """grades: of whoever is right for it, 1 to 3."""

    requirement: Requirement
    grades: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class World:
    souls: list[Soul]
    vacancies: list[Vacancy]

    def people(self) -> list[Person]:
        return [soul.person() for soul in self.souls]


@dataclass(frozen=True, kw_only=True)
class Size:
    people: int
    occupations: int
    vacancies: int


def make(catalogue: Catalogue, recipe: Recipe, size: Size, seed: int) -> World:
    return _Maker(catalogue, recipe, size, seed).world()


def swapped(world: World, catalogue: Catalogue, seed: int, share: float = SWAPPED) -> World:
    """Return the world in which so many of the skills that people list are one of their siblings instead."""
    chance = Random(f"swap-{seed}")
    return replace(world, souls=[_swapped(soul, catalogue, chance, share) for soul in world.souls])


def _swapped(soul: Soul, catalogue: Catalogue, chance: Random, share: float) -> Soul:
    shown: dict[str, Shown] = {}
    for skill, each in soul.shown.items():
        siblings = catalogue.siblings.get(skill)
        shown.setdefault(chance.choice(siblings) if siblings and chance.random() < share else skill, each)
    return replace(soul, shown=shown)


class _Maker:
    def __init__(self, catalogue: Catalogue, recipe: Recipe, size: Size, seed: int) -> None:
        self._chance = Random(f"{catalogue.name}-{recipe.name}-{seed}")
        self._catalogue, self._recipe, self._size = catalogue, recipe, size
        self._common = self._chance.sample(catalogue.common, min(20, len(catalogue.common)))
        self._anywhere = self._chance.sample(catalogue.skills, len(catalogue.skills))
        self._often = list(accumulate(1 / (at + 5) ** 0.7 for at in range(len(catalogue.skills))))
        self._occupations = [self._occupation() for _ in range(size.occupations)]

    def world(self) -> World:
        asked = [self._asked(f"vacancy-{number}") for number in range(self._size.vacancies)]
        souls = [self._soul(f"person-{number}", asked) for number in range(self._size.people)]
        vacancies = [Vacancy(requirement=self._required(each), grades=_grades(each, souls)) for each in asked]
        return World(souls=souls, vacancies=[each for each in vacancies if each.grades])

    def _occupation(self) -> list[str]:
        count = self._chance.randint(12, 30)
        together = {skill for each in self._chance.choices(self._catalogue.families, k=3) for skill in each}
        coherent = self._chance.sample(sorted(together), min(len(together), round(count * self._recipe.coherent)))
        return self._specific({*coherent, *self._zipf(self._anywhere, count - len(coherent))})

    def _specific(self, skills: set[str]) -> list[str]:
        return sorted(skills.difference(self._common))

    def _zipf(self, skills: list[str], count: int) -> list[str]:
        """Return some of the skills: the first ones often, the last ones seldom."""
        return self._chance.choices(skills, cum_weights=self._often[: len(skills)], k=count)

    def _asked(self, name: str) -> tuple[str, str, dict[str, int]]:
        occupation = self._chance.choice(self._occupations)
        own = self._chance.sample(occupation, min(len(occupation), self._chance.randint(4, 9)))
        usual = self._chance.randint(2, 4)
        levels = {skill: _level(usual + self._chance.choice((-1, 0, 0, 1))) for skill in own}
        return name, self._chance.choice(NEAR), levels

    def _required(self, asked: tuple[str, str, dict[str, int]]) -> Requirement:
        name, district, levels = asked
        common = {skill: self._chance.randint(2, 3) for skill in self._zipf(self._common, self._chance.randint(0, 3))}
        return Requirement(
            skills=tuple(
                SkillNeed(skill=skill, min_level=level, weight=None, must=False)
                for skill, level in {**common, **levels}.items()
            ),
            certificates=(),
            education=None,
            district=district,
            starts_on=STARTS_ON,
            salt=name,
        )

    def _soul(self, id_: str, asked: list[tuple[str, str, dict[str, int]]]) -> Soul:
        is_tailored = self._chance.random() < self._recipe.tailored
        able = self._tailored(self._chance.choice(asked)[2]) if is_tailored else self._worked()
        listed = 1.0 if is_tailored else self._chance.uniform(0.4, 0.9)
        shown = {skill: self._shown(level) for skill, level in able.items() if self._chance.random() < listed}
        for skill in self._zipf(self._common, self._chance.randint(1, 5)):
            shown[skill] = Shown(level=self._chance.randint(2, 4), grade=Grade.CLAIMED)
        for skill in self._zipf(self._anywhere, self._chance.randint(0, 3)):
            shown.setdefault(skill, Shown(level=self._chance.randint(1, 3), grade=Grade.CLAIMED))
        kept = self._chance.sample(sorted(shown), min(len(shown), LISTED_AT_MOST))
        return Soul(
            id=id_, district=self._chance.choice(DISTRICTS), able=able, shown={skill: shown[skill] for skill in kept}
        )

    def _worked(self) -> dict[str, int]:
        """Return what somebody can do after one occupation, or after two."""
        able: dict[str, int] = {}
        for occupation in self._chance.choices(self._occupations, k=self._chance.choice((1, 1, 2))):
            mastery = self._chance.uniform(1, 5)
            for skill in occupation:
                able[skill] = max(able.get(skill, 0), _level(mastery + self._chance.gauss(0, 0.6)))
        return able

    def _tailored(self, levels: Mapping[str, int]) -> dict[str, int]:
        """Return abilities that fit a vacancy wholly, by half, or hardly."""
        share, lack = self._chance.choice(((1.0, 0), (0.8, 0), (0.8, 1), (0.5, 0), (0.5, 1), (0.3, 1)))
        have = self._chance.sample(sorted(levels), max(1, round(len(levels) * share)))
        return {skill: _level(levels[skill] - lack + self._chance.choice((0, 0, 1))) for skill in have}

    def _shown(self, level: int) -> Shown:
        grade = self._chance.choices(list(Grade), (0.55, 0.25, 0.2))[0]
        error = {Grade.CLAIMED: (self._recipe.boast, 1.0), Grade.TRAINED: (0.0, 0.6), Grade.CERTIFIED: (0.0, 0.0)}
        return Shown(level=_level(level + self._chance.gauss(*error[grade])), grade=grade)


def _grades(asked: tuple[str, str, dict[str, int]], souls: list[Soul]) -> dict[str, int]:
    found = {soul.id: _grade(asked[2], soul, regions.distance_km(asked[1], soul.district)) for soul in souls}
    return {id_: grade for id_, grade in found.items() if grade}


def _grade(levels: Mapping[str, int], soul: Soul, km: float) -> int:
    lacking = (level - soul.able.get(skill, -1) for skill, level in levels.items())
    share = sum(1 if lack <= 0 else 0.5 if lack == 1 else 0 for lack in lacking) / len(levels)
    grade = next((grade for least, grade in GRADES if share >= least), 0)
    return grade - 1 if grade > 1 and km >= TOO_FAR_KM else grade


def _level(level: float) -> int:
    return max(1, min(5, round(level)))
