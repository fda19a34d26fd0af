"""Forms of a word."""

import pytest

from services.reference.naming.stems import distinct, roots, sound


class TestFormsOfAWord:
    @pytest.mark.parametrize(
        "forms",
        [
            "las mengelas pengelasan mangalas", "jahit menjahit penjahit jahitan dijahit",
            "masak memasak masakan bamasak",
            "tulis menulis penulisan", "ketik mengetik pengetikan", "setir menyetir", "cat mengecat pengecatan",
            "kemudi pengemudi mengemudi", "tambang penambangan pertambangan", "program pemrograman memprogram",
            "rawat merawat perawatan", "tata menata penataan", "weld welding", "drivers driver",
            "technician technicians",
        ],
    )  # fmt: skip
    def test_share_a_root(self, forms):
        first, *others = forms.split()

        assert [other for other in others if roots(first).isdisjoint(roots(other))] == []

    @pytest.mark.parametrize(
        "words", ["las kelas", "roti motor", "jahit jahat", "masak masuk", "kayu kaya", "pola bola"]
    )
    def test_are_none_of_another_word(self, words):
        one, other = words.split()

        assert roots(one).isdisjoint(roots(other))

    def test_count_once(self):
        assert distinct(["jahit", "menjahit", "baju"]) == ("jahit", "baju")

    @pytest.mark.parametrize(
        "spellings",
        ["excavator eksavator exavator ekskavator", "excel exel eksel", "photoshop fotoshop potoshop",
         "service servis serpis", "hydraulic hidrolik", "mechanic mekanik", "installation instalasi"],
    )  # fmt: skip
    def test_sound_alike_in_both_languages(self, spellings):
        assert len({sound(word) for word in spellings.split()}) == 1
