"""The programmes and the institutions that teach them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from services.reference import regions

Row = dict[str, Any]

_DATA = Path(__file__).with_name("data")


@cache
def read(name: str) -> Row:
    """Return one of the demo's own tables; nobody changes what it holds."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def programmes() -> list[Row]:
    """Return the 25 programmes: name, hours and the skills they teach, each up to a level."""
    return [{field: row[field] for field in ("name", "hours", "skills")} for row in read("programmes")["programme"]]


def schemes() -> dict[str, str]:
    """Return under which scheme a programme certifies, by its name."""
    return {row["name"]: row["scheme"] for row in read("programmes")["programme"]}


@cache
def villages() -> tuple[regions.Village, ...]:
    """Return every village of Balangan, by code."""
    return tuple(village for district in regions.districts_of() for village in regions.villages_of(district.code))


def institutions() -> list[Row]:
    """Return the 43 institutions (name, kind, village), the kinds mixed."""
    places = villages()
    rows = [(name, kind) for kind, names in read("institutions").items() for name in names]
    return [
        # 11 and 37 share no factor with 43 and 157: every institution once, spread over the whole regency.
        {"name": name, "kind": kind, "village": places[37 * turn % len(places)].code}
        for turn, (name, kind) in enumerate(rows[11 * turn % len(rows)] for turn in range(len(rows)))
    ]


def taught_by(turn: int) -> list[Row]:
    """Return the two programmes of an institution, by its place in the list; three or four institutions teach each."""
    known = programmes()
    return [known[turn % len(known)], known[(turn + 11) % len(known)]]
