"""A vacancy: work that an employer offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.common.errors import Conflict, Missing, Refused
from services.reference import regions, wages
from services.vacancies.employer.model import Employer, village_faults

STATUSES = ("draft", "published", "closed")
KINDS = ("job", "internship")


class VacancyUnknown(Missing):
    """No vacancy has this id."""


class VacancyWrong(Refused):
    """Some fields of the vacancy are wrong; each is named with what is wrong."""


class VacancyNotDraft(Conflict):
    """This vacancy has been published already."""


class VacancyNotPublished(Conflict):
    """Only a published vacancy can be closed."""


class VacancyClosed(Conflict):
    """A closed vacancy does not change any more: write a new one."""


class EmployerNotVerified(Conflict):
    """The office has not verified this employer, or has suspended it: its vacancies cannot be published."""


@dataclass(frozen=True, kw_only=True)
class RequiredSkill:
    skill: str
    min_level: int  # 1 to 5
    weight: int | None  # 0 to 100, against the other skills of the vacancy; None: as much as it is rare
    must: bool


@dataclass(frozen=True, kw_only=True)
class Caution:
    """What is allowed and yet worth a second look."""

    code: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    id: str
    version: int
    employer: Employer
    title: str
    kind: str
    description: str
    positions: int
    village: str
    wage_min_idr: int | None  # a month
    wage_max_idr: int | None
    education: str | None  # the least; None: any
    skills: Sequence[RequiredSkill]
    certificates: Sequence[str]  # skills that a valid certificate must prove
    starts_on: date
    closes_on: date  # the last day on which one may apply
    status: str
    created_on: date
    published_on: date | None = None
    closed_on: date | None = None

    @property
    def district(self) -> str:
        return regions.village(self.village).district

    @property
    def is_told(self) -> bool:
        """Tell whether the others know of it: from its publication on, for good."""
        return self.published_on is not None

    @property
    def warnings(self) -> list[Caution]:
        floor = wages.floor_idr(self.starts_on, self.employer.sector)
        # The floor is for wages; an intern is paid an allowance.
        if self.kind != "job" or self.wage_min_idr is None or self.wage_min_idr >= floor:
            return []
        rupiah = f"{floor:,}".replace(",", ".")
        said = f"The lowest wage is below the wage floor of the day on which work starts, Rp {rupiah} a month."
        return [Caution(code="wage_below_floor", sentence=said)]


def named_skills(vacancy: Vacancy) -> dict[str, str]:
    """Return the ids of all skills that a vacancy names, by JSON pointer."""
    required = {f"/skills/{n}/skill": asked.skill for n, asked in enumerate(vacancy.skills)}
    return required | {f"/certificates/{n}": skill for n, skill in enumerate(vacancy.certificates)}


def faults(vacancy: Vacancy, *, today: date) -> dict[str, str]:
    """Return what is wrong with a vacancy, by JSON pointer; whether its skills are known is for others to say."""
    named = named_skills(vacancy)
    doubles = _doubles(named, "/skills") | _doubles(named, "/certificates")
    return village_faults(vacancy.village) | _wage_faults(vacancy) | _day_faults(vacancy, today) | doubles


def _day_faults(vacancy: Vacancy, today: date) -> dict[str, str]:
    if vacancy.closes_on < today:
        return {"/closes_on": "The last day on which one may apply must not be in the past."}
    if vacancy.closes_on > vacancy.starts_on:
        return {"/closes_on": "The last day on which one may apply must not be after the day on which work starts."}
    return {}


def _wage_faults(vacancy: Vacancy) -> dict[str, str]:
    match vacancy.wage_min_idr, vacancy.wage_max_idr:
        case (None, None):
            return {}
        case (None, _):
            return {"/wage_min_idr": "Say both ends of the wage range, or neither."}
        case (_, None):
            return {"/wage_max_idr": "Say both ends of the wage range, or neither."}
        case (lowest, highest) if lowest > highest:
            return {"/wage_max_idr": "The highest wage must not be below the lowest."}
    return {}


def _doubles(named: Mapping[str, str], under: str) -> dict[str, str]:
    found: dict[str, str] = {}
    seen: set[str] = set()
    for pointer, skill in named.items():
        if pointer.startswith(under):
            found |= {pointer: "Each skill may stand here once."} if skill in seen else {}
            seen.add(skill)
    return found
