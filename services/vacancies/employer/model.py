"""An employer: who offers work."""

from dataclasses import dataclass
from datetime import date

from services.common.errors import Conflict, Missing, Refused
from services.reference import regions

STATUSES = ("pending", "verified", "suspended")


class EmployerUnknown(Missing):
    """No employer has this id."""


class NibTaken(Conflict):
    """An employer with this NIB is registered already, at the address in Location."""

    path = "/v1/employers/{}"


class EmployerVerified(Conflict):
    """This employer is verified already."""


class EmployerSuspended(Conflict):
    """This employer is suspended already."""


class VillageUnknown(Refused):
    """There is no village with this code."""


@dataclass(frozen=True, kw_only=True)
class Employer:
    id: str
    version: int
    name: str
    nib: str  # Nomor Induk Berusaha, 13 digits
    sector: str  # KBLI, 5 digits
    village: str
    status: str
    created_on: date

    @property
    def district(self) -> str:
        return regions.village(self.village).district


def village_faults(code: str) -> dict[str, str]:
    """Return what is wrong with a village's code by JSON pointer, with the villages near it; empty when it is right."""
    try:
        regions.village(code)
    except regions.RegionUnknown:
        near = ", ".join(f"{village.code} {village.name}" for village in regions.suggest(code))
        return {"/village": f"No village has this code; near it: {near}." if near else "No village has this code."}
    return {}
