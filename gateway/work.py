"""The gateway's long and periodic work, as a process: `python -m gateway.work`."""

from collections.abc import Mapping

from gateway.database import database
from services.common import work
from services.common.work import Periodic, Step

JOBS: Mapping[str, Step] = {}
PERIODIC: Mapping[str, Periodic] = {}

if __name__ == "__main__":
    work.run(database, jobs=JOBS, periodic=PERIODIC)
