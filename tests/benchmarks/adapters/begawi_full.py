"""Our engine with the full score: grades, dated certificates and related skills, of the same people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from services.matching.engine import asking, score
from services.matching.engine.core.index import FREE, SCHOOLED_BITS, People, no_wishes
from services.matching.engine.core.query import Query
from tests.benchmarks.adapters import Answer, begawi
from tests.benchmarks.matching import full
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.vacancies import Vac

if TYPE_CHECKING:
    from services.matching.engine.score import Scale


class Adapter(begawi.Adapter):
    def build(self, d: Data) -> None:
        crowd = full.make_crowd(d)
        self.data, self.taxonomy = d, full.make_taxonomy(d)
        self.numbers = {full.name(skill): skill for skill in range(d.V)}
        self.scales: dict[Vac, Scale] = {}
        people = People(
            flags=begawi.flags(d),
            ties=full.ties(d),
            held_at=crowd.held_at.astype(np.uint32),
            held=crowd.held,
            proof_at=crowd.proof_at.astype(np.uint32),
            proofs=crowd.proofs,
            proof_from=crowd.proof_from,
            wishes=no_wishes(),
        )
        self.take(people, d)

    def know(self, v: Vac) -> None:
        self.scales[v] = full.make_scale(self.data, self.taxonomy, v)

    def query(self, v: Vac, k: int = 100) -> Answer:
        numbers, units = self.engine.top(self.asked(v), k)
        return numbers, units / score.WHOLE

    def asked(self, v: Vac) -> Query:
        if v not in self.scales:
            self.know(v)
        return asking.query(self.scales[v], self.numbers)._replace(
            nearness=full.nearness(v), place=v.district, wanted=FREE | 1 << (SCHOOLED_BITS + v.min_edu - 1)
        )

    def update(self, wid: int, skills: Sequence[int], levels: Sequence[int]) -> None:
        self.change(wid, full.held(self.data, wid, skills, levels))
