"""Our engine's core, with the harness's own tables and ties: by score, then by the smaller id."""

import numpy as np

from services.matching.engine.core.delta import Row
from services.matching.engine.core.engine import Engine
from services.matching.engine.core.index import CODES, FREE, SCHOOLED_BITS, People, no_wishes
from services.matching.engine.core.query import Query

from . import Base

DAY_ZERO = 16_384  # days from there on fit 16 bits
FIRST = 0xFFFF_FFFF  # the highest tie
NOTHING = np.zeros(0, np.uint32)


class Adapter(Base):
    parallel = "thread"

    def build(self, d):
        self.districts = np.asarray(d.district, np.int32)
        ranks = np.asarray(d.edu, np.uint32)
        self.flags = np.where(np.asarray(d.avail) == 1, FREE | (((1 << ranks) - 1) << SCHOOLED_BITS), 0).astype(
            np.uint16
        )
        self.proof_at = np.asarray(d.cindptr, np.uint32)
        self.proofs = (np.asarray(d.ce, np.uint32) << 16) | (np.asarray(d.ex) - DAY_ZERO).astype(np.uint32)
        people = People(
            flags=self.flags,
            ties=(FIRST - np.arange(d.n)).astype(np.uint32),
            held_at=np.asarray(d.indptr, np.uint32),
            held=_held(np.asarray(d.sk, np.uint32), np.asarray(d.lv, np.uint32)),
            proof_at=self.proof_at,
            proofs=self.proofs,
            proof_from=np.zeros(len(self.proofs), np.uint16),
            wishes=no_wishes(),
        )
        self.engine = Engine(people, self.districts, skills=d.V, places=d.ndist)

    def query(self, v, k=100):
        numbers, scores = self.engine.top(_query(v), k)
        return numbers, scores / (150.0 * v.sumw)

    def update(self, wid, skills, levels):
        begin, end = self.proof_at[wid], self.proof_at[wid + 1]
        row = Row(
            district=int(self.districts[wid]),
            flags=int(self.flags[wid]),
            tie=FIRST - wid,
            held=_held(np.array(skills, np.uint32), np.array(levels, np.uint32)),
            proofs=self.proofs[begin:end],
            proof_from=np.zeros(end - begin, np.uint16),
            free_from=0,
            wage=0,
            districts=NOTHING,
            hidden=NOTHING,
        )
        self.engine.change(wid, row)


def _held(skills, levels):
    return (skills << 8) | (levels << 4) | levels


def _query(v):
    order = sorted(range(len(v.skills)), key=v.skills.__getitem__)
    gives = np.zeros((len(order), CODES), np.uint16)
    gives[:, :6] = [v.contrib[each] for each in order]
    must = set(v.must)
    return Query(
        skills=np.array([v.skills[each] for each in order], np.int32),
        needs=np.array(order, np.uint8),
        credits=gives,
        meets=np.array([0x3E & (0x3F << v.mins[each]) if each in must else 0 for each in order], np.uint16),
        certs=np.array(v.certs, np.int32),
        nearness=v.bonus,
        wanted=FREE | 1 << (v.min_edu - 1 + SCHOOLED_BITS),
        start=v.start - DAY_ZERO,
        place=v.district,
        employer=0,
        wage=0xFFFF_FFFF,
        salt=0,
        size=len(order),
        must=sum(1 << each for each in v.must),
    )
