"""A training that one may join: a batch, with what its programme teaches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.reference import regions

FAR_KM = 10_000.0  # where nobody knows where it is


@dataclass(frozen=True, kw_only=True)
class Training:
    """batch: its id. skills: level by skill, as whoever passes has them. places_left: None: as many as come."""

    batch: str
    programme: str
    institution: str
    district: str | None
    starts_on: date | None
    places_left: int | None
    skills: Mapping[str, int]

    def teaches(self, skill: str, level: int) -> bool:
        return self.skills.get(skill, 0) >= level

    def order(self, district: str) -> tuple[float, date, str]:
        """Return what puts the nearest first, then those that begin soonest."""
        km = regions.distance_km(district, self.district) if self.district else FAR_KM
        return km, self.starts_on or date.max, self.batch
