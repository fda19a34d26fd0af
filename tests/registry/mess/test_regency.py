"""The mess itself: who is judged by it may trust its rows, its people and its score."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from tests.registry.mess import Line, MessyFile, make_regency
from tests.registry.mess.score import score


@pytest.fixture(scope="module")
def regency() -> list[MessyFile]:
    return make_regency(7, people=150)


class TestMakingARegency:
    def test_makes_the_same_bytes_of_the_same_seed(self, regency):
        assert [file.content for file in make_regency(7, people=150)] == [file.content for file in regency]

    def test_invents_people_whose_numbers_are_nobodys(self, regency):
        for line in _lines(regency):
            numbers = [number for number in line.values.get("nik", ()) if number]
            assert all(int(number[12:]) > 9000 or number.endswith("0000") for number in numbers)
            assert all(re.fullmatch(r"\+628\d\d0000\d{4}", number) for number in line.values.get("phone", ()) if number)
            assert all(address.endswith("@example.com") for address in line.values.get("email", ()) if address)

    def test_says_in_which_row_of_a_workbook_a_line_stands(self, regency):
        for file in regency:
            if file.name.endswith("xlsx"):
                book = load_workbook(io.BytesIO(file.content))
                for line in file.lines:
                    cells = [cell.value for cell in book[line.sheet][line.row]]
                    assert line.cells["nik"] in {*cells, ""}

    def test_says_in_which_record_of_a_text_a_line_stands(self, regency):
        read = 0
        for file in regency:
            delimiter = {"plain_semicolon": ";", "semicolon_bom": ";", "quoted": ",", "embedded_newlines": ","}.get(
                file.traits[0]
            )
            records = delimiter and list(
                csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
            )
            for line in file.lines if records else ():
                read += 1
                assert str(line.cells["skills"] or "").split("\n")[0] in "\n".join(records[line.row - 1])
        assert read


class TestScoring:
    def test_finds_no_fault_in_the_truth_itself(self, regency):
        lines = _lines(regency)
        found = score([_told(line) for line in lines], lines)
        assert found.counts["found"] == found.counts["lines"] == found.counts["outcome_right"]
        assert found.counts["code_hit"] == found.counts["code_expected"]
        assert not {kind: texts for kind, texts in found.examples.items() if texts}

    def test_sees_what_was_lost_invented_and_taken_too_softly(self, regency):
        lines = _lines(regency)
        told = [_told(line) | {"outcome": "accept", "codes": []} for line in lines[1:]]
        found = score([*told, told[0] | {"row": 9999}], lines)
        assert (found.counts["lost"], found.counts["invented"]) == (1, 1)
        assert found.counts["too_soft"] > 0

    def test_counts_two_people_who_were_taken_for_one(self, regency):
        lines = _lines(regency)
        found = score([_told(line) | {"worker": "the same"} for line in lines[:2]], lines)
        assert found.counts["merged"] == 1


def _lines(files: list[MessyFile]) -> list[Line]:
    return [line for file in files for line in file.lines]


def _told(line: Line) -> dict:
    values = {name: accepted[0] for name, accepted in line.values.items()}
    told = {
        "file": line.file,
        "sheet": line.sheet,
        "row": line.row,
        "outcome": line.outcome,
        "codes": sorted(line.codes),
    }
    return told | {"values": values, "skills": [list(pair) for pair in line.skills], "worker": line.person}
