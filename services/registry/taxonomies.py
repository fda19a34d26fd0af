"""The taxonomies of skills from a terminal: `python -m services.registry.taxonomies import-esco skills.csv`."""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final

from services.registry.database import database
from services.registry.esco import store as esco
from services.registry.esco.model import Difference, EscoSkill
from services.registry.skill import store as skills
from services.registry.taxonomy.model import Taxonomy, TaxonomyUnknown

CHUNK = 500  # skills a transaction
# What we call a column, and what ESCO's own download calls it.
SKILL_COLUMNS: Final = {
    "id": "conceptUri", "label": "preferredLabel", "type": "skillType", "reuse": "reuseLevel", "alt": "altLabels",
}  # fmt: skip
BROADER_COLUMNS: Final = {"concept": "conceptUri", "broader": "broaderUri"}


class Wrong(Exception):
    """A file is not what it should be; the message says where, and what to do."""


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    try:
        if asked.command == "import-esco":
            import_esco(asked.skills, asked.broader)
        check()
    except Wrong as wrong:
        print(wrong, file=sys.stderr)  # noqa: T201 (a command answers on its terminal)
        return 1
    return 0


def import_esco(table: Path, broader_table: Path | None) -> None:
    """Bring ESCO's skills to what the files say, and tell what changed; nothing is written of files that are wrong.

    :raises Wrong: a file cannot be read, or a line of it.
    """
    broader = _broader(broader_table) if broader_table else {}
    ids = {skill.id for skill in _skills(table, broader)}  # a first time, to find what is wrong before it is half done
    difference = Difference()
    for chunk in _chunks(_skills(table, broader)):
        difference += database.transact(esco.keep, chunk, with_broader=broader_table is not None)
    for gone in _chunks(sorted(esco.ids(database.reader()) - ids)):
        difference += database.transact(esco.retire, gone)
    if difference.added or difference.changed or difference.retired:
        database.transact(esco.set_version, _version(table, broader_table))
    _say({name: getattr(difference, name) for name in Difference.__dataclass_fields__})


def check() -> None:
    """Say which version of each taxonomy stands, and how much is in it."""
    for store in (skills, esco):
        try:
            _say_version(store.taxonomy(database.reader()))
        except TaxonomyUnknown as unknown:
            _say({str(unknown.subject): "not imported"})


def _skills(table: Path, broader: Mapping[str, Sequence[str]]) -> Iterator[EscoSkill]:
    seen: dict[str, int] = {}
    for number, line in _lines(table, SKILL_COLUMNS):
        id_ = _id(line["id"])
        if not id_ or not line["label"]:
            raise Wrong(f"{table}, line {number}: id or label is empty. Fill it in, or take the line out.")
        if id_ in seen:
            raise Wrong(f"{table}, line {number}: {id_} stood in line {seen[id_]} already. Take one of them out.")
        seen[id_] = number
        alternatives = dict.fromkeys(each.strip() for each in line["alt"].replace("\n", "|").split("|"))
        yield EscoSkill(
            id=id_,
            label=line["label"],
            type=line["type"] or None,
            reuse=line["reuse"] or None,
            alternatives=tuple(each for each in alternatives if each and each != line["label"]),
            broader=tuple(broader.get(id_, ())),
        )


def _broader(table: Path) -> dict[str, list[str]]:
    found = defaultdict(list)
    for number, line in _lines(table, BROADER_COLUMNS):
        concept, broader = _id(line["concept"]), _id(line["broader"])
        if not concept or not broader:
            raise Wrong(f"{table}, line {number}: one end of the link is empty. Fill it in, or take the line out.")
        found[concept].append(broader)
    return {concept: sorted(set(several)) for concept, several in found.items()}


def _lines(table: Path, columns: Mapping[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Return each line by our names of the columns, with the number of the line where it begins."""
    ended = 1
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            names = _names(table, reader.fieldnames or (), columns)
            for line in reader:
                number, ended = ended + 1, reader.line_num
                if None in line or None in line.values():
                    raise Wrong(f"{table}, line {number}: it has not as many cells as the heading. {QUOTES}")
                yield number, {ours: line[name].strip() for ours, name in names.items()}
    except OSError as error:
        raise Wrong(f"{table}: {error.strerror}. Give the path of a CSV file.") from error
    except UnicodeDecodeError as error:
        raise Wrong(f"{table}: it is not UTF-8. Save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise Wrong(f"{table}, line {ended + 1}: {error}. {QUOTES}") from error


QUOTES: Final = "A cell with a comma or a line's end in it stands in quotes."


def _names(table: Path, headings: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    there = set(headings)
    found = {ours: ours if ours in there else theirs for ours, theirs in columns.items()}
    missing = [ours for ours, name in found.items() if name not in there]
    if missing:
        wanted = f"{','.join(columns)} (or, as ESCO calls them, {','.join(columns.values())})"
        raise Wrong(f"{table}, line 1: no column {', '.join(missing)}. The first line names the columns: {wanted}.")
    return found


def _id(uri: str) -> str:
    return uri.rstrip("/").rpartition("/")[2]


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _version(*tables: Path | None) -> str:
    whole = sha256()
    for table in filter(None, tables):
        whole.update(table.read_bytes())
    return whole.hexdigest()[:12]


def _say_version(taxonomy: Taxonomy) -> None:
    _say({taxonomy.id: taxonomy.version, "since": f"{taxonomy.since:%Y-%m-%d %H:%M} UTC", **taxonomy.counts})


def _say(said: Mapping[str, Any]) -> None:
    print("  ".join(f"{name.replace('_', ' ')}: {value}" for name, value in said.items()))  # noqa: T201 (as above)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m services.registry.taxonomies", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="say the versions of the taxonomies, and how much is in them")
    importing = commands.add_parser("import-esco", help="bring ESCO's skills in, or up to what the files say now")
    importing.add_argument("skills", type=Path, metavar="SKILLS_CSV", help="columns id,label,type,reuse,alt")
    importing.add_argument("broader", type=Path, nargs="?", metavar="BROADER_CSV", help="columns concept,broader")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
