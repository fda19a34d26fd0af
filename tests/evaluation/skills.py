"""The skills of a taxonomy, as the evaluation needs them: ours, and ESCO's.

This project uses the ESCO classification of the European Commission (v1.1.1, reused under Decision 2011/833/EU).
`esco.csv` holds of its 13,896 skills the English label, how widely each is used, and what is broader: the numbers of
skills, or groups (g1 …), which nobody has and nobody asks for.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from services.matching.engine.links import Taxonomy
from services.matching.skill import model as matching
from services.matching.skill.model import Skill
from services.registry.skill import model as registry

OURS = Path(__file__).parents[2] / "services/registry/skill/taxonomy.csv"
ESCO = Path(__file__).parent / "esco.csv"
SMALLEST = 3  # skills that make a family


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """A taxonomy, and what people are made of.

    siblings: of each skill the others under the same broader ones. families: skills that belong together.
    common: skills that many people have, whatever they do.
    """

    name: str
    taxonomy: Taxonomy
    skills: tuple[str, ...]
    siblings: Mapping[str, tuple[str, ...]]
    families: tuple[tuple[str, ...], ...]
    common: tuple[str, ...]


@cache
def ours() -> Catalogue:
    skills = registry.read(_rows(OURS))
    taxonomy = matching.taxonomy(
        Skill(id=each.id, label_id=each.label_id, label_en=each.label_en, broader=each.broader, related=each.related)
        for each in skills
    )
    groups = _turned((each.id, (each.group,)) for each in skills)
    common = [*groups.pop("workplace"), *groups.pop("language")]
    return _catalogue("ours", taxonomy, groups.values(), common)


@cache
def esco() -> Catalogue:
    rows = _rows(ESCO)
    taxonomy = Taxonomy(
        broader={row["number"]: tuple(row["broader"].split()) for row in rows},
        words={row["number"]: frozenset(row["label"].casefold().split()) for row in rows},
    )
    return _catalogue("ESCO", taxonomy, (), [row["number"] for row in rows if row["reuse"] == "transversal"])


def _catalogue(name: str, taxonomy: Taxonomy, groups: Iterable[Iterable[str]], common: Iterable[str]) -> Catalogue:
    narrower = _turned(taxonomy.broader.items())
    siblings = {
        skill: tuple(sorted({other for each in broader for other in narrower[each]} - {skill}))
        for skill, broader in taxonomy.broader.items()
    }
    families = [tuple(each) for each in (*groups, *narrower.values())]
    return Catalogue(
        name=name,
        taxonomy=taxonomy,
        skills=tuple(taxonomy.words),
        siblings=siblings,
        families=tuple(each for each in families if len(each) >= SMALLEST),
        common=tuple(common),
    )


def _turned(pairs: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one, several in pairs:
        for other in several:
            found[other].append(one)
    return dict(found)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
