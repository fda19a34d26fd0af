"""Which rows are people, and which are what a clerk puts around them."""

import pytest

from tests.registry.reading.sheets.writing import HEADINGS, NAMES, PEOPLE, book, names

NUMBERS = [(at, *person[1:]) for at, person in enumerate(PEOPLE, 1)]


class TestRowsThatAreNobody:
    @pytest.mark.parametrize(
        "row",
        [
            (None, "Jumlah Peserta", 5),
            (None, "JUMLAH PESERTA : 5 ORANG"),
            ("TOTAL", None, None, None, None, 5),
            (None, "Sub Total", 5, "L = 2", "P = 3"),
            (None, "Jumlah dipindahkan", 25),
            (None, "*) data di bawah ini menunggu berkas dari desa"),
            ("Halaman 2",),
            (None, "Mengetahui,", None, None, None, None, "Paringin, 3 November 2026"),
            (None, None, None, None, "Paringin, 27-10-2024"),
            (None, "Kepala Bidang Pelatihan", None, None, "Pimpinan LPK Contoh"),
            (None, None, None, None, "(....................)"),
            (None, "NIP. 19700101 199003 1 000"),
            ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
            (6, None, None, None),
            HEADINGS,
            (None, "Laki-laki", 10),
            (None, "Keterangan: K = Kompeten, BK = Belum Kompeten"),
        ],
    )
    def test_are_left_out_between_and_below_people(self, row):
        content = book({"P": [HEADINGS, *NUMBERS[:3], row, *NUMBERS[3:], (), row]})
        assert names(content) == NAMES

    def test_below_a_signature_a_name_is_no_participant(self):
        below = [(None, "Mengetahui,"), (None, "Kepala LPK Contoh"), (), (None, "Drs. H. Contoh Nama, M.AP")]
        people = [person[1:] for person in NUMBERS]
        assert names(book({"P": [HEADINGS[1:], *people, *below]})) == NAMES


class TestPeople:
    def test_without_a_name_or_a_number_stay(self):
        rows = [
            (1, None, *PEOPLE[0][2:]),
            (None, *PEOPLE[1][1:]),
            (3, "Rina Kartika"),
            (4, "Hendra Wijaya", "menyusul"),
        ]
        assert names(book({"P": [HEADINGS, *rows]})) == [None, "Budi Laksana", "Rina Kartika", "Hendra Wijaya"]

    def test_whose_number_of_the_card_is_masked_stay(self):
        rows = [(at, name, f"{nik[:6]}xxxxxx{nik[12:]}", *rest) for at, (_, name, nik, *rest) in enumerate(PEOPLE, 1)]
        assert names(book({"P": [HEADINGS, *rows]})) == NAMES

    def test_called_as_a_word_of_forms_stay(self):
        rows = [
            (at, name, *person[2:])
            for at, (name, person) in enumerate(
                zip(("Total Wibowo", "Jumlah Hati", "Ketut Kepala", "Contoso", "Nip Sari"), PEOPLE, strict=True), 1
            )
        ]
        assert len(names(book({"P": [HEADINGS, *rows]}))) == 5
