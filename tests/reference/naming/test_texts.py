"""How often texts are read right: 1,412 of them, labelled by hand; no label is no skill of the taxonomy."""

import csv
from collections import Counter
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def judged(index, taxonomy):
    """Return the texts with their label, what was read and how that is to be judged."""
    with Path(__file__).with_name("texts.csv").open(encoding="utf-8", newline="") as file:
        labelled = [(row["text"], row["skill"]) for row in csv.DictReader(file)]
    assert {skill for _, skill in labelled} - {""} <= taxonomy.keys()
    return [(text, skill, index.read(text).concept or "") for text, skill in labelled]


class TestTheTexts:
    def test_are_mostly_read_right_and_hardly_ever_wrong(self, judged):
        wrong = [each for each in judged if each[2] not in {each[1], ""}]
        right = sum(skill == read for _, skill, read in judged)

        assert right / len(judged) >= 0.97
        assert len(wrong) / len(judged) <= 0.003, wrong

    def test_are_mostly_known_where_they_are_skills(self, judged):
        counted = Counter(skill == read for _, skill, read in judged if skill)

        assert counted[True] / counted.total() >= 0.965
