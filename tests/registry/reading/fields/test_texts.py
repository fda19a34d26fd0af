"""A cell as text: healed, and harmless."""

from datetime import UTC, date, datetime

import pytest

from services.registry.reading.fields import texts


def text(cell, **kinds):
    return texts.read(cell, **kinds).text


class TestHealing:
    @pytest.mark.parametrize(
        ("cell", "meant"),
        [
            ("  Budi \t Santoso\u00a0", "Budi Santoso"),
            ("\u200bBu\u200cdi\ufeff", "Budi"),
            ("Budi 🌸", "Budi"),
            ("Budi 👍🏽", "Budi"),
            ("\u202aBudi\u202c", "Budi"),
            ("Nur\u00adhayati", "Nurhayati"),
            ("Juâ€™uh", "Ju'uh"),
            ("JuÃ¢â\u201a¬â„¢uh", "Ju'uh"),
            ("CafÃ©", "Café"),
            ("Ju\u2019uh", "Ju'uh"),
            ("Ju\u00b4uh", "Ju'uh"),
            ("Ju`uh", "Ju'uh"),
            ("Ju\ufffduh", "Ju'uh"),
            ("\uff22\uff55\uff44\uff49", "Budi"),
            ("\U0001d401\U0001d42e\U0001d41d\U0001d422", "Budi"),
            ("٠٨١٢", "0812"),
            ("0812\u20110000", "0812-0000"),
            ("a\x00b\x07c", "a b c"),
            ("Jl. Contoh\r\nRT 3", "Jl. Contoh\nRT 3"),
            ("satu\n\n  dua ", "satu\ndua"),
        ],
    )
    def test_gives_what_was_meant(self, cell, meant):
        assert text(cell) == meant

    @pytest.mark.parametrize("whole", ["Ânanda", "Müller", "São Paulo", "Barista & Café", "R&B", "anak <3 tahun"])
    def test_leaves_what_is_right(self, whole):
        assert texts.read(whole) == (whole, False, False)

    @pytest.mark.parametrize(
        ("cell", "written"),
        [
            (6311010602999465.0, "6311010602999465"),
            (87700000616.0, "87700000616"),
            (2, "2"),
            (2.5, "2.5"),
            (date(2001, 3, 12), "2001-03-12"),
            (datetime(2001, 3, 12, 5, tzinfo=UTC), "2001-03-12"),
            (None, ""),
            (True, ""),
        ],
    )
    def test_writes_numbers_with_all_their_digits(self, cell, written):
        assert text(cell) == written


class TestWhatAProgramWouldRun:
    @pytest.mark.parametrize(
        "cell",
        [
            "=1+1", "=A1", '=HYPERLINK("http://contoh.example","klik")', "=cmd|' /C calc'!A0", "@SUM(1+9)*cmd", "+A1",
            "-2+3", "+1+1", "\t=1+1", " =1+1", "'=1+1", "\uff1d1+1", "\u22122+3", "<b>=1+1</b>", "javascript:alert(1)",
            "+cmd|'x'!A0",
        ],
    )  # fmt: skip
    def test_is_not_kept(self, cell):
        assert texts.read(cell) == ("", True, False)

    @pytest.mark.parametrize(
        ("cell", "kept"),
        [
            ("<b>Budi</b>", "Budi"),
            ("Budi<br>", "Budi"),
            ("<script>alert(1)</script>Jl. Contoh", "Jl. Contoh"),
            ("&lt;script&gt;alert(1)&lt;/script&gt;Budi", "Budi"),
            ("<<b>b>Budi", "Budi"),
            ("<img src=x onerror=alert(1)>Budi", "Budi"),
            ("<img src=x onerror=alert(1)", ""),
            ("=Budi Santoso", "Budi Santoso"),
            ("=1+1, Desa Lajar", "Desa Lajar"),
        ],
    )
    def test_leaves_the_words_around_it(self, cell, kept):
        assert texts.read(cell) == (kept, True, False)

    @pytest.mark.parametrize(
        "harmless",
        ["-K3", "- Las\n- K3 Umum", "-", "@budi", "+62 812-0000-1111", "- Excel (dasar)", "Budi <budi@example.com>"],
    )
    def test_is_told_from_what_only_looks_like_it(self, harmless):
        assert texts.read(harmless) == (harmless, False, False)

    def test_is_not_the_way_to_keep_a_csvs_digits(self):
        assert texts.read('="6311010602999465"') == ("6311010602999465", False, False)

    def test_is_told_from_a_phone_number_with_its_plus(self):
        assert texts.read("+62812/0813 0000 1111", signed=True) == ("+62812/0813 0000 1111", False, False)


class TestALongText:
    def test_is_noted_and_cut(self):
        read = texts.read("a" * 3000)

        assert read.long
        assert len(texts.line(read.text)) == texts.LONGEST


class TestNothing:
    @pytest.mark.parametrize(
        "said",
        [
            "", "-", "--", "\u2013", "....", "?", "0", "x", "n/a", "N.A.", "#N/A", "nihil", "(kosong)", "Tidak ada",
            "TIDAK  ADA", "tdk ada",
            "belum ada", "belum punya KTP", "tidak punya email", "menyusul", "belum terbit", "proses",
            "dalam proses cetak",
        ],
    )  # fmt: skip
    def test_is_what_these_say(self, said):
        assert texts.is_nothing(text(said))

    @pytest.mark.parametrize(
        "said", ["tidak ingat", "Ada", "Nihayah", "belum lulus", "##########", "10", "tidak lulus"]
    )
    def test_is_not_what_these_say(self, said):
        assert not texts.is_nothing(text(said))
