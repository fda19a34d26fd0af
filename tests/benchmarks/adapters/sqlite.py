"""SQLite: tables clustered by what they are searched by."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.adapters import Answer, Base, sql
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.lists import may_miss_somebody, of_certificates, of_skills
from tests.benchmarks.matching.vacancies import Vac

CACHE_KB, MAPPED = 1_000_000, 4_000_000_000
TABLES = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
CREATE TABLE worker(id INTEGER PRIMARY KEY, district INT, edu INT, available INT);
CREATE TABLE worker_skill(skill INT, worker INT, level INT, PRIMARY KEY(skill, worker)) WITHOUT ROWID;
CREATE TABLE worker_cert(cert INT, worker INT, expiry INT, PRIMARY KEY(cert, worker)) WITHOUT ROWID;
CREATE TABLE district_band(work INT, home INT, band INT, PRIMARY KEY(work, home)) WITHOUT ROWID;
"""


class Adapter(Base):
    def build(self, d: Data) -> None:
        self.file = Path(self.workdir) / "people.sqlite"
        self.in_child()
        self.db.executescript(TABLES)
        self._fill("worker", np.arange(d.n), d.district, d.edu, d.avail)
        for table, lists in (("worker_skill", of_skills(d)), ("worker_cert", of_certificates(d))):
            self._fill(table, np.repeat(np.arange(len(lists.at) - 1), np.diff(lists.at)), lists.people, lists.values)
        self._fill("district_band", *np.divmod(np.arange(d.ndist**2), d.ndist), d.band10.ravel())
        self.db.execute("CREATE INDEX of_worker ON worker_skill(worker, skill, level)")
        self.db.execute("ANALYZE")
        self.db.commit()

    def in_child(self) -> "Adapter":
        self.db = sqlite3.connect(self.file, check_same_thread=False)
        self.db.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        self.db.execute(f"PRAGMA mmap_size = {MAPPED}")
        return self

    def query(self, v: Vac, k: int = 100) -> Answer:
        rows = self.db.execute(sql.best(v, k, least="MIN")).fetchall()
        if may_miss_somebody(v, [key for _, key in rows], k):
            rows = self.db.execute(sql.best_of_all(v, k, least="MIN")).fetchall()
        return [id_ for id_, _ in rows], v.score([key for _, key in rows])

    def update(self, wid: int, skills: Sequence[int], levels: Sequence[int]) -> None:
        rows = [(skill, wid, level) for skill, level in zip(skills, levels, strict=True)]
        with self.db:
            self.db.execute("DELETE FROM worker_skill WHERE worker = ?", (wid,))
            self.db.executemany("INSERT INTO worker_skill VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        self.db.close()

    def _fill(self, table: str, *columns: Any) -> None:
        rows = zip(*(np.asarray(column).tolist() for column in columns), strict=True)
        self.db.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(columns))})", rows)
