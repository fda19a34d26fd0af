"""Matching's long and periodic work, as a process: `python -m services.matching.work`."""

from collections.abc import Mapping

from services.common import work
from services.common.work import Periodic, Step
from services.matching.alert import commands as alerts
from services.matching.database import database
from services.matching.rarity import store as rarities

JOBS: Mapping[str, Step] = {}
PERIODIC: Mapping[str, Periodic] = {
    "rarity": Periodic(every_s=30, sweep=rarities.sweep, in_transaction=False),
    "tell-of-vacancies": Periodic(every_s=10, sweep=alerts.tell_of_vacancies),
    "tell-people": Periodic(every_s=10, sweep=alerts.tell_people),
}

if __name__ == "__main__":
    work.run(database, jobs=JOBS, periodic=PERIODIC)
