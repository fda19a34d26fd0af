"""PostgreSQL: a table of who has what, with covering indexes, and one statement a vacancy."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import psycopg

from tests.benchmarks.adapters import Absent, Answer, Base, sql
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.lists import may_miss_somebody, owners
from tests.benchmarks.matching.vacancies import Vac
from tests.benchmarks.stand import free_port

Column: TypeAlias = tuple[Any, str]  # values, and how numpy calls their type on the wire
INSTALLED = Path("/usr/lib/postgresql")
USER = "postgres"  # root may not run it
STARTS_WITHIN_S, ENDS_WITHIN_S = 20, 60
AT_ONCE = 1_000_000  # rows
SETTINGS = {
    "shared_buffers": "2GB", "work_mem": "128MB", "maintenance_work_mem": "512MB", "max_wal_size": "4GB",
    "effective_cache_size": "8GB", "random_page_cost": "1.1", "jit": "off", "max_parallel_workers_per_gather": "0",
    "listen_addresses": "127.0.0.1", "unix_socket_directories": "",
}  # fmt: skip
TABLES = """
CREATE TABLE worker(id int, district smallint, edu smallint, available smallint);
CREATE TABLE worker_skill(worker int, skill smallint, level smallint);
CREATE TABLE worker_cert(worker int, cert smallint, expiry int);
CREATE TABLE district_band(work smallint, home smallint, band int, PRIMARY KEY(work, home));
"""
INDEXES = """
ALTER TABLE worker ADD PRIMARY KEY(id) INCLUDE (district, edu, available);
ALTER TABLE worker_skill ADD PRIMARY KEY(worker, skill) INCLUDE (level);
CREATE UNIQUE INDEX ON worker_skill(skill, worker) INCLUDE (level);
ALTER TABLE worker_cert ADD PRIMARY KEY(cert, worker) INCLUDE (expiry);
"""


class Adapter(Base):
    def build(self, d: Data) -> None:
        self._start()
        self.db.execute(TABLES)
        places = np.divmod(np.arange(d.ndist**2), d.ndist)
        held, proven = owners(d.indptr), owners(d.cindptr)
        self._copy("worker", (np.arange(d.n), ">i4"), (d.district, ">i2"), (d.edu, ">i2"), (d.avail, ">i2"))
        self._copy("worker_skill", (held, ">i4"), (d.sk, ">i2"), (d.lv, ">i2"))
        self._copy("worker_cert", (proven, ">i4"), (d.ce, ">i2"), (d.ex, ">i4"))
        self._copy("district_band", (places[0], ">i2"), (places[1], ">i2"), (d.band10.ravel(), ">i4"))
        self.db.execute(INDEXES)
        self.db.execute("VACUUM ANALYZE")

    def in_child(self) -> "Adapter":
        self.db = psycopg.connect(
            host="127.0.0.1", port=self.port, user="bench", dbname="postgres", autocommit=True, prepare_threshold=None
        )
        return self

    def query(self, v: Vac, k: int = 100) -> Answer:
        rows = self._rows(sql.best(v, k, least="LEAST"))
        if may_miss_somebody(v, [key for _, key in rows], k):
            rows = self._rows(sql.best_of_all(v, k, least="LEAST"))
        return [id_ for id_, _ in rows], v.score([int(key) for _, key in rows])

    def update(self, wid: int, skills: Sequence[int], levels: Sequence[int]) -> None:
        new = "INSERT INTO worker_skill SELECT %s, unnest(%s::smallint[]), unnest(%s::smallint[])"
        with self.db.transaction():
            self.db.execute("DELETE FROM worker_skill WHERE worker = %s", (wid,))
            self.db.execute(new, (wid, list(skills), list(levels)))

    def pids(self) -> list[int]:
        server = self.server.pid
        return [server, *map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())]

    def close(self) -> None:
        self.db.close()
        self.server.send_signal(signal.SIGINT)  # ends sessions at once, and writes down what it holds
        self.server.wait(ENDS_WITHIN_S)

    def _rows(self, statement: str) -> list[Any]:
        rows: list[Any] = self.db.execute(statement.encode(), binary=True).fetchall()
        return rows

    def _start(self) -> None:
        programs, user = _programs(), USER if os.getuid() == 0 else None
        self.port, self.folder = free_port(), Path(self.workdir) / "pg"
        self.folder.mkdir(mode=0o700)
        if user:
            _hand_over(self.folder, user)
        as_user: dict[str, Any] = {"user": user, "cwd": self.workdir, "stdout": subprocess.DEVNULL}
        made = ["-D", str(self.folder), "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run([str(programs / "initdb"), *made], check=True, **as_user)
        settings = [each for name, value in SETTINGS.items() for each in ("-c", f"{name}={value}")]
        with (Path(self.workdir) / "log").open("w") as log:
            command = [str(programs / "postgres"), "-D", str(self.folder), "-p", str(self.port), *settings]
            self.server = subprocess.Popen(command, stderr=log, **as_user)
        self._await()

    def _await(self) -> None:
        end = time.monotonic() + STARTS_WITHIN_S
        while True:
            try:
                self.in_child()
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
            else:
                return

    def _copy(self, table: str, *columns: Column) -> None:
        with self.db.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)".encode()) as copy:
            for piece in _wire(columns):
                copy.write(piece)


def _programs() -> Path:
    """Return where the newest PostgreSQL's programs are."""
    found = sorted(INSTALLED.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise Absent(f"no PostgreSQL under {INSTALLED}: apt-get install postgresql")
    return found[-1].parent


def _hand_over(folder: Path, user: str) -> None:
    """Give a folder to the user whom PostgreSQL runs as."""
    if user not in {entry.pw_name for entry in pwd.getpwall()}:
        raise Absent(f"root may not run PostgreSQL, and there is no user {user}")
    folder.parent.chmod(0o755)
    shutil.chown(folder, user)
    if subprocess.run(["test", "-w", folder], user=user, check=False).returncode:
        raise Absent(f"the user {user} may not enter {folder.parent}")


def _wire(columns: Sequence[Column]) -> Iterable[bytes]:
    """Yield rows as PostgreSQL's binary COPY takes them (its documentation, COPY, File Formats, Binary Format)."""
    lengths = [(f"length{at}", ">i4") for at in range(len(columns))]
    values = [(f"value{at}", kind) for at, (_, kind) in enumerate(columns)]
    fields = [each for pair in zip(lengths, values, strict=True) for each in pair]
    yield b"PGCOPY\n\xff\r\n\0" + bytes(8)
    for start in range(0, len(columns[0][0]), AT_ONCE):
        parts = [column[start : start + AT_ONCE] for column, _ in columns]
        rows = np.empty(len(parts[0]), np.dtype([("count", ">i2"), *fields]))
        rows["count"] = len(columns)
        for at, (part, (_, kind)) in enumerate(zip(parts, columns, strict=True)):
            rows[f"length{at}"], rows[f"value{at}"] = np.dtype(kind).itemsize, part
        yield rows.tobytes()
    yield b"\xff\xff"
