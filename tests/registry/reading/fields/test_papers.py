"""Batches, certificates and policies."""

from datetime import date

import pytest

from services.registry.reading.fields import batches, certificates, policies
from services.registry.reading.fields.terms import Term

TODAY = date(2026, 11, 24)
START, END = date(2026, 3, 1), date(2026, 4, 1)


class TestABatch:
    @pytest.mark.parametrize(
        "cell",
        [
            "Angkatan II/2025", "II", "ii", "2", 2.0, "02", "II/2025", "2/2025", "2025/II", "II-2025", "II/25",
            "Gel. 2 2025", "Angk 2 Th. 2025", "Angkatan ke-2",
            "Angkatan 2 (dua)", "Angkatan Kedua", "Angk.II Th 2025", "ANGKATAN II TAHUN 2025", "AngkatanII",
            "Angkatan2", "Gelombang II - 2025", "Batch 2", "Ke-2", "Angkatan : 2",
            "APBD 2025 Angkatan II", "Angkatan II 2025 (Reguler)", "Angkatan 1I", date(2025, 2, 1), "Feb-25",
            "\u200bII",
        ],
    )  # fmt: skip
    def test_has_one_name(self, cell):
        assert batches.read(cell, 2025) == "Angkatan II/2025"

    @pytest.mark.parametrize(
        ("cell", "year", "name"),
        [
            ("IV", None, "Angkatan IV"),
            ("I/2024", 2025, "Angkatan I/2024"),
            ("XII", 2025, "Angkatan XII/2025"),
            ("14", 2025, "Angkatan XIV/2025"),
            ("Angkatan 25", 2025, "Angkatan XXV/2025"),
            ("Gelombang Pagi", 2025, "Gelombang Pagi"),
            ("Angkatan I Kelas B", 2025, "Angkatan I Kelas B"),
            ("2025", 2025, "2025"),
            ("-", 2025, None),
            (None, 2025, None),
        ],
    )
    def test_may_be_another(self, cell, year, name):
        assert batches.read(cell, year) == name


class TestACertificatesNumber:
    @pytest.mark.parametrize(
        ("written", "number"),
        [
            (" 24011  7212 0544819 2025 ", "24011 7212 0544819 2025"),
            ("0074628/SIO-15/2024", "0074628/SIO-15/2024"),
            ("No. 123/ABC/2024", "123/ABC/2024"),
            ("001", "001"),
            ("-", None),
            ("belum terbit", None),
            ("BNSP", None),
            ("2,43E+10", None),
            ("0", None),
        ],
    )
    def test_is_text_with_single_spaces(self, written, number):
        assert certificates.number(written) == number


class TestACertificate:
    @pytest.mark.parametrize(
        ("number", "term", "result", "doubts"),
        [
            ("1", Term(START, date(2029, 3, 1)), "completed", []),
            ("1", Term(START, TODAY), "completed", []),
            ("1", Term(START, date(2026, 11, 23)), "completed", ["certificate_expired"]),
            ("1", Term(START, date(2025, 3, 1)), "completed", ["certificate_expired", "certificate_dates"]),
            ("1", Term(), "failed", ["result_certificate_conflict"]),
            ("1", Term(), "attending", ["result_certificate_conflict"]),
            ("1", Term(), None, []),
            ("1", Term(broken=True), "completed", ["date_bad"]),
            (None, Term(), "completed", ["certificate_missing"]),
            (None, Term(), "failed", []),
        ],
    )
    def test_is_looked_at_with_the_result(self, number, term, result, doubts):
        assert list(certificates.doubts(number, term, result, TODAY)) == doubts


class TestAPolicy:
    @pytest.mark.parametrize(
        ("term", "doubts"),
        [
            (Term(START, END), ()),
            (Term(), ()),
            (Term(None, END), ()),
            (Term(date(2026, 3, 2), END), ("policy_gap",)),
            (Term(START, date(2026, 3, 31)), ("policy_gap",)),
            (Term(START, None, broken=True), ("policy_gap",)),
        ],
    )
    def test_covers_every_day_of_the_training(self, term, doubts):
        assert policies.doubts(term, START, END, held=True) == doubts

    def test_may_be_missing(self):
        assert policies.doubts(Term(), START, END, held=False) == ("policy_missing",)

    @pytest.mark.parametrize(
        "short", ["BPJS TK", "BPJSTK", "bpjs ketenagakerjaan", "BPJS Naker", "Jamsostek", "BPJamsostek"]
    )
    def test_names_the_public_insurer_in_full(self, short):
        assert policies.provider(short) == "BPJS Ketenagakerjaan"

    @pytest.mark.parametrize("other", ["Asuransi Contoh", None])
    def test_leaves_other_insurers(self, other):
        assert policies.provider(other) == other
