"""Searching by somebody who types."""

import pytest


def found(index, text, limit=10):
    return [hit.concept for hit in index.search(text, limit)]


class TestSearching:
    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("las", "welding"), ("listrik las", "smaw"), ("LAS Listrik", "smaw"), ("weldng", "welding"),
            ("jahti", "sewing"),
            ("penjahit", "sewing"), ("fotosop", "photoshop"), ("photo shop", "photoshop"), ("kompu", "computing"),
            ("oprator komputr", "computing"), ("mikrosof ofis", "computing"), ("serviz mobl", "cars"),
            ("keselam", "safety"),
            ("rotidankue", "baking"), ("kursus las listrik", "smaw"),
        ],
    )  # fmt: skip
    def test_puts_first_what_is_meant(self, small, typed, first):
        assert found(small, typed)[0] == first

    @pytest.mark.parametrize(
        ("typed", "skill"),
        [
            ("tukangserviselektronika", "electronics-repair"), ("adminmedsos", "social-media-management"),
            ("menyeduhkopi", "coffee-brewing"), ("tukanghp", "mobile-phone-repair"), ("op kmptr", "office-computing"),
            ("mtr injeksi", "fuel-injection-service"),
        ],
    )  # fmt: skip
    def test_finds_what_is_glued_or_cut_short(self, index, typed, skill):
        assert skill in found(index, typed)

    def test_puts_the_very_words_before_those_with_more(self, small):
        hits = small.search("las")

        assert [(hit.concept, hit.score == 1.0) for hit in hits] == [("welding", True), ("smaw", False)]

    def test_passes_over_a_word_that_no_term_has(self, small):
        assert found(small, "zzzzqq jahit") == ["sewing"]

    def test_gives_each_concept_once_and_no_more_than_asked_for(self, index):
        everything, few = found(index, "operator", 1000), found(index, "operator", 7)

        assert len(everything) == len(set(everything)) > len(few) == 7
        assert few == everything[:7]

    def test_gives_scores_that_fall(self, index):
        scores = [hit.score for hit in index.search("operator mesin jahit", 30)]

        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)

    @pytest.mark.parametrize("typed", ["", " ", "?", "\u200b"])
    def test_finds_nothing_by_nothing(self, index, typed):
        assert found(index, typed) == []
