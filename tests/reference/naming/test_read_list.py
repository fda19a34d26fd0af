"""Reading a text that lists several skills."""

import pytest


def pieces(index, text):
    return [(reading.text, reading.concept) for reading in index.read_list(text)]


class TestReadingAList:
    @pytest.mark.parametrize(
        "text",
        [
            "las, jahit", "las / jahit", "las/jahit", "las; jahit", "las\njahit", "las | jahit", "las + jahit",
            "las dan jahit", "las & jahit", "las and jahit", "las (jahit)", "1. las 2. jahit", "- las\n- jahit",
            "las. jahit",
            "• las • jahit", "las,, jahit,", "las; jahit; mahir", "las, jahit, dll", "las - jahit",
            "keahlian: las, jahit",
        ],
    )  # fmt: skip
    def test_cuts_it_where_people_do(self, small, text):
        assert [skill for _, skill in pieces(small, text) if skill] == ["welding", "sewing"]

    @pytest.mark.parametrize(
        ("text", "skills"),
        [
            ("las, roti dan kue", ["welding", "baking"]),
            ("roti & kue dan las", ["baking", "welding"]),
            ("roti / kue / las", ["baking", "welding"]),
            ("keselamatan kerja (K3), las", ["safety", "welding"]),
            ("UI/UX", ["ui"]),
            ("Ms. Office", ["computing"]),
        ],
    )
    def test_never_cuts_a_known_term(self, small, text, skills):
        assert [skill for _, skill in pieces(small, text)] == skills

    def test_joins_no_term_out_of_two(self, small):
        assert pieces(small, "las, listrik")[0] == ("las", "welding")
        assert pieces(small, "las / listrik")[0] == ("las", "welding")

    def test_holds_on_to_the_words_before_the_last(self, small):
        assert pieces(small, "servis motor dan mobil") == [("servis motor", "motorcycles"), ("mobil", "cars")]

    @pytest.mark.parametrize(
        ("text", "skills"),
        [
            ("K-3/TUKANG LAS", "occupational-safety welding"), ("P3K/K-3", "first-aid occupational-safety"),
            ("K-3/first aid", "occupational-safety first-aid"), ("meubel/B. Inggris", "carpentry english"),
            ("B. Inggris & B. Arab", "english arabic"),
            ("inst. listrik / srv. AC", "electrical-installation ac-service"),
            ("Bc. gambar teknik & las GTAW", "technical-drawing gtaw-welding"), ("SIM A/B1", "driving truck-driving"),
            ("servis A/C", "ac-service"), ("F&B service", "food-and-beverage-service"),
            ("a. las b. K.3 c. barista", "welding occupational-safety coffee-brewing"),
            ("carpentry. barista. AC split", "carpentry coffee-brewing ac-service"),
            ("tukang las/kayu", "welding carpentry"), ("pasang bata dan plester/K-3", "masonry occupational-safety"),
            ("operator forklift/crane", "forklift-operation mobile-crane-operation"),
        ],
    )  # fmt: skip
    def test_cuts_it_beside_short_words_and_codes(self, index, text, skills):
        assert [skill for _, skill in pieces(index, text)] == skills.split()

    @pytest.mark.parametrize("vague", ["operator", "teknik", "tukang", "teknisi", "mesin", "rajin"])
    @pytest.mark.parametrize("before", ["las SMAW", "pembuatan roti dan kue", "servis AC", "komputer perkantoran"])
    @pytest.mark.parametrize(
        "form",
        ["{0} + {1}", "{1} + {0}", "{0}/{1}", "{1}/{0}", "{0} & {1}", "{0} dan {1}", "1. {0} 2. {1}", "a. {1} b. {0}",
         "{0}. {1}"],
    )  # fmt: skip
    def test_gives_a_vague_word_no_meaning_by_what_stands_beside_it(self, index, form, before, vague):
        readings = pieces(index, form.format(before, vague))

        assert {text: skill for text, skill in readings if text == vague} == {vague: None}
        assert [skill for text, skill in readings if text != vague] == [index.read(before).concept]

    def test_keeps_what_is_no_skill(self, small):
        assert pieces(small, "rajin / las, operator") == [("rajin", None), ("las", "welding"), ("operator", None)]

    def test_gives_a_level_in_brackets_to_what_stands_before_it(self, small):
        readings = small.read_list("las (mahir), jahit (2); dasar")

        assert [(reading.concept, reading.level) for reading in readings] == [("welding", 4), ("sewing", 2)]

    @pytest.mark.parametrize("text", ["", "-", "tidak ada", "belum ada", "mahir", "...", "dan", " , ; "])
    def test_finds_nothing_where_nothing_is_said(self, small, text):
        assert [skill for _, skill in pieces(small, text) if skill] == []

    def test_reads_each_piece_of_a_long_list_and_keeps_the_rest(self, small):
        readings = small.read_list("las, " * 300)

        assert [reading.concept for reading in readings] == ["welding"] * 100 + [None]
        assert readings[-1].text.count("las") == 200

    def test_reads_each_term_of_the_taxonomy_as_one(self, index, taxonomy):
        cut = [(skill, text) for skill, texts in taxonomy.items() for text in texts if len(index.read_list(text)) != 1]

        assert cut == []
