"""numpy alone: inverted lists, the shortest must first, the others looked up in it by bisection."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from services.matching.engine.core.arrays import I32, Array
from tests.benchmarks.adapters import Answer, Base
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.lists import Lists, may_miss_somebody, of_certificates, of_skills
from tests.benchmarks.matching.reference import best
from tests.benchmarks.matching.vacancies import Vac


class Adapter(Base):
    def build(self, d: Data) -> None:
        self.reached = np.where(d.avail == 1, d.edu, 0)  # the rank, if they are free
        self.district = np.array(d.district)
        self.people, self.levels = _split(of_skills(d))
        self.certified, self.ends = _split(of_certificates(d))
        self.held_by = d.skills_of
        self.changed: dict[int, list[int]] = {}

    def query(self, v: Vac, k: int = 100) -> Answer:
        if v.must or v.certs:
            there = self._passing(v)
            ids, found = best(self._scored(v, there), there, k)
            return ids, v.score(found)
        return self._open(v, k)

    def update(self, wid: int, skills: Sequence[int], levels: Sequence[int]) -> None:
        for skill in self.changed[wid] if wid in self.changed else self.held_by(wid)[0]:
            at = np.searchsorted(self.people[skill], wid)
            self.people[skill] = np.delete(self.people[skill], at)
            self.levels[skill] = np.delete(self.levels[skill], at)
        for skill, level in zip(skills, levels, strict=True):
            at = np.searchsorted(self.people[skill], wid)
            self.people[skill] = np.insert(self.people[skill], at, wid)
            self.levels[skill] = np.insert(self.levels[skill], at, level)
        self.changed[wid] = list(skills)

    def _open(self, v: Vac, k: int) -> Answer:
        """Add up what everybody has; look at first at those alone who have something."""
        keys = np.zeros(len(self.reached), np.int32)
        for skill, gives in zip(v.skills, v.contrib, strict=True):
            keys[self.people[skill]] += np.array(gives, np.int32)[self.levels[skill]]
        for there in (np.flatnonzero(keys), np.arange(len(keys))):
            may = there[self.reached[there] >= v.min_edu]
            ids, found = best(keys[may] + v.bonus[self.district[may]], may, k)
            if not may_miss_somebody(v, found, k):
                break
        return ids, v.score(found)

    def _passing(self, v: Vac) -> Array[I32]:
        """Return who has every must."""
        lists = [(self.people[skill], self.levels[skill], least) for skill, least in v.must_skills]
        lists += [(self.certified[cert], self.ends[cert], v.start) for cert in v.certs]
        (people, values, least), *others = sorted(lists, key=lambda each: len(each[0]))
        there: Array[I32] = people[values >= least]
        there = there[self.reached[there] >= v.min_edu]
        for people, values, least in others:
            at, is_in = _looked_up(there, people)
            there = there[is_in & (values[at] >= least)] if len(people) else people
        return there

    def _scored(self, v: Vac, there: Array[I32]) -> Array[I32]:
        keys: Array[I32] = v.bonus[self.district[there]]
        for skill, gives in zip(v.skills, v.contrib, strict=True):
            people, levels, worth = self.people[skill], self.levels[skill], np.array(gives, np.int32)
            if len(people) > len(there):
                at, is_in = _looked_up(there, people)
                keys[is_in] += worth[levels[at[is_in]]]
            elif len(there):
                at, is_in = _looked_up(people, there)
                keys[at[is_in]] += worth[levels[is_in]]
        return keys


def _split(lists: Lists) -> tuple[list[Array[I32]], list[Array[Any]]]:
    return np.split(lists.people, lists.at[1:-1]), np.split(lists.values, lists.at[1:-1])


def _looked_up(some: Array[I32], people: Array[I32]) -> tuple[Array[Any], Array[np.bool_]]:
    """Return where each of some would stand among people, who ascend, and whether it does."""
    at = np.searchsorted(people, some)
    at[at == len(people)] = 0
    return at, people[at] == some if len(people) else np.zeros(len(some), np.bool_)
