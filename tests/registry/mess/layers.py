"""What the pure layers alone make of a file: sheets, fields, names of skills and programmes, no database."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from services.reference.naming import Index, Term
from services.registry import programme, skill
from services.registry.programme.model import Naming, Programme
from services.registry.reading import codes, line
from services.registry.reading.cells import Cell
from services.registry.reading.fields.dates import is_month_first
from services.registry.reading.sheets import open_book
from tests.registry.mess.score import Result
from tests.registry.mess.truth import AS_OF

_HABIT = 500  # lines that show how the file writes dates


def read(content: bytes, file_name: str) -> Iterator[Result]:
    """Yield what each line says, in the form that the score takes; raise Unreadable as the layers do."""
    tables = open_book(content, file_name).tables({})
    raws = [raw for table in tables for raw in table.lines()]
    month_first = is_month_first(raw.fields for raw in islice(raws, _HABIT))
    for raw in raws:
        yield {"file": file_name, "sheet": raw.sheet, "row": raw.row} | said(
            raw.fields, month_first=month_first, moved=raw.moved
        )


def said(fields: Mapping[str, Cell], *, month_first: bool = False, moved: bool = False) -> dict[str, Any]:
    """Return outcome, codes, values and skills of one line by itself."""
    context = line.Context(today=AS_OF, month_first=month_first, programme=_programmes().find)
    found = line.read_line(fields, context)
    readings = _skills().read_list(found.values.skills) if found.values.skills else []
    given = [
        *found.codes,
        *(["row_unreadable"] if moved else []),
        *(["skill_unknown"] if any(one.concept is None for one in readings) else []),
    ]
    values = asdict(found.values)
    values["programme"] = _labels().get(values["programme"] or "")
    return {
        "outcome": codes.outcome(given), "codes": given, "values": values,
        "skills": [[one.text, one.concept] for one in readings],
    }  # fmt: skip


def skill_of(label: str) -> str | None:
    """Return our skill for one of the sample's labels."""
    return _skills().read(label).concept


@cache
def _skills() -> Index:
    return Index(_terms("skill/taxonomy.csv", ("label_id", "label_en"), "synonyms"))


@cache
def _programmes() -> Naming:
    return Naming(
        Programme(
            id=row["id"], version=1, name=row["name"], hours=0, skills=(),
            aliases=tuple(row["aliases"].split(";")), schemes=tuple(row["schemes"].split(";")),
        )
        for row in _rows("programme/programmes.csv")
    )  # fmt: skip


@cache
def _labels() -> dict[str, str]:
    return {row["id"]: row["name"] for row in _rows("programme/programmes.csv")}


def _terms(table: str, labels: tuple[str, ...], others: str) -> Iterator[Term]:
    for row in _rows(table):
        texts = [row[label] for label in labels] + row[others].split(";")
        yield from (Term(row["id"], text.strip()) for text in texts if text.strip())


def _rows(table: str) -> list[dict[str, str]]:
    folder = Path((skill if table.startswith("skill") else programme).__path__[0]).parent
    with (folder / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
