"""The 43 training institutions, and the spreadsheet that each of them sends."""

import csv
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("intake")
TABLE = FOLDER / "institutions.csv"


@dataclass(frozen=True, kw_only=True)
class Institution:
    """An institution; kind is LPK (private), LKP (courses) or BLK (community training centre)."""

    name: str
    kind: str
    village: str
    file: Path


def institutions() -> list[Institution]:
    """Return the institutions in the order in which their files come: that of the files' names."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["file"])
    return [
        Institution(name=row["institution"], kind=row["kind"], village=row["village"], file=FOLDER / row["file"])
        for row in rows
    ]
