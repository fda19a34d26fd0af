"""A worker: a person who can work, or looks for work."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.common.errors import Conflict, Missing, Refused
from services.reference import nik as niks
from services.reference import regions

AVAILABILITIES = ("available", "in_training", "interning", "employed", "inactive")
NIK = re.compile(r"\d{16}")
NIK_UNPROVEN = "nik_unproven"  # the worker alone says it: an officer confirms it with the identity card
NIK_TAKEN = "nik_taken"  # somebody else stands under the NIK: only the office learns that
DOUBTS = (
    "age_out_of_range", "nik_missing", "nik_sex_mismatch", "nik_date_mismatch", "nik_serial_zero",
    NIK_UNPROVEN, NIK_TAKEN,
)  # fmt: skip
GROWN_UP = 18  # years; whoever is younger needs a guardian's consent
KINDS = ("job", "internship")
PSEUDONYMOUS = "pseudonymous"  # employers find them by what they can, and see no name
VISIBILITIES = ("hidden", PSEUDONYMOUS, "open")
CONSENTS_KEPT = 100  # the newest, so that no row grows without end; `acts` know of all
CLAIMED_LEVEL = 2  # of 5, where somebody says a skill and no level: more than a beginner is for proofs to say


class WorkerUnknown(Missing):
    """No worker has this id."""


class NikTaken(Conflict):
    """A worker with this NIK is registered already: change that one, at the address in Location."""

    path = "/v1/workers/{}"


class TooYoung(Refused):
    """Whoever is under 15 cannot be registered yet: ask at the manpower office which training there is until then."""


class GuardianMissing(Refused):
    """Whoever is under 18 needs the consent of a parent or guardian to register."""


class VillageUnknown(Refused):
    """There is no village with this code."""


class DistrictsUnknown(Refused):
    """Some districts do not exist; each is named with those near it."""


@dataclass(frozen=True, kw_only=True)
class HeldSkill:
    skill: str
    level: int  # 1 to 5, as the worker says


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What work somebody wishes for; what is empty or None may be anything."""

    kinds: tuple[str, ...]  # of KINDS
    min_wage_idr: int | None  # a month
    districts: tuple[str, ...]  # codes


@dataclass(frozen=True, kw_only=True)
class Consent:
    """Who said, and when, how visible a worker is to employers: the worker, or an officer to whom they said it."""

    visibility: str  # of VISIBILITIES
    by: str  # the account
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Worker:
    id: str
    version: int
    name: str
    nik: str | None
    doubts: tuple[str, ...]  # of DOUBTS: what does not add up, for an officer to decide
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
    visibility: str = PSEUDONYMOUS
    hidden_from: tuple[str, ...] = ()  # ids of employers, whom the registry does not know
    wishes: Wishes | None = None
    consents: tuple[Consent, ...] = ()  # the newest last

    @property
    def district(self) -> str:
        return regions.village(self.village).district

    @property
    def said_own_will(self) -> bool:
        return self.wishes is not None or bool(self.consents)

    @property
    def stands_under_nik(self) -> bool:
        """Whether it is who is found by the NIK: whoever knows somebody's could say it, so saying it is not enough."""
        return self.nik is not None and not {NIK_UNPROVEN, NIK_TAKEN} & {*self.doubts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """As much of a worker as tells whether somebody else is the same person."""

    worker_id: str
    name: str
    birth: date
    nik_mark: str | None
    phone_mark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """As much of a worker as a list shows to the office."""

    id: str
    name: str
    village: str


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


def doubted(worker: Worker, today: date, *, is_unproven: bool, is_taken: bool) -> Worker:
    """Return the worker with its doubts worked out anew.

    :param is_unproven: nobody but the worker says that the NIK is theirs.
    :param is_taken: somebody else stands under its NIK.
    """
    found = doubts(worker.nik, birth_date=worker.birth_date, sex=worker.sex, today=today)
    of_nik = [doubt for doubt, is_so in ((NIK_UNPROVEN, is_unproven), (NIK_TAKEN, is_taken)) if is_so]
    return replace(worker, doubts=(*found, *of_nik) if worker.nik else found)


def confirmed(worker: Worker, *, is_taken: bool) -> Worker:
    """Return the worker with the NIK proven; one that is somebody else's stays a doubt."""
    others = tuple(doubt for doubt in worker.doubts if doubt not in {NIK_UNPROVEN, NIK_TAKEN})
    return replace(worker, doubts=(*others, NIK_TAKEN) if is_taken else others)


def for_itself(worker: Worker) -> Worker:
    """Return the worker as it sees itself: whether somebody stands under a NIK is not to be found out by saying it."""
    return replace(worker, doubts=tuple(doubt for doubt in worker.doubts if doubt != NIK_TAKEN))


def check_age(birth_date: date, today: date, *, guardian_consents: bool) -> None:
    """:raises TooYoung: for anybody's consent. :raises GuardianMissing: nobody consented for whoever is not of age."""
    if niks.age(birth_date, today) < niks.YOUNGEST:
        raise TooYoung(fields={"/birth_date": TooYoung.sentence()})
    if needs_guardian(birth_date, today) and not guardian_consents:
        raise GuardianMissing(fields={"/guardian_consents": GuardianMissing.sentence()})


def needs_guardian(birth_date: date, today: date) -> bool:
    return niks.age(birth_date, today) < GROWN_UP


def consented(worker: Worker, consent: Consent, hidden_from: Sequence[str]) -> Worker:
    """Return the worker as visible as was said; what was said before is not noted again."""
    last = worker.consents[-1].visibility if worker.consents else None
    consents = worker.consents if last == consent.visibility else (*worker.consents, consent)[-CONSENTS_KEPT:]
    return replace(worker, visibility=consent.visibility, hidden_from=tuple(hidden_from), consents=consents)


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


def check_districts(codes: Sequence[str]) -> None:
    """:raises DistrictsUnknown: some codes are of no district; each with those near it."""
    wrong = {f"/districts/{n}": _no_district(code) for n, code in enumerate(codes) if not _is_district(code)}
    if wrong:
        raise DistrictsUnknown(fields=wrong)


def _is_district(code: str) -> bool:
    try:
        regions.district(code)
    except regions.RegionUnknown:
        return False
    return True


def _no_district(code: str) -> str:
    home = {said.casefold(): place for place in regions.districts_of() for said in (place.code, place.name)}
    found = [home[said] for said in difflib.get_close_matches(code.casefold(), home)]
    near = ", ".join(f"{place.code} {place.name}" for place in dict.fromkeys(found))
    return f"No district has this code; near it: {near}." if near else "No district has this code."
