"""Which field a column holds: by its heading, by its cells, or as it was said before."""

import pytest

from services.registry.reading.cells import FIELDS as ALL_FIELDS
from services.registry.reading.sheets import headings, normalise
from tests.registry.reading.sheets.writing import FIELDS, HEADINGS, NAMES, PEOPLE, names, said, table, tables, text

CALLED = {
    "name": ("nama_peserta", "NAMA SESUAI KTP", "Nama Lengkp"),
    "nik": ("N I K", "No. KTP (16 digit)"),
    "ttl": ("Tempat/Tgl. Lahir", "T T L"),
    "birth": ("TglLahir", "Tgl. Lahir (hh/bb/tttt)"),
    "birthplace": ("Tmpt Lhr",),
    "sex": ("J/K", "Jns. Kel"),
    "phone": ("No. WhatsApp", "Telpon"),
    "email": ("E-mail",),
    "education": ("Pend. Terakhir", "Pendidikan/Jurusan"),
    "major": ("Jurusan Pendidikan",),
    "programme": ("Jurusan Pelatihan", "Sub Kejuruan"),
    "batch": ("Agkt", "Angkatan ke-"),
    "period": ("Tgl Pelaksanaan",),
    "start": ("Tgl Mulai",),
    "end": ("Selesai Pelatihan",),
    "result": ("K/BK", "Status Kelulusan"),
    "cert_no": ("No Reg. Sertf",),
    "issued": ("Tgl. Terbit", "Tgl Sertifikat"),
    "expires": ("Berlaku s/d", "Kadaluwarsa"),
    "validity": ("Berlaku (Dari - Sampai)",),
    "issuer": ("Lembaga Sertifikasi",),
    "institution": ("Lembaga Pelatihan",),
    "scheme": ("Skema Sertifikasi",),
    "policy_no": ("No. BPJS TK", "KPJ"),
    "provider": ("Penyedia Asuransi",),
    "policy_from": ("Mulai Polis",),
    "policy_until": ("Polis s/d", "Tgl Akhir Asuransi"),
    "skills": ("Ketrampilan yg dimiliki",),
    "village": ("Ds/Kel.",),
    "district": ("Kcmtn",),
    "full_address": ("Alamat Lengkap",),
    "address": ("Almt",),
    "no": ("No. Urut",),
    "note": ("Ket.",),
    "reference": ("Ref.",),
}
OTHERS = (
    "No. KK; Nama Ibu Kandung; Umur; Agama; Status Perkawinan; Tgl Daftar; No. HP Orang Tua; Ukuran Baju; "
    "Kode Pos; Instruktur; NPWP; No Rekening; Pekerjaan; Kabupaten/Kota; Tanda Tangan; Nilai Akhir; Asal "
    "Sekolah; Tahun Lulus; Tempat Uji; RT/RW"
)


class TestColumns:
    @pytest.mark.parametrize(
        ("field", "heading"), [(field, each) for field, called in CALLED.items() for each in called]
    )
    def test_are_known_by_what_clerks_call_them(self, field, heading):
        meaning = headings.read(heading)
        assert meaning is not None
        assert meaning.fields[0] == field

    @pytest.mark.parametrize("heading", OTHERS.split("; "))
    def test_of_others_are_not_taken_for_the_participants(self, heading):
        meaning = headings.read(heading)
        assert meaning is not None
        assert meaning.fields == ()

    def test_rules_name_fields_that_there_are(self):
        named = {
            field
            for word in ("nama", "nik", "status", "masa berlaku")
            if (meaning := headings.read(word))
            for field in meaning.fields
        }
        assert named <= set(ALL_FIELDS)

    def test_are_settled_by_their_cells_where_the_heading_leaves_it_open(self):
        headed = ("No", "Nama", "NIK", "Lahir", "Alamat", "Status", "Masa Berlaku")
        people = [
            (
                no,
                name,
                nik,
                f"{place}, {birth}",
                f"{street}, Desa {village}, Kec. {district}",
                "Belum Kawin",
                "01/02/2025 s/d 01/02/2028",
            )
            for no, name, nik, place, birth, _, street, village, district, *_ in PEOPLE
        ]
        assert tables(text([headed, *people]))[0].columns == {
            0: "no",
            1: "name",
            2: "nik",
            3: "ttl",
            4: "full_address",
            6: "validity",
        }

    def test_under_headings_that_nobody_knows_are_guessed_and_told(self):
        found = tables(text([[f"Isian {at}" for at in range(12)], *PEOPLE]))[0]
        assert found.columns == dict(enumerate(FIELDS))
        assert found.unsure == tuple(range(12))

    def test_of_a_heading_that_the_cells_contradict_go_by_the_cells(self):
        swapped = [(no, nik, name, *rest) for no, name, nik, *rest in PEOPLE]
        found = tables(text([HEADINGS, *swapped]))[0]
        assert (found.columns[1], found.columns[2]) == ("nik", "name")
        assert {1, 2} <= set(found.unsure)

    def test_are_what_they_were_said_to_be_before(self):
        remembered = {normalise("Desa"): "district", normalise("Hasil"): None, normalise("L/P"): "note"}
        found = tables(text(table()), remembered)[0]
        assert (found.columns[7], found.columns[5], 11 in found.columns) == ("district", "note", False)
        assert found.unsure == ()

    def test_of_one_field_fill_each_other(self):
        people = [
            (*person[:9], "" if at % 2 else person[9], *person[10:], f"08990000{at}000")
            for at, person in enumerate(PEOPLE)
        ]
        content = text([(*HEADINGS, "No HP 2"), *people])
        assert said(content, "phone") == [
            "081200000001",
            "089900001000",
            "081200000003",
            "089900003000",
            "081200000005",
        ]

    def test_of_parts_are_joined(self):
        headed = ("No", "Nama Depan", "Nama Belakang", *HEADINGS[2:], "Keahlian 1", "Keahlian 2")
        people = [(person[0], *person[1].split(), *person[2:], "las", "jahit") for person in PEOPLE]
        content = text([headed, *people])
        assert names(content) == NAMES
        assert said(content, "skills") == ["las; jahit"] * 5

    def test_of_marks_say_what_stands_above_them(self):
        headed = ("No", "Nama", "NIK", "L", "P", "Lulus", "Tidak Lulus")
        people = [
            (
                no,
                name,
                nik,
                "v" if sex == "L" else "",
                "√" if sex == "P" else "",
                "x" if no != "3" else "-",
                "x" if no == "3" else "-",
            )
            for no, name, nik, _, _, sex, *_ in PEOPLE
        ]
        content = text([headed, *people])
        assert said(content, "sex") == ["P", "L", "P", "L", "P"]
        assert said(content, "result") == ["K", "K", "BK", "K", "K"]


class TestNormalising:
    def test_is_the_same_for_two_spellings(self):
        assert normalise(" Tgl. Lahir\n(dd/mm)") == normalise("TGL LAHIR (DD-MM)") == "tgl lahir dd mm"
