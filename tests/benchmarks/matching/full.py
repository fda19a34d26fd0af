"""The same people and vacancies for the full score: grades, dated certificates, related skills; and its truth.

What the harness's score has no word for is made of what there is, with no chance of its own:

* three of ten skills were taught by a training, the others are claimed;
* each certificate proves one skill, one of a profession that it belongs to, for three years until its last day; whoever
  has it has the skill, at level 3 if they say no higher one;
* skills in the order of the professions make families of a broader skill and eight narrower ones, so that each has as
  many related skills as are kept, and whoever has one often has others.

Weights, levels, musts, certificates, days, education and nearness are the vacancy's own; nobody has wishes. Equals are
in the order of ties that no two people share.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from services.matching.engine import packing, score
from services.matching.engine.core.arrays import I32, I64, U16, U32, Array
from services.matching.engine.links import KEPT, Taxonomy
from services.matching.engine.parties import Requirement, SkillNeed
from services.matching.engine.score import Scale
from services.matching.engine.weights import Rarity
from services.reference.evidence import Grade
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.lists import owners
from tests.benchmarks.matching.vacancies import Vac

EPOCH = date(1970, 1, 1)
SOMEWHERE = packing.place_codes()[0]  # the nearness of a vacancy's own districts takes the place of its own
TAUGHT, OF = 3, 10  # so many skills
PROVEN_LEVEL = 3
NEVER = -1
VALIDITY_DAYS = 1_095
SPREAD = 2_654_435_761  # odd, so that its multiples are all different in 32 bits (Knuth, volume 3, 6.4)
DAY_ZERO = (packing.DAY_ZERO - EPOCH).days


class Crowd(NamedTuple):
    """What the people of `Data` hold and prove: the arrays of `index.People`, and for the truth whose and until when.

    owner, skill: of each thing held. until: its proof's last day, in the core's days, or NEVER.
    """

    held_at: Array[I64]
    held: Array[U32]
    proof_at: Array[I64]
    proofs: Array[U32]
    proof_from: Array[U16]
    owner: Array[I64]
    skill: Array[I64]
    until: Array[I64]


def ties(data: Data) -> Array[U32]:
    return (np.arange(data.n, dtype=np.uint64) * SPREAD).astype(np.uint32)


def make_crowd(data: Data) -> Crowd:
    """Return what people hold and prove."""
    whose, holder = owners(data.indptr).astype(np.int64), owners(data.cindptr).astype(np.int64)
    claimed, proven = whose * data.V + data.sk, holder * data.V + certified(data)[data.ce]
    things = np.union1d(claimed, proven)
    level: Any
    level, lower, until = np.zeros((3, len(things)), np.int64)
    at = np.searchsorted(things, claimed)
    level[at], lower[at] = data.lv, codes(whose, data.sk, data.lv)
    until[:] = NEVER
    until[np.searchsorted(things, proven)] = data.ex - DAY_ZERO
    best = score.code(Grade.CERTIFIED, np.maximum(level, PROVEN_LEVEL))
    owner, skill = np.divmod(things, data.V)
    entries = skill << 8 | lower << 4 | np.where(until > NEVER, best, lower)
    return Crowd(
        held_at=np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=data.n))]),
        held=entries.astype(np.uint32),
        proof_at=np.asarray(data.cindptr),
        proofs=(certified(data)[data.ce] << 16 | (data.ex - DAY_ZERO)).astype(np.uint32),
        proof_from=(data.ex - DAY_ZERO - VALIDITY_DAYS).astype(np.uint16),
        owner=owner,
        skill=skill,
        until=until,
    )


def codes(whose: Any, skills: Any, levels: Any) -> Any:
    """Return the codes of skills without regard to proofs."""
    is_taught = (whose * 31 + skills) % OF < TAUGHT
    return np.where(is_taught, score.code(Grade.TRAINED, levels), score.code(Grade.CLAIMED, levels))


def held(data: Data, wid: int, skills: Sequence[int], levels: Sequence[int]) -> Array[U32]:
    """Return what somebody holds who says these skills, as the core has it."""
    said = dict(zip(skills, levels, strict=True))
    proven = set(certified(data)[data.ce[data.cindptr[wid] : data.cindptr[wid + 1]]].tolist())
    found = []
    for skill in sorted(said.keys() | proven):
        level = said.get(skill, 0)
        lower = int(codes(wid, skill, level)) if level else 0
        best = score.code(Grade.CERTIFIED, max(level, PROVEN_LEVEL)) if skill in proven else lower
        found.append(skill << 8 | lower << 4 | best)
    return np.array(found, np.uint32)


@cache
def certified(data: Data) -> Array[I64]:
    """Return the skill that each certificate proves, another one each."""
    proven: dict[int, None] = {}
    for cert in range(data.ncert):
        professions = np.flatnonzero((data.certified == cert).any(axis=1)).tolist()
        skills = [skill for profession in professions for skill in data.pools[profession].tolist()]
        proven[next(skill for skill in (*skills, *range(data.V)) if skill not in proven)] = None
    return np.array(list(proven), np.int64)


def make_taxonomy(data: Data) -> Taxonomy:
    """Return families of skills, the broader one first."""
    ordered = list(dict.fromkeys([*data.pools.ravel().tolist(), *range(data.V)]))
    return Taxonomy(broader={
        name(narrower): (name(ordered[start]),)
        for start in range(0, data.V, KEPT + 1)
        for narrower in ordered[start + 1 : start + KEPT + 1]
    })  # fmt: skip


def name(skill: int) -> str:
    return f"skill-{skill}"


def number(skill: str) -> int:
    return int(skill.rpartition("-")[2])


def make_scale(data: Data, taxonomy: Taxonomy, vacancy: Vac) -> Scale:
    """Return a vacancy in the tables of the full score."""
    needs = zip(vacancy.skills, vacancy.weights, vacancy.mins, strict=True)
    proofs = certified(data)
    asked = Requirement(
        skills=tuple(
            SkillNeed(skill=name(skill), min_level=level, weight=weight, must=at in vacancy.must)
            for at, (skill, weight, level) in enumerate(needs)
        ),
        certificates=tuple(name(int(proofs[cert])) for cert in vacancy.certs),
        education=None,
        district=SOMEWHERE,
        starts_on=EPOCH + timedelta(days=vacancy.start),
    )
    return Scale(asked, taxonomy, Rarity())


def nearness(vacancy: Vac) -> Array[I32]:
    """Return by district what nearness adds, in units of the full score."""
    units: Array[I32] = vacancy.bonus // (3 * vacancy.sumw) * np.int32(score.NEARNESS // 10)
    return units
