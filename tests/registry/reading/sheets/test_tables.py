"""Tables below each other, what stands above them, and what is said once for many."""

import pytest

from tests.registry.reading.sheets.writing import HEADINGS, NAMES, PEOPLE, book, lines, names, said, table, tables, text

NUMBERS = [(at, *person[1:]) for at, person in enumerate(PEOPLE, 1)]


class TestTablesBelowEachOther:
    def test_go_on_where_the_headings_are_repeated(self):
        found = tables(book({"P": [HEADINGS, *NUMBERS[:2], (), HEADINGS, *NUMBERS[2:]]}))
        assert len(found) == 1
        assert [line.row for line in found[0].lines()] == [2, 3, 6, 7, 8]

    def test_are_two_where_the_columns_change(self):
        turned = [row[::-1] for row in table(people=NUMBERS[2:])]
        found = tables(book({"P": [("Angkatan I",), HEADINGS, *NUMBERS[:2], ("Angkatan II",), *turned]}))
        assert [len(list(one.lines())) for one in found] == [2, 3]
        assert [line.fields["name"] for one in found for line in one.lines()] == NAMES
        assert [line.fields["batch"] for one in found for line in one.lines()] == ["Angkatan I"] * 2 + [
            "Angkatan II"
        ] * 3

    def test_without_headings_are_read_by_their_cells(self):
        found = tables(text(PEOPLE))
        assert [line.fields["name"] for line in found[0].lines()] == NAMES
        assert {"name", "nik", "birth", "sex", "phone", "education"} <= set(found[0].columns.values())
        assert found[0].headings[1] == "Kolom 2"

    def test_lose_nobody_above_the_first_headings(self):
        content = text([*PEOPLE[:2], HEADINGS, *PEOPLE[2:]])
        assert names(content) == NAMES


class TestWhatStandsAbove:
    @pytest.mark.parametrize(
        "titles",
        [
            [
                ("DAFTAR PESERTA PELATIHAN LAS SMAW 3G",),
                ("LPK Contoh Karya",),
                ("Angkatan II/2025, 12 Maret 2025 s/d 4 April 2025",),
            ],
            [
                ("LPK Contoh Karya",),
                ("Pelatihan : LAS SMAW 3G",),
                ("Angkatan : II/2025",),
                ("Periode 12 Maret 2025 s/d 4 April 2025",),
            ],
            [
                ("Nama Lembaga", ":", "LPK Contoh Karya"),
                ("Jenis Pelatihan", ":", "LAS SMAW 3G"),
                ("Angkatan", ":", "II/2025"),
                ("Waktu", ":", "12 Maret 2025 s/d 4 April 2025"),
            ],
            [
                ("Lembaga: LPK Contoh Karya", None, None, None, "Program: LAS SMAW 3G"),
                ("Angkatan: II/2025", None, None, None, "Tanggal : 12 Maret 2025 s/d 4 April 2025"),
            ],
        ],
    )
    def test_fills_the_fields_that_have_no_column(self, titles):
        fields = lines(book({"Sheet1": [*titles, (), HEADINGS, *NUMBERS]}))[4].fields
        assert fields["institution"] == "LPK Contoh Karya"
        assert fields["programme"] == "LAS SMAW 3G"
        assert fields["batch"].removeprefix("Angkatan ") == "II/2025"
        assert fields["period"] == "12 Maret 2025 s/d 4 April 2025"

    def test_is_renewed_between_the_people(self):
        first, second = ("Kelas Tata Boga (Angkatan I/2025)",), ("Kelas Barista (Angkatan II/2025)",)
        content = book({"P": [HEADINGS, first, *NUMBERS[:2], (None, "Sub Total", 2), second, *NUMBERS[2:]]})
        assert said(content, "programme") == ["Tata Boga"] * 2 + ["Barista"] * 3
        assert said(content, "batch") == ["Angkatan I/2025"] * 2 + ["Angkatan II/2025"] * 3

    def test_does_not_outdo_a_column(self):
        content = book(
            {"P": [("PELATIHAN LAS",), (*HEADINGS, "Pelatihan"), *((*person, "Barista") for person in NUMBERS)]}
        )
        assert said(content, "programme") == ["Barista"] * 5

    def test_may_be_the_name_of_the_sheet(self):
        content = book({"Angkatan II-2025 Tata Boga": table(people=NUMBERS), "Sheet2": []})
        assert (said(content, "batch")[0], said(content, "programme")[0]) == ("Angkatan II-2025", "Tata Boga")

    def test_tells_nothing_where_it_only_looks_so(self):
        above = [
            ("DINAS TENAGA KERJA KABUPATEN BALANGAN",),
            ("Jl. Pelatihan No. 3 Telp. 0526",),
            ("Perihal : Data Peserta Pelatihan",),
            ("DATA PESERTA PELATIHAN TAHUN 2025",),
        ]
        fields = lines(book({"Sheet1": [*above, HEADINGS, *NUMBERS]}))[0].fields
        assert not {"programme", "batch", "period", "institution"} & set(fields)

    @pytest.mark.parametrize(
        ("title", "field", "value"),
        [
            ("LKP CONTOH INDAH - PELATIHAN TATA BOGA", "programme", "TATA BOGA"),
            ("LKP CONTOH INDAH - PELATIHAN TATA BOGA", "institution", "LKP CONTOH INDAH"),
            ("PELATIHAN BERBASIS KOMPETENSI ANGKATAN III TAHUN ANGGARAN 2025", "programme", None),
            ("Program: Las SMAW 3G, Angkatan: II/2025", "programme", "Las SMAW 3G"),
            ("Daftar Hadir Kelas Barista Gelombang II", "programme", "Barista"),
            ("Pelatihan Operator Komputer di Kecamatan Juai", "programme", "Operator Komputer"),
            ("Kelas : A", "programme", None),
            ("Waktu Pelaksanaan : 3 s.d. 28 Februari 2025", "period", "3 s.d. 28 Februari 2025"),
            ("PERIODE JANUARI S/D MARET 2025", "period", "JANUARI S/D MARET 2025"),
            ("Instruktur : Budi, S.T. (Pelatihan Las)", "programme", None),
        ],
    )
    def test_is_told_by_many_titles(self, title, field, value):
        assert lines(book({"Sheet1": [(title,), HEADINGS, *NUMBERS]}))[0].fields.get(field) == value


class TestWhatIsSaidOnce:
    def test_holds_until_the_next_batch(self):
        told = [
            ("Las", "I/2025", "12/03/2025 s/d 04/04/2025"),
            ("", "", ""),
            ("", "", ""),
            ("Barista", "II/2025", ""),
            ("", "", ""),
        ]
        content = text(
            [
                (*HEADINGS, "Pelatihan", "Angkatan", "Periode"),
                *((*person, *once) for person, once in zip(PEOPLE, told, strict=True)),
            ]
        )
        assert said(content, "programme") == ["Las"] * 3 + ["Barista"] * 2
        assert said(content, "batch") == ["I/2025"] * 3 + ["II/2025"] * 2
        assert said(content, "period") == ["12/03/2025 s/d 04/04/2025"] * 3 + [None] * 2

    @pytest.mark.parametrize("ditto", ['"', "idem", "s.d.a", "sda", "〃"])
    def test_may_be_marked_as_the_same(self, ditto):
        people = [(*person, "Las" if at == 0 else ditto) for at, person in enumerate(NUMBERS)]
        assert said(book({"P": [(*HEADINGS, "Pelatihan"), *people]}), "programme") == ["Las"] * 5

    def test_is_not_guessed_for_a_single_gap(self):
        many = [(at, *PEOPLE[at % 5][1:], None if at == 7 else "Las") for at in range(1, 21)]
        assert said(book({"P": [(*HEADINGS, "Pelatihan"), *many]}), "programme").count(None) == 1


class TestCounting:
    def test_counts_the_lines_without_reading_them(self):
        found = tables(
            book({"P": [HEADINGS, *NUMBERS[:2], (None, "Sub Total", 2), HEADINGS, *NUMBERS[2:], (None, "Mengetahui,")]})
        )
        assert found[0].count() == len(list(found[0].lines())) == 5
