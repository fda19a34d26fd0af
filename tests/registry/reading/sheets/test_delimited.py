"""Delimited text: what a clerk's program, and a clerk, make of it."""

import pytest

from tests.registry.reading.sheets.writing import HEADINGS, NAMES, PEOPLE, lines, names, said, table, tables, text


class TestDelimiters:
    @pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
    def test_are_found_by_what_the_lines_agree_on(self, delimiter):
        assert names(text(table(), delimiter)) == NAMES

    def test_are_not_confused_by_lists_in_the_cells(self):
        people = [(*person, "las, jahit, tata boga, komputer, K3") for person in PEOPLE]
        content = text([(*HEADINGS, "Keterampilan"), *people])
        assert said(content, "skills") == ["las, jahit, tata boga, komputer, K3"] * 5

    def test_are_taken_from_a_first_line_that_tells(self):
        content = "sep=|\r\n" + text(table(), "|")
        assert [line.row for line in lines(content)] == [3, 4, 5, 6, 7]
        assert names(content) == NAMES

    def test_may_end_every_line(self):
        content = text([(*row, "", "", "") for row in table()])
        assert [line.moved for line in lines(content)] == [False] * 5


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
    def test_are_found_without_being_told(self, encoding):
        people = [(*PEOPLE[0][:1], "Noór Ju\u2019uh", *PEOPLE[0][2:]), *PEOPLE[1:]]
        assert names(text(table(people=people)).encode(encoding))[0] == "Noór Ju\u2019uh"

    def test_may_be_mixed_in_one_file(self):
        first = text([HEADINGS, ("1", "José Satu", *PEOPLE[0][2:])]).encode("utf-8")
        second = text([("2", "José Dua \u2013 \u201cD\u201d", *PEOPLE[1][2:])]).encode("cp1252")
        assert names(first + second) == ["José Satu", "José Dua \u2013 \u201cD\u201d"]

    def test_may_be_mixed_in_one_line(self):
        line = b"1;Jos\xc3\xa9 Jos\xe9;" + text([PEOPLE[0][2:]]).encode()
        assert names(text([HEADINGS]).encode() + line) == ["José José"]

    def test_that_were_confused_once_are_put_right(self):
        confused = text([HEADINGS, ("1", "José Ju\u2019uh", *PEOPLE[0][2:])]).encode().decode("cp1252")
        assert names(confused) == ["José Ju\u2019uh"]

    def test_stray_signs_are_no_part_of_a_cell(self):
        content = text(table()).replace("NIK", "\ufeffNIK").replace("Sari", "\0Sari\0")
        assert names(content + "\x1a") == NAMES
        assert tables(content)[0].columns[2] == "nik"


class TestLines:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
    def test_may_end_in_any_way(self, end):
        assert names(text(table(), end=end)) == NAMES

    def test_are_numbered_by_record_and_by_physical_line(self):
        people = [(*person[:6], '"Jl. Masjid\nRT 2\nLajar"', *person[7:]) for person in PEOPLE]
        found = lines(text([("DATA PESERTA",), (), HEADINGS, *people]))
        assert [(line.row, line.first_line) for line in found] == [(4, 4), (5, 7), (6, 10), (7, 13), (8, 16)]
        assert found[0].fields["address"] == "Jl. Masjid\nRT 2\nLajar"

    def test_that_are_blank_count(self):
        found = lines(text([HEADINGS, PEOPLE[0], (), ("",) * 12, PEOPLE[1]]))
        assert [line.row for line in found] == [2, 5]


class TestQuotes:
    def test_keep_delimiters_and_doubled_quotes_in_a_cell(self):
        content = text([HEADINGS, (*PEOPLE[0][:6], '"Jl. ""Mawar""; RT 2"', *PEOPLE[0][7:])])
        assert said(content, "address") == ['Jl. "Mawar"; RT 2']

    def test_that_nobody_doubled_stay(self):
        content = text([HEADINGS, (*PEOPLE[0][:6], '"Jl. "Mawar" RT 2"', *PEOPLE[0][7:])])
        assert said(content, "address") == ['Jl. "Mawar" RT 2']

    def test_that_never_close_swallow_nobody(self):
        people = [(*PEOPLE[0][:6], '"Jl. Mawar', *PEOPLE[0][7:]), *PEOPLE[1:]]
        assert names(text(table(people=people))) == NAMES

    def test_that_open_on_several_lines_swallow_nobody(self):
        people = [(*person[:6], f'"{person[6]}', *person[7:]) for person in PEOPLE]
        assert names(text(table(people=people))) == NAMES

    def test_that_open_before_a_quoted_cell_swallow_nobody(self):
        people = [
            (*PEOPLE[0][:6], '"Jl. Mawar', *PEOPLE[0][7:]),
            (*PEOPLE[1][:6], '"Gg. ""B"""', *PEOPLE[1][7:]),
            *PEOPLE[2:],
        ]
        assert names(text(table(people=people))) == NAMES

    def test_around_a_whole_line_are_taken_off(self):
        wrapped = ['"' + ";".join(person).replace('"', '""') + '"' for person in PEOPLE]
        assert names(text([HEADINGS]) + "\r\n".join(wrapped)) == NAMES

    def test_around_every_whole_line_are_taken_off(self):
        wrapped = ['"' + ",".join(row) + '"' for row in table()]
        assert names("\r\n".join(wrapped)) == NAMES

    def test_around_a_line_of_headings_of_several_lines(self):
        headings = ('"Nama Lengkap\n(huruf kapital)"', '"NIK\n(16 digit)"', '"Tempat, Tanggal Lahir"')
        content = text([headings, *((name, nik, '"Paringin, 01/01/1990"') for _, name, nik, *_ in PEOPLE)], ",")
        assert names(content) == NAMES
        assert said(content, "ttl") == ["Paringin, 01/01/1990"] * 5

    def test_that_are_missing_around_a_line_break_lose_nobody(self):
        people = [*PEOPLE[:2], (*PEOPLE[2][:6], "Jl. A. Yani\nRT 7", *PEOPLE[2][7:]), *PEOPLE[3:]]
        assert names(text(table(people=people))) == NAMES
        assert said(text(table(people=people)), "address")[2] == "Jl. A. Yani\nRT 7"


class TestCellsThatMoved:
    def test_are_told_and_put_back(self):
        people = [*PEOPLE[:2], (*PEOPLE[2][:6], "Jl. A. Yani", "RT 7", *PEOPLE[2][7:]), *PEOPLE[3:]]
        found = lines(text(table(people=people)))
        assert [line.moved for line in found] == [False, False, True, False, False]
        assert found[2].fields["address"] == "Jl. A. Yani, RT 7"
        assert found[2].fields["phone"] == "081200000003"
        assert found[2].cells[7] == "RT 7"

    def test_are_told_where_one_is_missing(self):
        people = [*PEOPLE[:2], (*PEOPLE[2][:3], *PEOPLE[2][4:]), *PEOPLE[3:]]
        found = lines(text(table(people=people)))
        assert [line.moved for line in found] == [False, False, True, False, False]
        assert found[2].fields["birth"] == "20/06/1998"

    def test_are_told_where_the_last_ones_are_cut_off(self):
        people = [*PEOPLE[:2], PEOPLE[2][:8], *PEOPLE[3:]]
        assert [line.moved for line in lines(text(table(people=people)))] == [False, False, True, False, False]

    def test_are_not_seen_where_a_file_leaves_out_blank_ends(self):
        people = [person[:12] if at % 2 else person[:10] for at, person in enumerate(PEOPLE)]
        assert not any(line.moved for line in lines(text(table(people=people))))

    def test_are_not_seen_in_a_line_that_is_only_dirty(self):
        dirty = ("2", "Budi Laksana", "belum ada", "", "tidak tahu", "x", "", "?", "", "08xx", "sekolah", "menunggu")
        assert not any(line.moved for line in lines(text(table(people=[PEOPLE[0], dirty, *PEOPLE[2:]]))))
