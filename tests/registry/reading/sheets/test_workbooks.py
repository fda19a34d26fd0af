"""Workbooks: sheets, merged cells, headings of several rows, and what is no workbook at all."""

from services.registry.reading.sheets import open_book
from tests.registry.reading.sheets.writing import (
    FIELDS,
    HEADINGS,
    NAMES,
    PEOPLE,
    book,
    lines,
    names,
    said,
    table,
    tables,
    text,
)

NUMBERS = [(at, *person[1:]) for at, person in enumerate(PEOPLE, 1)]


class TestSheets:
    def test_are_read_in_their_order(self):
        found = lines(book({"A": table(people=PEOPLE[:2]), "B": table(people=PEOPLE[2:])}))
        assert [(line.sheet, line.row) for line in found] == [("A", 2), ("A", 3), ("B", 2), ("B", 3), ("B", 4)]

    def test_that_are_hidden_are_not_read_but_told(self):
        content = book({"Peserta": table(), "Lama": table(people=PEOPLE[:2])}, hidden=["Lama"])
        assert names(content) == NAMES
        assert open_book(content, "peserta.xlsx").hidden == ("Lama",)

    def test_that_are_hidden_are_read_where_nobody_stands_elsewhere(self):
        assert names(book({"Petunjuk": [("Isi lembar Peserta",)], "Peserta": table()}, hidden=["Peserta"])) == NAMES

    def test_of_instructions_summaries_and_lists_hold_nobody(self):
        content = book(
            {
                "Petunjuk": [
                    ("PETUNJUK PENGISIAN",),
                    ("1. NIK : 16 angka sesuai KTP",),
                    ("No", "Nama", "NIK", "Tgl Lahir"),
                    ("contoh", "NAMA CONTOH", "6311014101909099", "01/01/2000"),
                ],
                "Rekap": [
                    ("Lembaga", "Pelatihan", "Angkatan", "Lulus", "Jumlah"),
                    ("LPK Contoh", "Las", "I", 12, 15),
                    ("Total", None, None, 12, 15),
                ],
                "Pivot": [("Row Labels", "Count of NIK"), ("SMA", 7), ("Grand Total", 7)],
                "Contoh Isian": table(people=[(9, "Budi", *PEOPLE[0][2:])]),
                "Pilihan": [("Pendidikan", "JK", "Hasil"), ("SD", "L", "Kompeten"), ("SMP", "P", "Belum Kompeten")],
                "Peserta": table(),
            }
        )
        assert [(line.sheet, line.fields["name"]) for line in lines(content)] == [("Peserta", name) for name in NAMES]

    def test_may_begin_anywhere(self):
        rows = [(), (), *[(None, None, *row) for row in [("DATA PESERTA",), (), HEADINGS, *NUMBERS]]]
        found = lines(book({"Peserta": rows}))
        assert [line.row for line in found] == [6, 7, 8, 9, 10]
        assert [line.fields["name"] for line in found] == NAMES

    def test_may_have_their_headings_far_down(self):
        letter = [(f"Baris surat pengantar nomor {at}",) for at in range(38)]
        assert names(book({"Peserta": [*letter, HEADINGS, *NUMBERS]})) == NAMES

    def test_may_have_a_hundred_columns(self):
        wide = [*HEADINGS, *[f"Isian {at}" for at in range(88)]]
        found = tables(book({"Peserta": [wide, *NUMBERS]}))
        assert tuple(found[0].columns.values()) == FIELDS
        assert found[0].unsure == ()


class TestNumbersAndDates:
    def test_come_as_they_are(self):
        from datetime import date

        person = (
            1,
            "Sari Puspita",
            6311014101909000,
            "Paringin",
            date(1990, 1, 1),
            "P",
            "Jl. A",
            "Lajar",
            "Juai",
            81200000001,
            "SMA",
            "K",
        )
        fields = lines(book({"Peserta": [HEADINGS, person]}))[0].fields
        assert (fields["no"], fields["nik"], fields["birth"], fields["phone"]) == (
            1,
            6311014101909000,
            date(1990, 1, 1),
            81200000001,
        )


class TestHeadingsOfSeveralRows:
    def test_of_two_rows_are_joined(self):
        top = ("No", "Nama", "NIK", "Alamat", None, "Sertifikat", None, "Masa Berlaku", None, "Polis", None)
        low = (None, None, None, "Desa", "Kecamatan", "Nomor", "Lembaga", "Dari", "Sampai", "Nomor", "Mulai")
        rest = (
            "Lajar",
            "Lampihong",
            "24011 7111 0043204 2024",
            "LSP Contoh",
            "08/05/2024",
            "08/05/2027",
            "22707778130",
            "01/04/2024",
        )
        merged = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1", "H1:I1", "J1:K1"]
        content = book(
            {"Peserta": [top, low, *((*person[:3], *rest) for person in NUMBERS)]}, merged={"Peserta": merged}
        )
        found = tables(content)[0]
        assert found.headings[3:9] == (
            "Alamat / Desa",
            "Alamat / Kecamatan",
            "Sertifikat / Nomor",
            "Sertifikat / Lembaga",
            "Masa Berlaku / Dari",
            "Masa Berlaku / Sampai",
        )
        assert tuple(found.columns.values()) == (
            "no",
            "name",
            "nik",
            "village",
            "district",
            "cert_no",
            "issuer",
            "issued",
            "expires",
            "policy_no",
            "policy_from",
        )
        assert [line.row for line in found.lines()] == [3, 4, 5, 6, 7]

    def test_of_two_rows_need_no_merged_cells(self):
        top = ("No", "Nama", "NIK", "Alamat", "", "Pelaksanaan", "")
        low = ("", "", "", "Desa", "Kecamatan", "Mulai", "Selesai")
        content = text([top, low, *((*person[:3], "Lajar", "Juai", "01/02/2025", "28/02/2025") for person in PEOPLE)])
        assert tuple(tables(content)[0].columns.values()) == (
            "no",
            "name",
            "nik",
            "village",
            "district",
            "start",
            "end",
        )
        assert names(content) == NAMES

    def test_of_three_rows_with_numbers_below(self):
        top = ("DATA PRIBADI", None, None, None, None, "HASIL", None)
        middle = ("No", "Nama", "NIK", "Jenis Kelamin", None, "Uji", "Ket.")
        low = (None, None, None, "L", "P", None, None)
        numbers = ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)")
        people = [
            (*person[:3], "v" if person[5] == "L" else None, "v" if person[5] == "P" else None, "K", None)
            for person in NUMBERS
        ]
        content = book(
            {"P": [("DAFTAR PESERTA",), (), top, middle, low, numbers, *people]},
            merged={"P": ["A3:E3", "F3:G3", "D4:E4", "A4:A5", "B4:B5", "C4:C5"]},
        )
        assert said(content, "sex") == [person[5] for person in PEOPLE]
        assert names(content) == NAMES

    def test_may_tell_hints_below(self):
        low = (None, "(huruf kapital)", "(16 digit)", None, "(dd/mm/yyyy)")
        content = book({"P": [HEADINGS, low, *NUMBERS]})
        assert tuple(tables(content)[0].columns.values()) == FIELDS
        assert names(content) == NAMES

    def test_may_cut_a_birth_date_in_three(self):
        top, low = ("No", "Nama", "NIK", "Tanggal Lahir", None, None), (None, None, None, "Tgl", "Bln", "Thn")
        content = book(
            {"P": [top, low, *((*person[:3], 1, "Maret", 1990) for person in NUMBERS)]}, merged={"P": ["D1:F1"]}
        )
        assert said(content, "birth") == ["1-Maret-1990"] * 5


class TestMergedCells:
    def test_stand_in_each_row_that_they_cover(self):
        people = [
            (*person, "Las SMAW 3G" if at == 0 else "Tata Boga" if at == 3 else None)
            for at, person in enumerate(NUMBERS)
        ]
        content = book({"P": [(*HEADINGS, "Pelatihan"), *people]}, merged={"P": ["M2:M4", "M5:M6"]})
        assert said(content, "programme") == ["Las SMAW 3G"] * 3 + ["Tata Boga"] * 2

    def test_that_reach_below_the_people_make_nobody(self):
        people = [(*person, "Las SMAW 3G" if at == 0 else None) for at, person in enumerate(NUMBERS)]
        assert names(book({"P": [(*HEADINGS, "Pelatihan"), *people]}, merged={"P": ["M2:M30"]})) == NAMES
