"""How much each skill of a requirement counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import log

from services.matching.engine.parties import SkillNeed


@dataclass(frozen=True, kw_only=True)
class Rarity:
    """How often skills are held and asked for: of so many people and vacancies, so many each, by skill."""

    people: int = 0
    vacancies: int = 0
    held: Mapping[str, int] = field(default_factory=dict)
    asked: Mapping[str, int] = field(default_factory=dict)

    def of(self, skill: str) -> Fraction:
        """Return how rare a skill is, above 0, in whole thousandths: the square of the mean of its IDF in supply and in
        demand, as a cosine of TF-IDF has it, in which both sides bring theirs (docs/decisions/0011).
        """
        supply = log(1 + (self.people + 1) / (self.held.get(skill, 0) + 1))
        demand = log(1 + (self.vacancies + 1) / (self.asked.get(skill, 0) + 1))
        return Fraction(max(1, round(250 * (supply + demand) ** 2)), 1000)


def shares(needs: tuple[SkillNeed, ...], rarity: Rarity, whole: int) -> list[int]:
    """Share out so many units among skills, by largest remainder; equals by their names, so that no order matters.

    Weights that were not given are by rarity, and on average as high as those that were. Where all are 0, all are
    equal.
    """
    wanted = _wanted(needs, rarity)
    total = sum(wanted)
    exact = [whole * weight / total for weight in wanted]
    units = [int(each) for each in exact]
    by_remainder = sorted(range(len(needs)), key=lambda at: (units[at] - exact[at], needs[at].skill))
    for at in by_remainder[: whole - sum(units)] if needs else ():
        units[at] += 1
    return units


def _wanted(needs: tuple[SkillNeed, ...], rarity: Rarity) -> list[Fraction]:
    # Through text, so that 0.1 is the tenth that was typed and not its neighbour in binary.
    given = {at: Fraction(str(need.weight)) for at, need in enumerate(needs) if need.weight is not None}
    rare = {at: rarity.of(need.skill) for at, need in enumerate(needs) if at not in given}
    scale = Fraction(1)
    if given and rare:
        scale = (sum(given.values(), Fraction()) / len(given)) / (sum(rare.values(), Fraction()) / len(rare))
    wanted = [given[at] if at in given else rare[at] * scale for at in range(len(needs))]
    return wanted if any(wanted) else [Fraction(1)] * len(needs)
