"""The skills that the registry starts with."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

TAXONOMY = Path(__file__).parents[2] / "services/registry/skill/taxonomy.csv"


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the table is a file."""


@pytest.fixture
def rows():
    with TAXONOMY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestTheTaxonomy:
    def test_has_30_skills_with_ids_that_fit_into_an_address(self, rows):
        assert len({row["id"] for row in rows}) == 30
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", row["id"]) for row in rows)

    def test_has_both_labels_and_a_group_for_each(self, rows):
        assert all(row[field].strip() for row in rows for field in ("label_id", "label_en", "group", "synonyms"))

    def test_leads_no_word_to_two_skills_and_none_twice_to_one(self, rows):
        words = Counter(
            word.strip().casefold()
            for row in rows
            for word in (row["label_id"], row["label_en"], *row["synonyms"].split(";"))
        )

        assert [word for word, times in words.items() if times > 1] == []
