"""Two employers and their twenty vacancies."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from services.reference import wages

Row = dict[str, Any]

TABLE = Path(__file__).parent / "data" / "vacancies.toml"
# What stands in the table in another form than in the vacancy.
COUNTED = {"over_floor_idr", "starts_in_days", "closes_in_days"}


def by_employer(today: date) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each employer (name, nib, sector, village) with its vacancies, open today."""
    for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["employer"]:
        employer = {field: value for field, value in row.items() if field != "vacancy"}
        yield employer, [_vacancy(told, employer["sector"], today) for told in row["vacancy"]]


def _vacancy(told: Row, sector: str, today: date) -> Row:
    starts_on = today + timedelta(days=told["starts_in_days"])
    # A floor that is decreed later lifts the demo's wages with it.
    lowest, highest = (wages.floor_idr(starts_on, sector) + over for over in told["over_floor_idr"])
    return {
        "education": None,
        **{field: value for field, value in told.items() if field not in COUNTED},
        "wage_min_idr": lowest,
        "wage_max_idr": highest,
        "starts_on": starts_on.isoformat(),
        "closes_on": (today + timedelta(days=told["closes_in_days"])).isoformat(),
    }
