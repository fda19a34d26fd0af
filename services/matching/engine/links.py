"""Which skills count for another one, and how much.

The table below was chosen by `make evaluate`; docs/decisions/0011 has its figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import NamedTuple

SAME = 100  # hundredths of what the skill itself counts, as all here
NARROWER = 100  # whoever can do SMAW welding can weld
BROADER = 60  # whoever can weld may learn SMAW welding soon
SIBLING = 55  # another skill under the same broader one
NEAR = 40  # the taxonomy says that they are related
KEPT = 8  # skills that count for another one, at most


class Link(NamedTuple):
    """A skill that counts for another one, and how much, in hundredths."""

    skill: str
    hundredths: int


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """How skills hang together.

    broader: of each skill the broader ones, skills or groups. related: of each skill those that are near it.
    words: of each skill the words by which it is called. Where any are known, what has none is a group: nobody has it.
    """

    broader: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def links(self, skill: str) -> tuple[Link, ...]:
        """Return the skill itself and up to KEPT that count for it: who counts most first, of equals who is nearest."""
        links = self._links
        if skill not in links:
            links[skill] = (Link(skill, SAME), *self._kept(skill))
        return links[skill]

    @cached_property
    def _links(self) -> dict[str, tuple[Link, ...]]:
        return {}

    @cached_property
    def _narrower(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for skill, several in self.broader.items():
            for broader in several:
                found.setdefault(broader, []).append(skill)
        return found

    def _kept(self, skill: str) -> list[Link]:
        above = self.broader.get(skill, ())
        weights: dict[str, int] = {}
        near = ((other, NEAR) for other in self.related.get(skill, ()))
        siblings = ((other, SIBLING) for each in above for other in self._narrower[each])
        broader = ((each, BROADER) for each in above if each in self.words or not self.words)
        narrower = ((other, NARROWER) for other in self._narrower.get(skill, ()))
        for other, weight in chain(near, siblings, broader, narrower):
            weights[other] = max(weight, weights.get(other, 0))
        weights.pop(skill, None)
        ranked = sorted(weights, key=lambda other: (-weights[other], *self._distance(skill, other), other))
        return [Link(other, weights[other]) for other in ranked[:KEPT]]

    def _distance(self, one: str, other: str) -> tuple[float, float]:
        """Return what is less, the nearer two skills are: they stand together in more and smaller groups, and share
        more of their words.
        """
        shared = set(self.broader.get(one, ())).intersection(self.broader.get(other, ()))
        words, others = self.words.get(one, frozenset()), self.words.get(other, frozenset())
        alike = len(words & others) / (len(words | others) or 1)
        return -sum(1 / len(self._narrower[each]) for each in sorted(shared)), -alike
