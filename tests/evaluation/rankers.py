"""Ways to rank people for a requirement: the score, and what one would write in an afternoon instead."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from heapq import nlargest
from math import log, sqrt

from services.matching.engine import score
from services.matching.engine.links import Taxonomy
from services.matching.engine.parties import Person, Requirement
from services.matching.engine.score import Scale
from services.matching.engine.weights import Rarity

Ranker = Callable[[Requirement], list[str]]
Points = Callable[[Requirement], Mapping[str, float]]
DEEP = 100  # places of a ranking that are looked at

SCORE, OVERLAP, IDF, COSINE = "score", "overlap", "IDF overlap", "TF-IDF cosine"


def rankers(people: Sequence[Person], requirements: Sequence[Requirement], taxonomy: Taxonomy) -> dict[str, Ranker]:
    """Return the four by their names; each gives the ids of the best, the best first. Equals are in one order."""
    plain = _Plain(people)
    points = {
        SCORE: _score(people, taxonomy, rarity(people, requirements)),
        OVERLAP: plain.overlap,
        IDF: plain.idf_overlap,
        COSINE: plain.cosine,
    }
    return {name: _ranker(each, people) for name, each in points.items()}


def rarity(people: Sequence[Person], requirements: Sequence[Requirement]) -> Rarity:
    held = Counter(skill for person in people for skill in person.skills)
    asked = Counter(need.skill for requirement in requirements for need in requirement.skills)
    return Rarity(people=len(people), vacancies=len(requirements), held=held, asked=asked)


def _ranker(points: Points, people: Sequence[Person]) -> Ranker:
    ties = {person.id: score.hashed(person.id) for person in people}

    def best(requirement: Requirement) -> list[str]:
        found, salt = points(requirement), score.hashed(requirement.salt)
        return nlargest(DEEP, ties, key=lambda id_: (found.get(id_, 0.0), ties[id_] ^ salt))

    return best


def _score(people: Sequence[Person], taxonomy: Taxonomy, rare: Rarity) -> Points:
    by_id, holders = {person.id: person for person in people}, _holders(people)

    def points(requirement: Requirement) -> Mapping[str, float]:
        scale = Scale(requirement, taxonomy, rare)
        # Whoever has nothing that counts has their nearness alone, and need not be looked at.
        found = {person.id: score.nearness(requirement.district, person.district) for person in people}
        some = {id_ for skill in scale.terms for id_ in holders.get(skill, ())}
        return found | {id_: scale.fit(by_id[id_]).units for id_ in some}

    return points


def _holders(people: Sequence[Person]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for person in people:
        for skill in person.skills:
            found[skill].append(person.id)
    return dict(found)


class _Plain:
    """Overlap in three forms; skills are there or not there."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._holders, self._count = _holders(people), len(people)
        self._lengths = {each.id: sqrt(sum(self._smooth(skill) ** 2 for skill in each.skills)) for each in people}

    def overlap(self, requirement: Requirement) -> Mapping[str, float]:
        return self._added(requirement, lambda _: 1)

    def idf_overlap(self, requirement: Requirement) -> Mapping[str, float]:
        return self._added(requirement, lambda skill: log(self._count / len(self._holders[skill])))

    def cosine(self, requirement: Requirement) -> Mapping[str, float]:
        """As scikit-learn's TfidfVectorizer and cosine_similarity do, but for the requirement's own length."""
        dots = self._added(requirement, lambda skill: self._smooth(skill) ** 2)
        return {id_: dot / self._lengths[id_] for id_, dot in dots.items()}

    def _smooth(self, skill: str) -> float:
        return log((1 + self._count) / (1 + len(self._holders[skill]))) + 1

    def _added(self, requirement: Requirement, weight: Callable[[str], float]) -> Mapping[str, float]:
        found: defaultdict[str, float] = defaultdict(float)
        for need in requirement.skills:
            for holder in self._holders.get(need.skill, ()):
                found[holder] += weight(need.skill)
        return found
