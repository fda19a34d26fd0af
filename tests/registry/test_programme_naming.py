"""Telling which programme a text names."""

import pytest

from services.registry.database import database
from services.registry.programme import store
from services.registry.programme.model import Naming, Programme
from tests.registry import programmes
from tests.registry.test_create_programme import WELDING


def programme(id, name, aliases=(), schemes=()):
    return Programme(id=id, version=1, name=name, hours=240, skills=(), aliases=aliases, schemes=schemes)


PROGRAMMES = [
    programme("smaw", "Las SMAW 3G", ("Las SMAW", "Las Listrik"), ("Plate Welder SMAW 3G",)),
    programme("gtaw", "Las Pipa GTAW", ("Las Argon",)),
    programme("excavator", "Operator Excavator", ("Operator Ekskavator",), ("Lisensi K3 Operator Excavator",)),
    programme("mechanic", "Mekanik Alat Berat", ("Perawatan Alat Berat",)),
    programme("k3", "Ahli K3 Umum", ("Ahli K3", "Keselamatan Kerja")),
    programme("k3-building", "Petugas K3 Konstruksi", ("Keselamatan Konstruksi",)),
    programme("sewing", "Menjahit Pakaian", ("Tata Busana",)),
    programme("baking", "Roti dan Kue"),
    programme("cooking", "Tata Boga", ("Memasak",)),
    programme("coal", "Pengolahan Batubara"),
    programme("computer", "Operator Komputer", ("Aplikasi Perkantoran",)),
]


@pytest.fixture(scope="module")
def naming():
    return Naming(PROGRAMMES)


class TestFindingAProgramme:
    @pytest.mark.parametrize("each", PROGRAMMES, ids=lambda each: each.id)
    def test_knows_each_by_its_names_and_schemes(self, naming, each):
        said = (each.name, *each.aliases, *each.schemes)

        assert {naming.find(name) for name in said} == {each.id}
        assert {naming.find(f"  {name.upper()}. ") for name in said} == {each.id}

    @pytest.mark.parametrize(
        ("text", "found"),
        [("Pelatihan Las SMAW 3 G", "smaw"), ("Pengelasan SMAW 3G", "smaw"), ("Las Listrik (SMAW)", "smaw"),
         ("Las SMWA 3G", "smaw"), ("Excavator", "excavator"), ("OP. EXCAVATOR KELAS II", "excavator"),
         ("Operator Exavator", "excavator"), ("Operator Excavator PC200", "excavator"),
         ("Mekanik Alat-Alat Berat", "mechanic"), ("Maintenance alat berat", "mechanic"), ("K3 Umum", "k3"),
         ("Petugas K3 Kontruksi", "k3-building"), ("Menjahit Pakaian Dasar", "sewing"), ("Jahit pakaian", "sewing"),
         ("Pembuatan Roti & Kue", "baking"), ("roti/kue", "baking"), ("Tataboga", "cooking"),
         ("Petugas K-3 Konstruksi", "k3-building"), ("Ahli K 3 Umum", "k3"), ("Opr. Eksavator", "excavator"),
         ("Opreator Excavator", "excavator"), ("Mek. Alat Berat", "mechanic"), ("Kesel. Kerja", "k3"),
         ("Op. Kmptr", "computer"), ("Pel. Las SMAW 3-G", "smaw"),
         ("OperatorKomputer", "computer"), ("Pengolahan Batu Bara", "coal"), ("Kursus Komputer Dasar", "computer")],
    )  # fmt: skip
    def test_takes_the_one_that_is_clearly_nearest(self, naming, text, found):
        assert naming.find(text) == found

    @pytest.mark.parametrize(
        "text",
        ["", "-", "Las", "K3", "Operator", "Mekanik", "Tata", "2026", "Angkatan II", "Bahasa Inggris", "Barber"],
    )
    def test_takes_none_where_several_or_none_are_near(self, naming, text):
        assert naming.find(text) is None

    @pytest.mark.parametrize(
        "text",
        ["Las SMAW 6G", "Operator Alat Berat", "Operator Dump Truck", "Teknisi Komputer dan Jaringan",
         "Menjahit Sepatu", "Petugas K3 Rumah Sakit", "Servis HP", "Komputer Akuntansi"],
    )  # fmt: skip
    def test_takes_none_for_another_kind_of_training(self, naming, text):
        assert naming.find(text) is None

    def test_takes_none_for_a_name_that_two_share_unless_it_is_the_very_name_of_one(self):
        two = [programme("a", "Barista", ("Kopi", "Seduh")), programme("b", "Seduh", ("Kopi",))]

        assert [Naming(two).find(text) for text in ("Kopi", "Seduh")] == [None, "b"]

    def test_without_programmes_finds_nothing(self):
        assert Naming([]).find("Las SMAW 3G") is None


class TestTheNamesOfTheProgrammesThere:
    @pytest.fixture(autouse=True)
    def _none_yet(self):
        with programmes.none_there():
            yield

    def find(self, text):
        return store.naming(database.reader()).find(text)

    def test_are_known_as_soon_as_a_programme_is_there(self, officer):
        assert self.find("las smaw 3g") is None

        made = officer.post("/v1/programmes", json=WELDING).json["id"]
        assert self.find("las smaw 3g") == made

        other = officer.post("/v1/programmes", json=WELDING | {"name": "Barista", "aliases": ["Kopi"]}).json["id"]
        assert (self.find("las smaw 3g"), self.find("kopi")) == (made, other)

    def test_are_kept_until_a_programme_changes(self, officer):
        officer.post("/v1/programmes", json=WELDING)

        first, second = (store.naming(database.reader()) for _ in range(2))
        assert first is second

        database.reader().db.programmes.update_one({}, {"$set": {"aliases": ["Kopi"]}, "$inc": {"version": 1}})
        assert self.find("kopi") is not None
