"""The spreadsheets of the demo: all there, and nobody real in them."""

import csv
import io
import json
import re
from functools import cache
from pathlib import Path

import pytest
from python_calamine import load_workbook

from deploy.demo import intakes
from deploy.demo.institutions import FOLDER, TABLE, institutions
from services.reference import regions

SAMPLE = Path(__file__).parents[1] / "registry/sample/answers.json"
# What clerks leave between digits; some of it cannot be seen.
BETWEEN_DIGITS = re.compile(r"[\s.'`()\u2019\u200b-\u200d\ufeff-]")


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the demo's data needs none."""


@cache
def answers():
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


def sheets(path):
    """Yield the rows of each sheet of a file, as text."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        for name in book.sheet_names:
            yield [[as_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
    else:
        text = path.read_bytes().decode("utf-8-sig", "replace")
        yield list(csv.reader(io.StringIO(text, newline=""), delimiter=max(";,", key=text.count)))


def as_text(cell):
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def cells(field):
    """Return what stands in the columns of a field, in all files."""
    found = []
    for said in answers()["files"]:
        headings = {heading for heading, of in said["columns"].items() if of == field}
        for rows in sheets(FOLDER / said["file"]):
            columns = {column for row in rows for column, cell in enumerate(row) if cell.strip() in headings}
            found += [row[column] for column in columns for row in rows if len(row) > column]
    return found


def digits(field, form):
    """Return the cells of a field that have this form once they hold no more than digits."""
    return [found for cell in cells(field) if (found := re.fullmatch(form, BETWEEN_DIGITS.sub("", cell)))]


class TestTheSpreadsheetsOfTheDemo:
    def test_are_43_and_each_is_sent_by_an_institution_of_its_own(self):
        files = {path for path in FOLDER.iterdir() if path.suffix in {".csv", ".xlsx"}} - {TABLE}

        assert len(files) == 43
        assert files == {institution.file for institution in institutions()}
        assert len({institution.name.casefold() for institution in institutions()}) == len(institutions()) == 43

    def test_are_those_of_which_it_is_known_what_is_to_become_of_them(self):
        sent = [(institution.file.name, institution.name) for institution in institutions()]

        assert sent == [(said["file"], said["institution"]) for said in answers()["files"]]
        assert answers()["as_of"] == intakes.AS_OF

    def test_come_from_institutions_of_known_kinds_all_over_balangan(self):
        places = {regions.village(institution.village).district for institution in institutions()}

        assert {institution.kind for institution in institutions()} == {"LPK", "LKP", "BLK"}
        assert places == {district.code for district in regions.districts_of()}

    def test_tell_of_people_in_villages_that_there_are(self):
        for person in answers()["persons"]:
            assert regions.village(person["village"]).code.startswith("63.11.")

    def test_hold_no_nik_that_can_be_anybodys(self):
        serials = [int(found[1]) for found in digits("nik", r"\d{12}(\d{4})")]

        assert len(serials) > 1500
        assert [serial for serial in serials if 0 < serial < 9000] == []

    def test_hold_no_phone_that_can_be_anybodys(self):
        numbers = [found[1] for found in digits("phone", r"(?:\+?62|0)?8\d\d(\d{6,8})")]

        assert len(numbers) > 1500
        assert [number for number in numbers if not number.startswith("0000")] == []

    def test_hold_no_e_mail_address_that_can_be_anybodys(self):
        hosts = [host for cell in cells("email") for host in re.findall(r"@([\w.-]+)", cell)]

        assert len(hosts) > 300
        assert set(hosts) == {"example.com", "example.net", "example.org"}


class TestWhatIsSaidOfASpreadsheet:
    def test_is_how_many_of_its_lines_met_which_fate(self):
        outcomes = {"reject": 1, "accept": 20, "review": 5, "warn": 11}

        said = intakes.told({"state": "taken", "outcomes": outcomes})

        assert said == "37 lines: 20 taken, 11 with warnings, 5 to an officer, 1 given back"

    def test_leaves_out_what_happened_to_none(self):
        assert intakes.told({"state": "taken", "outcomes": {"accept": 2}}) == "2 lines: 2 taken"

    @pytest.mark.parametrize(
        ("state", "problem", "said"),
        [("unreadable", "empty", "not taken: empty"), ("reading", None, "not taken: reading")],
    )
    def test_is_why_it_was_not_taken(self, state, problem, said):
        assert intakes.told({"state": state, "problem": problem, "outcomes": {}}) == said
