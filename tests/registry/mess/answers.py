"""The sample's answers in the same terms as the messy files' truth."""

import json
from pathlib import Path
from typing import Any

from tests.registry.mess.truth import CODES, Line

# The columns out of which a field can be read. Programme, batch and period may stand above a table.
_COLUMNS = {
    "birthplace": {"birthplace", "ttl"}, "birth": {"birth", "ttl"}, "address": {"address"},
    "village": {"village", "full_address"}, "issued": {"issued", "validity"}, "expires": {"expires", "validity"},
}  # fmt: skip
_ABOVE = {"programme", "batch", "start", "end"}
_OF_PERSON = ("name", "nik", "sex", "birth", "birthplace", "village", "address", "phone", "email", "education", "major",
              "policy_no", "provider")  # fmt: skip
_OF_ENROLMENT = ("programme", "batch", "start", "end", "result", "cert_no", "scheme", "issuer", "issued", "expires",
                 "policy_from", "policy_until")  # fmt: skip


def load(path: Path) -> list[Line]:
    """Return the lines of an answers.json."""
    answers = json.loads(path.read_text(encoding="utf-8"))
    people = {person["id"]: person for person in answers["persons"]}
    columns = {file["file"]: set(file["columns"].values()) for file in answers["files"]}
    return [_line(line, people[line["person"]], columns[line["file"]]) for line in answers["lines"]]


def programmes(path: Path) -> list[str]:
    return list(json.loads(path.read_text(encoding="utf-8"))["programmes"])


def _line(line: dict[str, Any], person: dict[str, Any], columns: set[str]) -> Line:
    enrolment = person["enrolments"][line["enrolment"]]
    clean = {name: person[name] for name in _OF_PERSON} | {name: enrolment[name] for name in _OF_ENROLMENT}
    values = {
        name: _accepted(name, clean[name], line["seen"])
        for name in clean
        if name in _ABOVE or _COLUMNS.get(name, {name}) & columns
    }
    twice = "duplicate_same_file" in line["codes"]  # What else is wrong with the line was said of the first one.
    if "text_too_long" in line["codes"]:
        values.pop("address", None)
    return Line(
        file=line["file"], sheet=line["sheet"], row=line["row"], first_line=line.get("first_line"),
        person=line["person"],
        outcome=line["outcome"], also_right=tuple(line["also_right"]), codes=frozenset(line["codes"]),
        maybe=frozenset(CODES) if twice else frozenset(), values=values,
        skills=tuple((text, label) for text, label in line["skills"]), dirt=tuple(line["dirt"]),
    )  # fmt: skip


def _accepted(name: str, clean: str, seen: dict[str, str | None]) -> tuple[str | None, ...]:
    if name not in seen:
        return (clean or None,)
    # Where nothing usable stands, nothing is right, and so is the truth out of another cell (birth out of the NIK).
    return (seen[name] or None,) if seen[name] else (None, clean or None)
