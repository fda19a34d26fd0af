"""Names."""

import pytest

from services.registry.reading.fields import likeness, names


class TestAName:
    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("Budi Santoso", "Budi Santoso"),
            ("BUDI SANTOSO", "Budi Santoso"),
            ("budi santoso", "Budi Santoso"),
            ("SITI MA'RUFAH", "Siti Ma'rufah"),
            ("Budi Santoso II", "Budi Santoso II"),
            ("H. Anwar", "Anwar"),
            ("H.Anwar", "Anwar"),
            ("H Anwar", "Anwar"),
            ("Hj. SITI AMINAH", "Siti Aminah"),
            ("HAJI ANWAR", "Anwar"),
            ("Drs. H. M. Yusuf", "M. Yusuf"),
            ("HM. Yusuf", "M. Yusuf"),
            ("Dr. Ir. H. Budi, M.Sc., Ph.D", "Budi"),
            ("Ir. Fahmi Mubarak, S.T.", "Fahmi Mubarak"),
            ("BUDI SANTOSO, S.KOM., M.KOM", "Budi Santoso"),
            ("Rudi Handayani A.Md", "Rudi Handayani"),
            ("Nur Aini, Amd.Keb", "Nur Aini"),
            ("Budi S. Pd", "Budi"),
            ("Budi Santoso SPd", "Budi Santoso"),
            ("BUDI SANTOSO SE", "Budi Santoso"),
            ("Budi, ST", "Budi"),
            ("apt. Siti Rahma, S.Farm", "Siti Rahma"),
            ("K.H. Hamdan", "Hamdan"),
            ("Sdri. Ani", "Ani"),
            ("Bapak Budi", "Budi"),
            ("1. Budi", "Budi"),
            ("Budi (alm)", "Budi"),
            ("Siti als Ani", "Siti"),
        ],
    )
    def test_is_as_on_the_identity_card(self, written, name):
        assert names.read(written) == name

    @pytest.mark.parametrize(
        "name",
        [
            "St. Hakim",
            "A. Rahman",
            "Rahmat A",
            "Rahmat M.",
            "Gusti Rahmat",
            "Irfan",
            "Drajat",
            "Nyoman",
            "Ahmad bin Umar",
            "Hasan Sari",
            "M.Noor",
            "Ana",
            "Se",
            "Siti Ners",
        ],
    )
    def test_is_not_taken_for_a_title(self, name):
        assert names.read(name) == name

    @pytest.mark.parametrize("written", ["", "-", "12345", "H.", "Hj", "?", "x"])
    def test_may_be_none(self, written):
        assert names.read(written) is None

    @pytest.mark.parametrize("written", ["H. Budi  Santoso, S.Pd", "BUDI SANTOSO", "budi santoso", "Budisantoso"])
    def test_has_one_key_in_one_spelling(self, written):
        assert names.key(written) == "budisantoso"


class TestTheLikenessOfTwoNames:
    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("H. Budi, S.Pd", "budi"),
            ("Nurhayati", "Nur Hayati"),
            ("Ma'ruf", "Maruf"),
            ("  Budi   Santoso", "BUDI SANTOSO"),
        ],
    )
    def test_is_one_for_the_same_spelling(self, a, b):
        assert likeness.same_person(a, b) == 1.0

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("Muhammad Salim", "Moh. Salim"),
            ("M. Salim", "Muhammad Salim"),
            ("Mohd. Salim", "Muh Salim"),
            ("Abd. Rahman", "Abdul Rahman"),
            ("A. Firdaus", "Akhmad Firdaus"),
            ("Noor Aminah", "Nur Aminah"),
            ("St. Hakim", "Sitti Hakim"),
            ("Syahrul Kamil", "Sahrul Kamil"),
            ("Rizky", "Riski"),
            ("Fauzi Rahman", "Pauji Rahman"),
            ("Aulia Mawaddah", "Aulia Mawadah"),
            ("Masrani Riyadi", "Msarani Riyadi"),
            ("Rudi Yanti", "Rdui Yanti"),
            ("Budi Santoso", "Santoso, Budi"),
            ("Budi S.", "Budi Santoso"),
        ],
    )
    def test_is_high_for_other_spellings(self, a, b):
        assert 0.9 <= likeness.same_person(a, b) < 1
        assert likeness.same_person(a, b) == likeness.same_person(b, a)

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("Budi", "Ani"),
            ("Hasan", "Husin"),
            ("Ahmad", "Muhammad"),
            ("Siti Aminah", "Budi Aminah"),
            ("", ""),
            ("", "Budi"),
            ("Ahmad Fauzi", "Ahmad Fauzan"),
        ],
    )
    def test_is_low_for_others(self, a, b):
        assert likeness.same_person(a, b) < 0.8
