"""What vacancies tells of its roots: composed from the slices, at the moment of telling."""

from services import events
from services.common.mongo import Row, Tx
from services.common.relay import Telling, Told
from services.vacancies.vacancy import store as vacancies
from services.vacancies.vacancy.model import Vacancy

OWN = (
    "id", "version", "title", "kind", "status", "positions", "district", "village", "skills", "certificates",
    "education", "wage_min_idr", "wage_max_idr",
)  # fmt: skip


def vacancy(tx: Tx, ids: list[str]) -> list[Row]:
    return [_told(found) for found in vacancies.of_ids(tx, ids) if found.is_told]


def _told(found: Vacancy) -> Row:
    days = {"starts_on": found.starts_on, "closes_on": found.closes_on}
    employer = {"employer_id": found.employer.id, "employer_name": found.employer.name}
    return {name: getattr(found, name) for name in OWN} | days | employer


TELLING: Telling = {events.Vacancy: Told("vacancies", vacancy, only=vacancies.TOLD)}
