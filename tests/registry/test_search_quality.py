"""How often a search among the taxonomy's skills finds what is meant."""

import csv
from pathlib import Path

import pytest

from services.reference.naming import Index, Term

TAXONOMY = Path(__file__).parents[2] / "services" / "registry" / "skill" / "taxonomy.csv"


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: words need none."""


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def terms():
    for row in rows(TAXONOMY):
        for text in (row["label_id"], row["label_en"], *filter(None, row["synonyms"].split(";"))):
            yield Term(row["id"], text)


@pytest.fixture(scope="module")
def missed():
    """Return the queries of which no meaning is among the first ten, and how many queries there are."""
    index, queries = Index(terms()), rows(Path(__file__).with_name("queries.csv"))
    found = [({hit.concept for hit in index.search(row["query"], 10)}, row) for row in queries]
    return [row["query"] for skills, row in found if skills.isdisjoint(row["skill"].split("|"))], len(queries)


class TestTheSearchOfSkills:
    def test_finds_what_is_meant_among_the_first_ten(self, missed):
        queries, total = missed

        assert total >= 300
        assert 1 - len(queries) / total >= 0.95, queries
