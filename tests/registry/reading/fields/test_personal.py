"""What leads to a person is cut out of what is kept in the clear."""

from datetime import date

import pytest

from services.registry.reading.fields import personal
from services.registry.reading.line import Context, read_line
from tests.registry.spreadsheets import AS_OF, person

NIK, PHONE, E_MAIL, ADDRESS = "6311014107959001", "0812-0000-1000", "siti.r@example.com", "Jl. Contoh RT 01 No. 1"
CLEAR = ("name", "major", "batch", "provider", "issuer", "cert_no", "scheme", "institution", "programme")


def read(**said):
    context = Context(today=date.fromisoformat(AS_OF), programme=lambda text: "las-smaw-3g")
    return read_line(person(**said), context)


class TestAPersonalDatum:
    @pytest.mark.parametrize(
        "text",
        [
            NIK, "63.11.01.410795.9001", "6311 0141 0795 9001", PHONE, "+62 812 0000 1000", "081200001000",
            "62812-0000-1000", "0812 0000 1000", E_MAIL, ADDRESS, "jln melati", "Gg. Rambai",
            "Jalan Merdeka 12", "Dusun Atas, RT 03/RW 01",
        ],
    )  # fmt: skip
    def test_is_cut_out_and_nothing_stays(self, text):
        assert personal.without(text) == ""

    @pytest.mark.parametrize(
        ("text", "left"),
        [
            (f"Angkatan II ({PHONE})", "Angkatan II"),
            (f"{NIK} - Angkatan II", "Angkatan II"),
            (f"Teknik Mesin, {E_MAIL}", "Teknik Mesin"),
        ],
    )
    def test_leaves_what_stands_beside_it(self, text, left):
        assert personal.without(text) == left


class TestAnythingElse:
    @pytest.mark.parametrize(
        "text",
        [
            "Angkatan II/2025", "Batch 3 (2025-2026)", "2025-03-01/2025-04-30", "01-03-2025 30-04-2025", "", "Teknik",
            "LAS 0001/2025", "24011 7111 0043204 2026",
            "74909 7412 2 0001234 2023", "20250301000123", "9999999999999999", "Perawatan jalan",
            "jalan tambang", "PT 2 RTX", "No. 62/2025", "Kelas 08",
        ],
    )  # fmt: skip
    def test_stays_as_it_is(self, text):
        assert personal.without(text) == text


class TestALine:
    @pytest.mark.parametrize("field", CLEAR)
    @pytest.mark.parametrize("datum", [NIK, PHONE, E_MAIL, ADDRESS])
    def test_keeps_it_in_no_field_that_is_not_sealed(self, field, datum):
        values = read(**{field: datum}).values

        kept = [values.name, values.major, values.batch, values.provider, values.issuer, values.cert_no, values.scheme]
        kept += [values.institution, values.programme_text]
        assert datum not in kept
        assert not any(personal.without(text) != text for text in kept if text)

    def test_that_names_nobody_then_waits_as_one_without_a_name(self):
        assert "missing_required" in read(name=E_MAIL).codes
