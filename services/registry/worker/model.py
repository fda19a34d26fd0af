"""A worker: a person who can work, or looks for work."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.common.errors import Conflict, Missing, Refused
from services.reference import nik as niks
from services.reference import regions

AVAILABILITIES = ("available", "in_training", "interning", "employed", "inactive")
NIK = re.compile(r"\d{16}")
CLAIMED_LEVEL = 2  # of 5, where somebody says a skill and no level: more than a beginner is for proofs to say


class WorkerUnknown(Missing):
    """No worker has this id."""


class NikTaken(Conflict):
    """A worker with this NIK is registered already: change that one, at the address in Location."""

    path = "/v1/workers/{}"


class VillageUnknown(Refused):
    """There is no village with this code."""


@dataclass(frozen=True, kw_only=True)
class HeldSkill:
    skill: str
    level: int  # 1 to 5, as the worker says


@dataclass(frozen=True, kw_only=True)
class Worker:
    id: str
    version: int
    name: str
    nik: str | None
    doubts: tuple[str, ...]  # what does not add up in the NIK, for an officer to decide
    birth_date: date
    birthplace: str | None
    sex: str  # L (man) or P (woman)
    village: str
    address: str | None
    phone: str | None  # E.164
    email: str | None
    education: str | None  # None: it is not known
    major: str | None
    availability: str
    available_from: date | None
    skills: tuple[HeldSkill, ...]  # as they are claimed: what proves them lies with enrolments and certificates
    unread: tuple[str, ...]  # texts of skills that nobody has told the meaning of yet
    created_at: datetime

    @property
    def district(self) -> str:
        return regions.village(self.village).district


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """As much of a worker as tells whether somebody else is the same person."""

    worker_id: str
    name: str
    birth: date
    nik_mark: str | None
    phone_mark: str | None


def doubts(nik: str | None, *, birth_date: date, sex: str, today: date) -> tuple[str, ...]:
    """Return what does not add up between the NIK and what the person says.

    None of it is a reason to refuse a person; an officer looks at it.
    """
    found = []
    if not niks.YOUNGEST <= niks.age(birth_date, today) <= niks.OLDEST:
        found.append("age_out_of_range")
    if nik is None:
        return (*found, "nik_missing")
    said = niks.read(nik)
    if said.sex != sex:
        found.append("nik_sex_mismatch")
    if not said.is_of(birth_date):
        found.append("nik_date_mismatch")
    if said.serial == niks.NO_SERIAL:
        found.append("nik_serial_zero")
    return tuple(found)


def told(worker: Worker, key: str, skill: str | None) -> Worker:
    """Return the worker without an unread text, with the skill that it means unless it is held already."""
    unread = tuple(text for text in worker.unread if text != key)
    is_new = skill is not None and skill not in {held.skill for held in worker.skills}
    more = (HeldSkill(skill=skill, level=CLAIMED_LEVEL),) if skill and is_new else ()
    return replace(worker, unread=unread, skills=worker.skills + more)


def check_village(code: str) -> None:
    """:raises VillageUnknown: no village has this code; with those near it."""
    try:
        regions.village(code)
    except regions.RegionUnknown as error:
        near = ", ".join(f"{village.code} {village.name}" for village in regions.suggest(code))
        said = f"No village has this code; near it: {near}." if near else "No village has this code."
        raise VillageUnknown(code[:40], fields={"/village": said}) from error
