"""MongoDB's aggregation, as a team with Flask and pymongo would write it: a document a person, multikey indexes."""

import subprocess
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from pymongo import MongoClient

from deploy.local import mongodb
from deploy.local.obstacle import Obstacle
from tests.benchmarks.adapters import Absent, Answer, Base
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.lists import may_miss_somebody
from tests.benchmarks.matching.vacancies import FULL_LEVEL, Vac
from tests.benchmarks.stand import free_port

CACHE_GB = 3
BATCH = 10_000
ENDS_WITHIN_S = 30
INDEXES = ("skills.s", "skills.l"), ("certs.c", "certs.e"), ("available", "edu")


class Adapter(Base):
    def build(self, d: Data) -> None:
        try:
            program = mongodb.program()
        except Obstacle as obstacle:
            raise Absent(str(obstacle).splitlines()[0]) from obstacle
        self.port, self.folder = free_port(), Path(self.workdir) / "db"
        self.folder.mkdir()
        self.server = subprocess.Popen([
            *[str(program), "--dbpath", str(self.folder), "--logpath", f"{self.workdir}/log"],
            *["--bind_ip", "127.0.0.1", "--port", str(self.port), "--nounixsocket"],
            *["--wiredTigerCacheSizeGB", str(CACHE_GB), "--setParameter", "diagnosticDataCollectionEnabled=false"],
        ], stdout=subprocess.DEVNULL)  # fmt: skip
        self.in_child()
        documents = _documents(d)
        while batch := list(islice(documents, BATCH)):
            self.people.insert_many(batch, ordered=False)
        for names in INDEXES:
            self.people.create_index([(name, 1) for name in names])

    def in_child(self) -> "Adapter":
        self.client: MongoClient[dict[str, Any]] = MongoClient("127.0.0.1", self.port)
        self.people = self.client.bench.people
        return self

    def query(self, v: Vac, k: int = 100) -> Answer:
        rows = list(self.people.aggregate(_pipeline(v, k, _has_something(v))))
        if may_miss_somebody(v, [row["key"] for row in rows], k):
            rows = list(self.people.aggregate(_pipeline(v, k, {})))
        return [row["_id"] for row in rows], v.score([row["key"] for row in rows])

    def update(self, wid: int, skills: Sequence[int], levels: Sequence[int]) -> None:
        self.people.update_one({"_id": wid}, {"$set": {"skills": _held(skills, levels)}})

    def pids(self) -> list[int]:
        return [self.server.pid]

    def close(self) -> None:
        self.client.close()
        self.server.terminate()
        self.server.wait(ENDS_WITHIN_S)


def _documents(d: Data) -> Iterator[dict[str, Any]]:
    begins, skills, levels = _listed(d.indptr, d.sk, d.lv)
    certs_at, certs, ends = _listed(d.cindptr, d.ce, d.ex)
    district, edu, avail = _listed(d.district, d.edu, d.avail)
    for id_ in range(d.n):
        held, proven = slice(begins[id_], begins[id_ + 1]), slice(certs_at[id_], certs_at[id_ + 1])
        yield {
            "_id": id_,
            "skills": _held(skills[held], levels[held]),
            "certs": [{"c": cert, "e": end} for cert, end in zip(certs[proven], ends[proven], strict=True)],
            "district": district[id_],
            "edu": edu[id_],
            "available": bool(avail[id_]),
        }


def _listed(*columns: Any) -> list[list[int]]:
    return [np.asarray(column).tolist() for column in columns]


def _held(skills: Sequence[int], levels: Sequence[int]) -> list[dict[str, int]]:
    return [{"s": skill, "l": level} for skill, level in zip(skills, levels, strict=True)]


def _has_something(v: Vac) -> dict[str, Any]:
    """Return what everybody must have; on an open vacancy at least one of the skills."""
    musts = [{"skills": {"$elemMatch": {"s": skill, "l": {"$gte": level}}}} for skill, level in v.must_skills]
    musts += [{"certs": {"$elemMatch": {"c": cert, "e": {"$gte": v.start}}}} for cert in v.certs]
    return {"$and": musts} if musts else {"skills.s": {"$in": v.skills}}


def _pipeline(v: Vac, k: int, has: dict[str, Any]) -> list[dict[str, Any]]:
    terms = zip(v.skills, v.weights, v.mins, strict=True)
    branches = [
        {"case": {"$eq": ["$$held.s", skill]}, "then": {"$multiply": [2 * weight, _reached(level)]}}
        for skill, weight, level in terms
    ]
    gives = {"$switch": {"branches": branches, "default": 0}}
    nearness = {"$arrayElemAt": [v.bonus.tolist(), "$district"]}
    key = {"$add": [{"$sum": {"$map": {"input": "$skills", "as": "held", "in": gives}}}, nearness]}
    return [
        {"$match": {"available": True, "edu": {"$gte": v.min_edu}} | has},
        {"$project": {"key": key}},
        {"$sort": {"key": -1, "_id": 1}},
        {"$limit": k},
    ]


def _reached(level: int) -> dict[str, Any]:
    """Return how much of a level is reached, in units."""
    return {"$min": [FULL_LEVEL, {"$multiply": ["$$held.l", FULL_LEVEL // level]}]}
