"""An institution that trains or certifies: LPK, BLK, LKP, LSP, or a company."""

from dataclasses import dataclass

from services.common.errors import Conflict, Missing
from services.reference import regions


class InstitutionUnknown(Missing):
    """No institution has this id."""


class InstitutionTaken(Conflict):
    """An institution of this name is registered already, at the address in Location."""

    path = "/v1/institutions/{}"


@dataclass(frozen=True, kw_only=True)
class Institution:
    id: str
    version: int
    name: str
    kind: str
    village: str

    @property
    def district(self) -> str:
        return regions.village(self.village).district
