"""The vacancies' long and periodic work, as a process: `python -m services.vacancies.work`."""

from collections.abc import Mapping

from services.common import work
from services.common.mongo import Tx
from services.common.work import Periodic, Step
from services.reference import clock
from services.vacancies.database import database
from services.vacancies.employer import commands as employers
from services.vacancies.vacancy import commands as vacancies

HOUR_S = 3600


def close_past(tx: Tx) -> int:
    return vacancies.close_past(tx, today=clock.today())


JOBS: Mapping[str, Step] = {employers.RETELLING: vacancies.retell_chunk}
PERIODIC: Mapping[str, Periodic] = {"closing": Periodic(every_s=HOUR_S, sweep=close_past)}

if __name__ == "__main__":
    work.run(database, jobs=JOBS, periodic=PERIODIC)
