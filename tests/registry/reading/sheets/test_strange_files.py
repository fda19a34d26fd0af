"""Whatever is sent: it is read, or refused with a reason, and never anything else."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.reading.sheets import Unreadable, open_book
from tests.registry.reading.sheets.writing import HEADINGS, PEOPLE, book, lines, table, text

WORKBOOK = book({"Petunjuk": [("Isi",)], "Peserta": table()}, merged={"Peserta": ["A9:C9"]})
PIECES = [
    '"',
    '""',
    ";",
    ",",
    "\t",
    "|",
    "\n",
    "\r",
    "\0",
    " ",
    "\ufeff",
    "NIK",
    "Nama",
    "No",
    "6311010101909001",
    "12/03/2001",
    "L",
    "Jl. A RT 1",
    "Jumlah",
    "<table>",
    "<tr>",
    "<td>",
    "sep=;\n",
    "é",
    "Angkatan II",
    "=1+1",
]


def read(content):
    """Return how many lines a file has, or why it was refused."""
    try:
        return sum(1 for one in open_book(content, "x").tables({}) for _ in one.lines())
    except Unreadable as refused:
        return refused.code


@given(st.binary(max_size=2_000))
@settings(max_examples=150, deadline=None)
def test_bytes_of_no_kind_are_refused(content):
    assert isinstance(read(content), int | str)


@given(st.lists(st.sampled_from(PIECES), max_size=400), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]))
@settings(max_examples=150, deadline=None)
def test_text_of_no_order_is_read_or_refused(pieces, encoding):
    assert isinstance(read("".join(pieces).encode(encoding, "replace")), int | str)


@given(st.integers(0, len(WORKBOOK)))
@settings(max_examples=100, deadline=None)
def test_a_workbook_that_was_cut_is_refused(length):
    assert isinstance(read(WORKBOOK[:length]), int | str)


@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(1, 255)), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_a_workbook_with_wrong_bytes_is_read_or_refused(changes):
    content = bytearray(WORKBOOK)
    for at, change in changes:
        content[at] ^= change
    assert isinstance(read(bytes(content)), int | str)


@given(st.lists(st.tuples(st.integers(0, 3_000), st.integers(1, 255)), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_a_workbook_whose_parts_are_wrong_is_read_or_refused(changes):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = bytearray(old.read(name))
            for at, change in changes:
                part[at % len(part)] ^= change
            new.writestr(name, bytes(part))
    assert isinstance(read(target.getvalue()), int | str)


@given(st.lists(st.integers(0, 11), max_size=12), st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_nobody_is_lost_or_doubled_by_a_quote_in_any_cell(cells, person):
    people = [list(one) for one in PEOPLE]
    for at in cells:
        people[person][at] = f'"{people[person][at]}'
    found = [line.row for line in lines(text([HEADINGS, *people]))]
    assert found == [2, 3, 4, 5, 6]


def test_a_long_text_needs_little_memory():
    import tracemalloc

    person = text([PEOPLE[1]])
    content = (text([HEADINGS]) + person * 6_000).encode()
    tracemalloc.start()
    try:
        count = read(content)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 6_000
    assert most < 10_000_000  # as lists the lines would take 12


@pytest.mark.parametrize("path", sorted(Path("deploy/demo/intake").glob("[0-9][0-9]_*")), ids=lambda path: path.name)
def test_the_files_of_the_demonstration_are_all_understood(path):
    found = open_book(path.read_bytes(), path.name).tables({})
    assert all({"name", "nik"} <= set(one.columns.values()) and not one.unsure for one in found)
    assert not any(line.moved for one in found for line in one.lines())
