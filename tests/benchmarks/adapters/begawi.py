"""Our engine's core, with the harness's own tables and ties: by score, then by the smaller id.

It needs nothing of `d` and `v` but what adapters are promised, so it stands beside other harnesses' adapters as well.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from services.matching.engine.core.arrays import U16, U32, Array
from services.matching.engine.core.delta import Row
from services.matching.engine.core.engine import Engine
from services.matching.engine.core.index import CODES, FREE, LEVELS, SCHOOLED_BITS, People, no_wishes
from services.matching.engine.core.query import Query

from . import Base

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.matching.data import Data
    from tests.benchmarks.matching.vacancies import Vac

DAY_ZERO = 16_384  # days from there on fit 16 bits
FIRST = 0xFFFF_FFFF  # the highest tie
NOTHING = np.zeros(0, np.uint32)
NOTHING_ASKED: Any = SimpleNamespace(
    skills=[],
    contrib=[],
    mins=[],
    must=[],
    certs=[],
    min_edu=1,
    bonus=np.zeros(1, np.int32),
    start=DAY_ZERO,
    district=0,
)


class Adapter(Base):
    parallel = "thread"

    def __init__(self, workdir: "str | Path") -> None:
        super().__init__(workdir)
        _compile()

    def build(self, d: "Data") -> None:
        ends = np.asarray(d.ex) - DAY_ZERO
        self.take(
            People(
                flags=flags(d),
                ties=(FIRST - np.arange(d.n)).astype(np.uint32),
                held_at=np.asarray(d.indptr, np.uint32),
                held=_held(d.sk, d.lv),
                proof_at=np.asarray(d.cindptr, np.uint32),
                proofs=((np.asarray(d.ce, np.uint32) << 16) | ends).astype(np.uint32),
                proof_from=np.zeros(len(ends), np.uint16),
                wishes=no_wishes(),
            ),
            d,
        )

    def take(self, people: People, d: "Data") -> None:
        """Index people who are in arrays already."""
        self.people = people._replace(held_at=NOTHING, held=NOTHING)
        self.districts = np.asarray(d.district, np.int32)
        self.engine = Engine(people, self.districts, skills=d.V, places=d.ndist)

    def query(self, v: "Vac", k: int = 100) -> tuple[Any, Any]:
        numbers, scores = self.engine.top(self.asked(v), k)
        return numbers, scores / (150.0 * v.sumw)

    def asked(self, v: "Vac") -> Query:
        """Return what the engine is asked for a vacancy."""
        return _query(v)

    def update(self, wid: int, skills: Sequence[int], levels: Sequence[int]) -> None:
        self.change(wid, _held(np.array(skills), np.array(levels)))

    def change(self, wid: int, held: Array[U32]) -> None:
        """Let somebody hold other things, and prove what they did."""
        people = self.people
        begin, end = people.proof_at[wid], people.proof_at[wid + 1]
        proofs = people.proofs[begin:end], people.proof_from[begin:end]
        self.engine.change(
            wid, _row(int(self.districts[wid]), int(people.flags[wid]), int(people.ties[wid]), held, *proofs)
        )


def _compile() -> None:
    """Have all kernels ready before anything is measured: what they cost is that of a start, not of people."""
    nobody = People(
        flags=np.zeros(0, np.uint16),
        ties=NOTHING,
        held_at=np.zeros(1, np.uint32),
        held=NOTHING,
        proof_at=np.zeros(1, np.uint32),
        proofs=NOTHING,
        proof_from=np.zeros(0, np.uint16),
        wishes=no_wishes(),
    )
    engine = Engine(nobody, np.zeros(0, np.int32), skills=1, places=1)
    engine.change(0, _row(0, 0, 0, NOTHING, NOTHING, nobody.proof_from))
    engine.top(_query(NOTHING_ASKED), 1)


def flags(d: "Data") -> Array[U16]:
    reached = ((1 << np.asarray(d.edu, np.uint32)) - 1) << SCHOOLED_BITS
    return np.where(np.asarray(d.avail) == 1, FREE | reached, 0).astype(np.uint16)


def _held(skills: Array[Any], levels: Array[Any]) -> Array[U32]:
    level = np.asarray(levels, np.uint32)
    return ((np.asarray(skills, np.uint32) << 8) | (level << 4) | level).astype(np.uint32)


def _row(district: int, flag: int, tie: int, held: Array[U32], proofs: Array[U32], proof_from: Array[U16]) -> Row:
    return Row(
        district=district,
        flags=flag,
        tie=tie,
        held=held,
        proofs=proofs,
        proof_from=proof_from,
        free_from=0,
        wage=0,
        districts=NOTHING,
        hidden=NOTHING,
    )


def _query(v: "Vac") -> Query:
    """Return what is asked: a level is a code, and each skill counts for itself alone."""
    order = sorted(range(len(v.skills)), key=v.skills.__getitem__)
    gives = np.zeros((len(order), CODES), np.uint16)
    for at, need in enumerate(order):
        gives[at, : 1 + LEVELS] = v.contrib[need]
    return Query(
        skills=np.array([v.skills[need] for need in order], np.int32),
        needs=np.array(order, np.uint8),
        credits=gives,
        meets=np.array([_from(v.mins[need]) if need in v.must else 0 for need in order], np.uint16),
        certs=np.array(v.certs, np.int32),
        nearness=v.bonus,
        wanted=FREE | 1 << (v.min_edu - 1 + SCHOOLED_BITS),
        start=v.start - DAY_ZERO,
        place=v.district,
        employer=0,
        wage=0xFFFF_FFFF,
        salt=0,
        size=len(order),
        must=sum(1 << need for need in v.must),
    )


def _from(level: int) -> int:
    """Return a bit for each code of a level and above."""
    return sum(1 << code for code in range(level, 1 + LEVELS))
