"""Dated wage floors of South Kalimantan, in rupiah a month.

Balangan set no floor of its own for 2025 and 2026, and so follows the province.
The figures of a year are decreed in the December before it: add a row then.
"""

from dataclasses import dataclass
from datetime import date


class WageFloorUnknown(LookupError):
    """No wage floor is known for so early a day."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A wage floor, from a day until a later one of the same sector takes its place.

    sector: the leading digits of the KBLI 2020 codes that it covers; empty for every one.
    """

    since: date
    idr: int
    sector: str = ""


FLOORS = (
    # Keputusan Gubernur Kalimantan Selatan 100.3.3.1/01060/KUM/2024 (UMP 2025): 6.5 % over Rp 3,282,812
    Floor(date(2025, 1, 1), 3_496_195),
    # Keputusan Gubernur Kalimantan Selatan 100.3.3.1/01101/KUM/2025 (UMP and UMSP 2026)
    Floor(date(2026, 1, 1), 3_725_000),
    Floor(date(2026, 1, 1), 3_770_000, sector="051"),  # coal mining
    Floor(date(2026, 1, 1), 3_730_000, sector="01262"),  # oil palm plantations
    Floor(date(2026, 1, 1), 3_730_000, sector="1043"),  # palm oil mills
    Floor(date(2026, 1, 1), 3_759_000, sector="351"),  # electric power
)


def floor_idr(on: date, sector: str | None = None) -> int:
    """Return the lowest monthly wage that is allowed on a day.

    :param sector: the employer's KBLI code. Where its sector has no floor, or a lower one than
        the province's by then, the province's counts.

    Past the last decree its figures go on, as a lower bound. Raises WageFloorUnknown before the first one.
    """
    kbli = sector or ""
    newest = {floor.sector: floor.idr for floor in FLOORS if floor.since <= on and kbli.startswith(floor.sector)}
    if not newest:
        raise WageFloorUnknown(on.isoformat())
    return max(newest.values())
