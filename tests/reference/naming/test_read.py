"""Reading what a piece of text says."""

import pytest

from services.reference.naming import Hit, Index, Term


class TestReading:
    @pytest.mark.parametrize(
        ("text", "skill"),
        [
            ("las", "welding"), ("LAS", "welding"), ("  Las. ", "welding"), ("l\u200bas", "welding"),
            ("lás", "welding"),
            ("mengelas", "welding"), ("pengelasan", "welding"), ("tukang las", "welding"), ("bisa mengelas", "welding"),
            ("menjahit", "sewing"), ("jahitan", "sewing"), ("penjahit", "sewing"), ("pakaian jahit", "sewing"),
            ("las smaw", "smaw"), ("smaw3g", "smaw"), ("laslistrik", "smaw"), ("listrik las", "smaw"),
            ("photo shop", "photoshop"), ("fotoshop", "photoshop"), ("msoffice", "computing"),
            ("Ms. Office", "computing"),
            ("reparasi motor", "motorcycles"), ("K-3", "safety"), ("<b>las</b>", "welding"), ("las 2 tahun", "welding"),
        ],
    )  # fmt: skip
    def test_knows_a_skill_however_it_is_written(self, small, text, skill):
        assert small.read(text).concept == skill

    @pytest.mark.parametrize(
        "text",
        [
            "", " ", "operator", "teknisi", "rajin", "main futsal", "mengaji", "semangat kerja", "bisa apa saja",
            "mahir",
            "las plastik", "mekanik pesawat", "motor", "roti", "belum bisa las", "laz", "=1+1", "\U0001f600",
            "x" * 5000,
        ],
    )  # fmt: skip
    def test_is_unsure_rather_than_wrong(self, small, text):
        reading = small.read(text)

        assert (reading.concept, reading.how) == (None, "unsure")

    @pytest.mark.parametrize(
        ("text", "skill"),
        [
            ("srv. mtr", "motorcycles"), ("mek. motor", "motorcycles"), ("servis mobl", "cars"),
            ("op. kmptr", "computing"), ("opr komput.", "computing"), ("tk. las", "welding"),
            ("kesel. kerja K3", "safety"), ("pemb. roti & kue", "baking"),
            ("jahit baju", "sewing"), ("menjahit busana", "sewing"), ("servis roda empat", "cars"),
            ("montir roda dua", "motorcycles"), ("operator PC", "computing"), ("ahli K-3", "safety"),
            ("operatorkomputer", "computing"), ("servismobil", "cars"), ("tukanglas", "welding"),
        ],
    )  # fmt: skip
    def test_knows_it_cut_short_in_everyday_words_and_written_as_one(self, small, text, skill):
        assert small.read(text).concept == skill

    @pytest.mark.parametrize("text", ["op.", "mek.", "srv", "kmptr", "kesel.", "pel.", "K", "3-G"])
    def test_is_unsure_of_a_short_word_alone(self, small, text):
        assert small.read(text).concept is None

    @pytest.mark.parametrize(
        ("text", "how"),
        [("roti dan kue", "exact"), ("roti kue", "exact"), ("mengelas", "stemmed"), ("fotosop", "fuzzy")],
    )
    def test_says_how(self, small, text, how):
        assert small.read(text).how == how

    def test_offers_the_three_likeliest_where_it_is_unsure(self, small):
        hits = small.read("servis motor mobil").best

        assert {hit.concept for hit in hits[:2]} == {"motorcycles", "cars"}
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)

    def test_offers_them_where_it_is_sure_too(self, small):
        reading = small.read("las listrik")

        assert reading.best[0] == Hit("smaw", 1.0, "las listrik")
        assert reading.best[1].concept == "welding"

    def test_prefers_the_very_words_to_words_of_the_same_meaning(self):
        index = Index([Term("winding", "perbaikan motor listrik"), Term("vehicles", "servis motor listrik")])

        assert index.read("Perbaikan motor listrik").concept == "winding"
        assert index.read("servis motor listrik").concept == "vehicles"
        assert index.read("reparasi motor listrik").concept is None

    def test_is_unsure_of_a_term_that_two_have(self):
        index = Index([Term("one", "desain"), Term("other", "Desain")])

        reading = index.read("desain")

        assert reading.concept is None
        assert {hit.concept for hit in reading.best} == {"one", "other"}

    def test_takes_the_one_for_which_the_term_weighs_more(self):
        index = Index([Term("one", "desain", 0.5), Term("other", "desain")])

        assert index.read("desain").concept == "other"

    def test_knows_nothing_from_no_terms(self):
        assert Index([]).read("las").best == ()


class TestReadingALevel:
    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("las", None), ("las mahir", 4), ("mahir las", 4), ("jahit (terampil)", 3), ("las dasar", 2),
            ("basic welding", 2),
            ("las level II", 2), ("las tingkat 3", 3), ("jahit KKNI 2", 2), ("las level 9", 5), ("las (3)", 3),
            ("las 4/5", 4),
            ("SMAW 3G", 3), ("las smaw 6G", 5), ("SMAW 1F", 2), ("sedikit menjahit", 1), ("las kelas II", None),
        ],
    )  # fmt: skip
    def test_takes_it_from_the_words(self, small, text, level):
        reading = small.read(text)

        assert reading.concept is not None
        assert reading.level == level

    def test_takes_none_from_the_name_of_a_trade(self, small):
        assert small.read("ahli K3").level is None
        assert small.read("K3 ahli").level == 4
