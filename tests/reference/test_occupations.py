"""Occupations of KBJI 2014."""

import pytest

from services.reference import occupations
from services.reference.occupations import Occupation, OccupationUnknown


def found(text, limit=10):
    return [each.code for each in occupations.search(text, limit)]


class TestAnOccupation:
    def test_is_found_by_its_code_and_knows_its_group(self):
        assert occupations.occupation("7212.01") == Occupation("7212.01", "Pekerja Pengelasan", "7212")

    @pytest.mark.parametrize("code", ["", "10", "7212.0", "721201", "Pekerja Pengelasan", "7212.01 "])
    def test_is_unknown_by_anything_else(self, code):
        with pytest.raises(OccupationUnknown):
            occupations.occupation(code)

    def test_stands_in_four_groups(self):
        assert [group.code for group in occupations.parents("7212.01")] == ["7", "72", "721", "7212"]

    def test_stands_in_none_as_a_major_group(self):
        assert occupations.parents("7") == []

    def test_has_no_groups_where_there_is_none(self):
        with pytest.raises(OccupationUnknown):
            occupations.parents("7299.01")


class TestSearchingOccupations:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Operator Forklift", "8344"), ("tukang las", "7212.01"), ("pengelasn", "7212"), ("penjahit", "7533.02"),
            ("mekanik sepeda mtor", "7231.04"), ("satpam", "5414.01"), ("barista", "5132.00"),
            ("sopir truk", "8332.01"),
            ("petani karet", "6112.01"), ("entri data", "4132"), ("excavator operator", "8342.02"),
            ("guru tk", "2342.01"),
        ],
    )  # fmt: skip
    def test_finds_what_people_say(self, text, code):
        assert code in found(text)

    def test_gives_no_more_than_asked_for(self):
        assert len(found("operator mesin", 3)) == 3

    def test_finds_nothing_by_nothing(self):
        assert found("") == []

    def test_finds_by_everyday_names_what_there_is(self):
        codes = {row["code"] for row in occupations._rows("kbji2014_everyday.csv")}  # noqa: SLF001 (no other way in)

        assert [occupations.occupation(code).code for code in sorted(codes)] == sorted(codes)
