"""Reading a whole line."""

from datetime import date

import pytest

from services.registry.reading.line import Context, Values, read_line

TODAY = date(2026, 11, 24)
CONTEXT = Context(today=TODAY, programme={"Las SMAW 3G": "las-smaw-3g"}.get)
LINE = {
    "no": 1.0,
    "name": "  H.  ANWAR  CONTOH, S.Pd\u00a0",
    "nik": "'6311 0106 0299 9465",
    "ttl": "Paringin, 6 Februari 1999",
    "sex": "Laki-laki",
    "full_address": "Jl. Contoh RT 03 No. 47, Ds. Lajar, Kec. Lampihong",
    "phone": "0812.0000.3592",
    "email": "Anwar@Example.com",
    "education": "SMK Sederajat",
    "major": "TKJ",
    "institution": "LPK Contoh",
    "programme": "Las SMAW 3G",
    "batch": "II",
    "period": "12 Maret 2026 s/d 20 April 2026",
    "result": "K",
    "cert_no": " 24011  7111 0043204 2026",
    "scheme": "Plate Welder SMAW 3G",
    "issuer": "LSP Contoh",
    "validity": "3 Mei 2026 s/d 3 Mei 2029",
    "provider": "BPJS TK",
    "policy_no": 24300558644.0,
    "policy_from": date(2026, 3, 1),
    "policy_until": 46142.0,
    "skills": "las SMAW\nmembaca gambar",
    "note": "alumni",
}


def codes(*, without=(), **cells):
    return read_line({key: cell for key, cell in (LINE | cells).items() if key not in without}, CONTEXT).codes


def values(**cells):
    return read_line(LINE | cells, CONTEXT).values


class TestALine:
    def test_that_is_well_filled_in_says_all_and_has_no_codes(self):
        line = read_line(LINE, CONTEXT)

        assert line.codes == ()
        assert line.values == Values(
            name="Anwar Contoh", nik="6311010602999465", birth=date(1999, 2, 6), birthplace="Paringin", sex="L",
            address="Jl. Contoh RT 03 No. 47", village="63.11.05.2008", district="Lampihong", phone="+6281200003592",
            email="anwar@example.com", education="SMK", major="TKJ", institution="LPK Contoh", programme="las-smaw-3g",
            programme_text="Las SMAW 3G", batch="Angkatan II/2026", start=date(2026, 3, 12), end=date(2026, 4, 20),
            result="completed", cert_no="24011 7111 0043204 2026", scheme="Plate Welder SMAW 3G", issuer="LSP Contoh",
            issued=date(2026, 5, 3), expires=date(2029, 5, 3), provider="BPJS Ketenagakerjaan", policy_no="24300558644",
            policy_from=date(2026, 3, 1), policy_until=date(2026, 4, 30), skills="las SMAW\nmembaca gambar",
        )  # fmt: skip

    def test_of_which_nothing_is_said_is_read_too(self):
        line = read_line({}, CONTEXT)

        assert line.values == Values(result="attending")
        assert line.codes == (
            "missing_required", "nik_missing", "date_bad", "village_missing", "programme_missing", "policy_missing",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("cells", "found"),
        [
            ({"name": "-"}, "missing_required"),
            ({"nik": "menyusul"}, "nik_missing"),
            ({"nik": "631101060299946"}, "nik_bad_length"),
            ({"nik": "6,31101E+15"}, "nik_digits_lost"),
            ({"nik": 6311010602999460.0}, "nik_digits_lost"),
            ({"nik": "63l1O10602999465"}, "nik_bad_chars"),
            ({"nik": "6311013802999465"}, "nik_bad_date"),
            ({"nik": "6311010702999465"}, "nik_date_mismatch"),
            ({"sex": "P"}, "nik_sex_mismatch"),
            ({"ttl": "Paringin, lupa"}, "date_bad"),
            ({"validity": "31 Februari 2026 s/d 3 Mei 2029"}, "date_bad"),
            ({"nik": "6311010602959465", "ttl": "6-2-1945"}, "age_out_of_range"),
            ({"full_address": "Jl. Contoh RT 1"}, "village_missing"),
            ({"full_address": "Desa Entah, Kec. Lampihong"}, "unknown_village"),
            ({"full_address": "Desa Galumbang"}, "ambiguous_village"),
            ({"full_address": "Desa Lajar, Kec. Juai"}, "village_district_mismatch"),
            ({"full_address": "Desa Ljar, Kec. Lampihong"}, "village_fuzzy"),
            ({"programme": ""}, "programme_missing"),
            ({"programme": "Merangkai Bunga"}, "programme_unknown"),
            ({"result": "susulan"}, "result_unknown"),
            ({"result": "BK"}, "result_certificate_conflict"),
            ({"cert_no": "-"}, "certificate_missing"),
            ({"validity": "3 Mei 2026 s/d 3 Mei 2025"}, "certificate_dates"),
            ({"validity": "3 Mei 2025 s/d 3 Mei 2026"}, "certificate_expired"),
            ({"nik": "6311990602999465"}, "nik_region_unknown"),
            ({"nik": "6311010602990000"}, "nik_serial_zero"),
            ({"ttl": "Paringin, 02/06/1999"}, "date_ambiguous"),
            ({"ttl": "Paringin"}, "birth_from_nik"),
            ({"sex": ""}, "sex_from_nik"),
            ({"phone": "081200"}, "phone_bad"),
            ({"email": "anwar example.com"}, "email_bad"),
            ({"policy_no": "belum ada"}, "policy_missing"),
            ({"policy_until": "19 April 2026"}, "policy_gap"),
            ({"major": "=1+1"}, "unsafe_text"),
            ({"note": "<b>alumni</b>"}, "unsafe_text"),
            ({"scheme": "a" * 1001}, "text_too_long"),
        ],
    )
    def test_says_what_is_wrong(self, cells, found):
        assert found in codes(**cells)

    @pytest.mark.parametrize("field", ["phone", "email", "education", "major", "note", "provider", "scheme", "skills"])
    @pytest.mark.parametrize("nothing", ["", None, "-", "tidak ada"])
    def test_may_leave_much_out(self, field, nothing):
        assert codes(**{field: nothing}) == ()

    @pytest.mark.parametrize("field", ["sex", "result", "policy_no", "validity"])
    def test_is_not_blamed_for_a_column_that_the_file_does_not_have(self, field):
        assert codes(without=[field]) == ()

    def test_gives_its_codes_in_their_order_and_each_once(self):
        assert codes(name="", nik="", ttl="lupa", validity="lupa", policy_no="") == (
            "missing_required", "nik_missing", "date_bad", "policy_missing",
        )  # fmt: skip

    def test_takes_what_the_nik_tells_where_the_form_does_not(self):
        said = values(ttl="Paringin", sex="-")

        assert (said.birth, said.sex) == (date(1999, 2, 6), "L")


class TestColumnsThatAreSplitOtherwise:
    def test_may_have_birthplace_and_birth_apart(self):
        said = values(ttl=None, birthplace="PARINGIN", birth=36197.0)

        assert (said.birthplace, said.birth) == ("Paringin", date(1999, 2, 6))

    def test_may_have_both_under_either_heading(self):
        assert values(ttl=None, birth="Paringin, 6-2-1999").birth == date(1999, 2, 6)
        assert values(ttl=None, birth=None, birthplace="Paringin, 6-2-1999").birth == date(1999, 2, 6)

    def test_may_have_village_and_district_apart(self):
        said = values(full_address=None, address="Jl. Contoh RT 1", village="DS.GALUMBANG RT.02", district="Kec. Juai")

        assert (said.address, said.village, said.district) == ("Jl. Contoh RT 1", "63.11.01.2006", "Juai")

    def test_may_have_the_village_under_the_heading_of_a_whole_address(self):
        line = read_line(
            LINE | {"address": "Jl. Contoh RT 1", "full_address": "LAJR", "district": "Lampihong"}, CONTEXT
        )

        assert (line.values.address, line.values.village) == ("Jl. Contoh RT 1", "63.11.05.2008")
        assert line.codes == ("village_fuzzy",)

    def test_may_have_the_village_inside_the_address(self):
        said = values(full_address=None, address="Jl. Contoh RT 1, Desa Lajar", village=None)

        assert (said.address, said.village, said.district) == ("Jl. Contoh RT 1", "63.11.05.2008", "Lampihong")

    def test_may_have_the_start_and_the_end_of_the_training_apart(self):
        said = values(period="", start="12-03-2026", end=date(2026, 4, 20))

        assert (said.start, said.end, said.batch) == (date(2026, 3, 12), date(2026, 4, 20), "Angkatan II/2026")

    def test_may_have_issue_and_expiry_apart(self):
        said = values(validity=None, issued="3-5-2026", expires="3 tahun")

        assert (said.issued, said.expires) == (date(2026, 5, 3), date(2029, 5, 3))
