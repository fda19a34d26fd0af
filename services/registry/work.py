"""The registry's long and periodic work, as a process: `python -m services.registry.work`."""

from collections.abc import Mapping

from services.common import work
from services.common.work import Periodic, Step
from services.registry.database import database
from services.registry.intake import commands as intakes

JOBS: Mapping[str, Step] = {intakes.JOB: intakes.take_chunk}
PERIODIC: Mapping[str, Periodic] = {}

if __name__ == "__main__":
    work.run(database, jobs=JOBS, periodic=PERIODIC)
