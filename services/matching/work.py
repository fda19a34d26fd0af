"""Matching's long and periodic work, as a process: `python -m services.matching.work`."""

from collections.abc import Mapping

from services.common import work
from services.common.work import Periodic, Step
from services.matching.database import database

JOBS: Mapping[str, Step] = {}
PERIODIC: Mapping[str, Periodic] = {}

if __name__ == "__main__":
    work.run(database, jobs=JOBS, periodic=PERIODIC)
