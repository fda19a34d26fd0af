"""Phone numbers and e-mail addresses."""

import pytest

from services.registry.reading.fields import emails, phones


class TestAPhoneNumber:
    @pytest.mark.parametrize(
        "written",
        [
            "081200003592", "0812 0000 3592", "0812.0000.3592", "0812-0000-3592", "0812\u20130000\u20133592",
            "(0812) 00003592", "+6281200003592", "+62 812-0000-3592",
            "62 812 00003592", "81200003592", "81200003592.0", "0062 812 0000 3592", "+62 (0)812 0000 3592",
            "6208 12 0000 3592", "WA: 081200003592", "081200003592 (istri)",
            "O81200003592", "08l200003592", "0812 0000 3592 / 0813 0000 1111", "081200003592,081300001111",
            "081200003592 dan 0813", "0812 0000 3592\n0813 0000 1111",
            "0812 0000 3592 0813 0000 1111", "081200003592081300001111", "081200003592 a.n. Budi", "12 / 081200003592",
        ],
    )  # fmt: skip
    def test_is_e164_however_it_is_written(self, written):
        assert phones.read(written) == ("+6281200003592", None)

    @pytest.mark.parametrize(
        ("written", "number"),
        [("0526-2021234", "+625262021234"), ("021-5551234", "+62215551234"), ("+60 12-345 6789", "+60123456789")],
    )
    def test_may_stand_on_a_desk_or_abroad(self, written, number):
        assert phones.read(written) == (number, None)

    @pytest.mark.parametrize(
        "written",
        [
            "8.12E+10",
            "8,12E+10",
            "081200",
            "0812xxxxxx",
            "0812-****-3592",
            "112",
            "62",
            "lupa",
            "##########",
            "08120000359212345",
        ],
    )
    def test_that_cannot_be_called_is_bad(self, written):
        assert phones.read(written) == (None, "phone_bad")

    def test_may_be_missing(self):
        assert phones.read("") == (None, None)


class TestAnEmailAddress:
    @pytest.mark.parametrize(
        "written",
        [
            "siti.a@example.com", "Siti.A@Example.COM", "siti.a@example.com.", "mailto:siti.a@example.com",
            "<siti.a@example.com>", "siti.a @ example.com",
            "siti.a@example,com", "siti.a(at)example.com", "Email: siti.a@example.com", "siti.a@example.com (aktif)",
            "siti.a@example.com; b@example.com",
            "siti.a@example.com, b@example.com", "siti.a@example.com / b@example.com",
            "siti.a@example.com b@example.com", "siti.a@example.com/081200003592",
        ],
    )  # fmt: skip
    def test_is_read_in_small_letters(self, written):
        assert emails.read(written) == ("siti.a@example.com", None)

    @pytest.mark.parametrize(
        "written",
        [
            "siti", "siti example.com", "siti@example", "siti@example.com@", "siti@@example.com",
            "siti a@example.com", "@example.com", "siti..a@example.com",
            "siti@example..com", "siti@-x.com", "www.example.com", f"{'a' * 250}@example.com",
        ],
    )  # fmt: skip
    def test_that_is_none_is_bad(self, written):
        assert emails.read(written) == (None, "email_bad")

    def test_may_be_missing(self):
        assert emails.read("") == (None, None)
