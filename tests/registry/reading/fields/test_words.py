"""Sex, education, and the result of a training, by the words they are called."""

from datetime import date

import pytest

from services.reference.education import LEVELS
from services.registry.reading.fields import education, results, sex

TODAY = date(2026, 11, 24)
OVER, RUNNING = date(2026, 11, 23), TODAY


class TestTheSex:
    @pytest.mark.parametrize(
        "word",
        [
            "L",
            "l.",
            "LK",
            "Lk.",
            "Laki-laki",
            "LAKI - LAKI",
            "laki laki",
            "Laki2",
            "Lakilaki",
            "Pria",
            "M",
            "Male",
            "(L)",
            "Laki-laki (L)",
            "Tn.",
            "lelaki",
            "lakk-laki",
        ],
    )
    def test_is_a_mans(self, word):
        assert sex.read(word) == "L"

    @pytest.mark.parametrize(
        "word",
        [
            "P",
            "PR",
            "Pr.",
            "Perempuan",
            "PEREMPUAN",
            "prempuan",
            "perempuam",
            "Wanita",
            "F",
            "female",
            "P (Perempuan)",
            "Ny.",
        ],
    )
    def test_is_a_womans(self, word):
        assert sex.read(word) == "P"

    @pytest.mark.parametrize("word", ["", "?", "X", "L/P", "LP", "Pria/Wanita", "-", "ada"])
    def test_is_not_guessed(self, word):
        assert sex.read(word) is None


class TestTheEducation:
    @pytest.mark.parametrize(
        ("level", "words"),
        [
            ("none", "Tidak sekolah|Belum sekolah|tidak tamat SD|Tdk Tamat"),
            ("SD", "SD|S.D.|SD/MI|MI|MIN 2|Sekolah Dasar|Paket A|SDN 1 Lajar|sd sederajat"),
            ("SMP", "SMP|S.M.P|SLTP|MTs|M.Ts|MTsN 1|SMP/Sederajat|Paket B|Tsanawiyah|SMPN 2 Paringin"),
            (
                "SMA",
                "SMA|S.M.A.|SMU|SLTA|MA|M.A.|MAN 1|Madrasah Aliyah|Paket C|Kejar Paket C setara SMA|SMAN1|lulus SMA",
            ),
            ("SMK", "SMK|S.M.K|STM|SMEA|SMKN 1|SMKN1|SMK Sederajat|SMK (TKJ)|Sekolah Menengah Kejuruan"),
            ("D1", "D1|D-I|D.1|Diploma I"),
            ("D2", "D2|D II|Diploma 2"),
            ("D3", "D3|D-III|D.III|DIII|Diploma III|Diploma 3 Kebidanan|A.Md|Amd.Keb|D/3"),
            ("D4", "D4|D-IV|Diploma IV|Sarjana Terapan"),
            ("S1", "S1|S-1|S.1|S 1 Teknik|Strata 1|Strata I|Sarjana|S.Pd|S.Kom|Sarjana Hukum (S1)"),
            ("S2", "S2|S-2|Magister|Strata 2|M.Pd"),
            ("S3", "S3|Doktor"),
        ],
    )
    def test_is_known_by_many_names(self, level, words):
        assert {word: education.read(word) for word in words.split("|")} == dict.fromkeys(words.split("|"), level)
        assert level in {known.code for known in LEVELS}

    @pytest.mark.parametrize("word", ["", "-", "Mahasiswa", "Tidak tamat SMA", "pondok", "Swasta", "Asma", "Samsudin"])
    def test_is_not_guessed(self, word):
        assert education.read(word) is None


class TestTheResult:
    @pytest.mark.parametrize(
        ("result", "words"),
        [
            (
                "completed",
                (
                "K|Kompeten|KOMPETEN.|Lulus|LULUS|lulus uji|Lulus (Kompeten)|Kompeten/Lulus|K - Kompeten|"
                "Kompten|Lulsu|Selesai|Competent|Lulus dgn baik"
                ),
            ),
            (
                "failed",
                (
                "BK|B K|Belum Kompeten|Blm Kompeten|BK (Belum Kompeten)|Tidak Lulus|TDK LULUS|Tidak|TL|"
                "Gagal|Tidak Kompeten|Belum Kompten|not yet competent"
                ),
            ),
            (
                "withdrawn",
                (
                "Mundur|Mengundurkan diri|MD|DO|D.O.|Drop Out|Keluar|Berhenti|Mundur karena bekerja|Mundur"
                "(sakit)"
                ),
            ),
            (
                "attending",
                (
                "Proses|Masih pelatihan|msh pelatihan|Aktif|Sedang berjalan|Berlangsung|belum ujian|Belum|"
                "ongoing|menunggu hasil"
                ),
            ),
        ],
    )  # fmt: skip
    def test_is_known_by_many_names(self, result, words):
        assert {word: results.read(word) for word in words.split("|")} == dict.fromkeys(words.split("|"), result)

    @pytest.mark.parametrize(
        "word",
        ["", "?", "susulan", "hadir", "K/BK", "Lulus/Tidak Lulus", "85", "remidi", "Lulus bersyarat", "tidak hadir"],
    )
    def test_is_not_guessed(self, word):
        assert results.read(word) is None

    @pytest.mark.parametrize(
        ("said", "column", "certified", "end", "result"),
        [
            ("", True, False, RUNNING, ("attending", None)),
            ("-", True, False, RUNNING, ("attending", None)),
            ("", True, True, OVER, (None, "result_unknown")),
            ("", True, False, None, (None, "result_unknown")),
            ("", False, True, OVER, ("completed", None)),
            ("", False, False, OVER, (None, "result_unknown")),
            ("", False, False, None, ("attending", None)),
            ("?", True, False, RUNNING, (None, "result_unknown")),
            ("susulan", True, True, OVER, (None, "result_unknown")),
            ("K", True, False, OVER, ("completed", None)),
        ],
    )
    def test_that_is_not_written_follows_from_the_period(self, said, column, certified, end, result):
        assert results.settle(said, has_column=column, certified=certified, end=end, today=TODAY) == result
