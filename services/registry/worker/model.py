"""A worker: a person who can work, or looks for work."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from services.common.errors import Conflict, Missing, Refused
from services.reference import regions

AVAILABILITIES = ("available", "in_training", "interning", "employed", "inactive")
NIK = re.compile(r"\d{16}")
WOMAN = 40  # added to the day of birth in a woman's NIK
YOUNGEST, OLDEST = 15, 80


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
    sex: str  # L (man) or P (woman)
    village: str
    address: str | None
    phone: str | None  # E.164
    email: str | None
    education: str
    availability: str
    available_from: date | None
    skills: tuple[HeldSkill, ...]
    created_at: datetime

    @property
    def district(self) -> str:
        return regions.village(self.village).district


def doubts(nik: str | None, *, birth_date: date, sex: str, today: date) -> tuple[str, ...]:
    """Return what does not add up: a NIK is RRRRRR DDMMYY SSSS, the day counted 40 higher for women.

    None of it is a reason to refuse a person; an officer looks at it..
    """
    found = []
    if not YOUNGEST <= _age(birth_date, today) <= OLDEST:
        found.append("age_out_of_range")
    if nik is None:
        return (*found, "nik_missing")
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    if (day > WOMAN) != (sex == "P"):
        found.append("nik_sex_mismatch")
    if (day % WOMAN, month, year) != (birth_date.day, birth_date.month, birth_date.year % 100):
        found.append("nik_date_mismatch")
    if nik[12:] == "0000":
        found.append("nik_serial_zero")
    return tuple(found)


def check_village(code: str) -> None:
    """:raises VillageUnknown: no village has this code; with those near it."""
    try:
        regions.village(code)
    except regions.RegionUnknown as error:
        near = ", ".join(f"{village.code} {village.name}" for village in regions.suggest(code))
        said = f"No village has this code; near it: {near}." if near else "No village has this code."
        raise VillageUnknown(code[:40], fields={"/village": said}) from error


def _age(birth_date: date, today: date) -> int:
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (not had_birthday)
