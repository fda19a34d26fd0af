"""The registry's long and periodic work, as a process: `python -m services.registry.work`."""

from collections.abc import Mapping

from services.common import work
from services.common.work import Periodic, Step
from services.registry.database import database
from services.registry.intake import commands as intakes
from services.registry.release import commands as releases
from services.registry.skill import commands as skills
from services.registry.worker import commands as workers

JOBS: Mapping[str, Step] = {
    intakes.JOB: intakes.take_chunk,
    intakes.UNDOING: intakes.undo_chunk,
    skills.DECIDED: workers.settle_chunk,
    releases.JOB: releases.carry_chunk,
    releases.UNDO_JOB: releases.undo_chunk,
}
PERIODIC: Mapping[str, Periodic] = {}

if __name__ == "__main__":
    work.run(database, jobs=JOBS, periodic=PERIODIC)
