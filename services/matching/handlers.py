"""What matching hears, and what it does then."""

from collections.abc import Callable

from services import events
from services.common import standing
from services.common.event import Fact, State
from services.common.inbox import Keep, React
from services.common.mongo import Row, Tx
from services.matching.alert import store as alerts
from services.matching.demand import model as demand
from services.matching.demand import store as demands
from services.matching.pool import store as pools
from services.matching.profile import model as profile
from services.matching.profile import store as profiles
from services.matching.skill import store as skills
from services.matching.training import store as trainings


def _comparable(keep: Keep, check: Callable[[Row], None]) -> Keep:
    """Return what keeps the states that `check` lets pass, and refuses the others: one would spoil every list."""

    def keep_comparable(tx: Tx, rows: list[Row]) -> dict[str, str]:
        faults = {row["id"]: fault for row in rows if (fault := _fault(row, check))}
        keep(tx, [row for row in rows if row["id"] not in faults])
        return faults

    return keep_comparable


def _fault(row: Row, check: Callable[[Row], None]) -> str | None:
    try:
        if not row["gone"]:
            check(row)
    except (LookupError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return None


def _keep_worker(tx: Tx, rows: list[Row]) -> None:
    profiles.keep(tx, rows)
    pools.keep(tx, rows)  # second: whoever is found is known
    alerts.put_by(tx, alerts.WORKERS, rows)


def _keep_vacancy(tx: Tx, rows: list[Row]) -> None:
    demands.keep(tx, rows)
    alerts.put_by(tx, alerts.VACANCIES, rows)


STATES: dict[type[State], Keep] = {
    events.Membership: standing.keep,
    events.Client: standing.keep,
    events.Skill: skills.keep,
    events.Worker: _comparable(_keep_worker, profile.check),
    events.Programme: trainings.keep_programmes,
    events.Batch: trainings.keep_batches,
    events.Vacancy: _comparable(_keep_vacancy, demand.check),
}
FACTS: dict[type[Fact], React] = {}
